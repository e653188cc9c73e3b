#pragma once

#include <string_view>

#include "ingest/quad_table.hpp"

namespace scenograph::ingest {

/// Gives every blank node of one document an IRI that depends only on what the document says of it, so that reading the
/// document again makes the same IRIs, and a changed description changes as little as possible.
///
/// What people look up gets an IRI of its kind, `<base>id/event/<hash>`, from its identity: events by address or name,
/// start and place; places by name and locality; works and productions by title, type and company or author; people and
/// organisations by name. Anything else, such as an address or an offer, gets `<base>id/part/<hash>` from its whole
/// description. Nodes that say the same become one.
///
/// @param base  ends in "/". Cost: linear in the quads, times the depth of nesting of blank nodes (at most 16).
///
/// Source: RDF 1.1 Concepts, section 3.5 (replacing blank nodes with IRIs).
void name_blank_nodes(QuadTable& quads, std::string_view base);

}  // namespace scenograph::ingest
