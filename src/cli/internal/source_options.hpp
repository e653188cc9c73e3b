#pragma once

#include "cli/internal/command.hpp"
#include "ingest/ingest.hpp"

namespace scenograph::cli {

/// The options that `ingest` and `map` share, and the source they describe.
void declare_source_options(po::options_description& options);

/// @throws Error(Code::BadArgument) if no source is given, or an option makes no sense.
[[nodiscard]] ingest::Source source_of(const Invocation& invocation);

}  // namespace scenograph::cli
