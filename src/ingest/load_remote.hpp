#pragma once

#include "sparql/federation/remote_options.hpp"
#include "sparql/update/run_update.hpp"

namespace scenograph::ingest {

/// Reads what LOAD names over HTTP: RDF of any syntax, told by its media type or, where that says nothing, by the
/// ending of its address; gzip and zstd are undone. Relative IRIs are resolved against the address, after redirects.
/// Null if no host is allowed.
///
/// @throws  Error(Code::BadArgument) naming the option. The loader throws what `fetch` throws; Error(Code::Unsupported)
/// for what is no RDF; what reading the syntax throws, with the line and column of a fault.
[[nodiscard]] sparql::DocumentLoader make_remote_loader(const sparql::federation::RemoteOptions& remote);

}  // namespace scenograph::ingest
