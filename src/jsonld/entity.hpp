#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "rdf/term.hpp"

namespace scenograph::jsonld {

struct EntityOptions {
  unsigned max_depth = 8;        ///< of nested objects; what lies deeper is a reference
  std::size_t max_nodes = 1000;  ///< of nested objects; further ones are references
  unsigned indent = 2;           ///< blanks a level; 0 writes one line without blanks
};

/// One entity as schema.org JSON-LD for a page: `"@context": "https://schema.org"`, terms of schema.org short and other
/// IRIs in full. Things that `triples` describe are nested where they are values; where that would go round in a circle
/// there is a reference (`{"@id": …}`).
///
/// Made for search engines, so dates, times and decimals are plain strings, integers and booleans plain JSON.
///
/// @param triples  the entity's and those of what is to be nested, in any order
[[nodiscard]] std::string entity_json(const std::vector<rdf::Triple>& triples, std::string_view root,
                                      const EntityOptions& options = {});

}  // namespace scenograph::jsonld
