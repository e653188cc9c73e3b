#pragma once

#include "cli/internal/command.hpp"
#include "sparql/federation/remote_options.hpp"

namespace scenograph::cli {

/// The options of commands whose SPARQL may reach other servers; `load` adds what LOAD needs.
void declare_remote_options(po::options_description& options, bool load);

/// @throws Error(Code::BadArgument) naming the option.
[[nodiscard]] sparql::federation::RemoteOptions remote_options(const Invocation& invocation);

}  // namespace scenograph::cli
