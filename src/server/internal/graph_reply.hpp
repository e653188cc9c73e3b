#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "rdf/term.hpp"
#include "server/internal/exchange.hpp"
#include "server/internal/services.hpp"

namespace scenograph::server {

/// Fills the vector with the next triples; false at the end. May throw.
using TripleSource = std::function<bool(std::vector<rdf::Triple>&)>;

/// A graph, streamed in the syntax that `format` names, or else the Accept header likes best; 406 if it likes none.
/// @throws  Error(Code::BadArgument) for a format that is none.
[[nodiscard]] Response stream_graph(const Services& services, const Request& request, std::string_view format,
                                    TripleSource triples);

}  // namespace scenograph::server
