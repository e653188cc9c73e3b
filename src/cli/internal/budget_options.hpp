#pragma once

#include <filesystem>
#include <memory>

#include "base/budget.hpp"
#include "cli/internal/command.hpp"

namespace scenograph::cli {

/// What a query or update may spend: `timeout`, `query-memory`, `query-spill`, `spill-folder`.
///
/// @param memory  the standard of `query-memory`: "2G".
void declare_budget_options(po::options_description& options, const char* memory);

/// @throws Error(Code::BadArgument) naming the option.
[[nodiscard]] std::shared_ptr<base::Budget> make_budget(const Invocation& invocation);

/// Where queries write what does not fit in memory: the option, else a folder of the data directory.
[[nodiscard]] std::filesystem::path spill_folder(const Invocation& invocation);

}  // namespace scenograph::cli
