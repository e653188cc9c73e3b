#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "cli/internal/command.hpp"
#include "jsonld/remote_loader.hpp"
#include "sparql/federation/remote_options.hpp"

namespace scenograph::cli {

/// The options of commands whose SPARQL may reach other servers; `load` adds what LOAD needs.
void declare_remote_options(po::options_description& options, bool load);

/// The limits of a transfer from another server alone.
void declare_remote_limits(po::options_description& options);

/// @throws Error(Code::BadArgument) naming the option.
[[nodiscard]] sparql::federation::RemoteOptions remote_options(const Invocation& invocation);

/// The options of commands whose JSON-LD may name documents elsewhere.
void declare_context_options(po::options_description& options);

/// What they say, with the limits of `declare_remote_limits`. @throws Error(Code::BadArgument) naming the option.
[[nodiscard]] jsonld::RemoteOptions context_options(const Invocation& invocation);

/// Takes the contexts that JSON-LD names from where those options say; without them, from the program alone.
[[nodiscard]] jsonld::DocumentLoader context_loader(const Invocation& invocation);

/// Whether it is an address of HTTP rather than a file.
[[nodiscard]] bool is_address(std::string_view text);

/// An option's "NAME=VALUE"; the name may be an address. @throws Error(Code::BadArgument) naming the option.
[[nodiscard]] std::pair<std::string, std::string> parse_pair(std::string_view option, const std::string& text);

}  // namespace scenograph::cli
