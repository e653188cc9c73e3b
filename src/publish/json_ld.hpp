#pragma once

#include <string>
#include <vector>

#include "publish/site.hpp"
#include "rdf/term.hpp"

namespace scenograph::publish {

/// The quads as a JSON-LD document, fit to stand in a script element: "<" is escaped.
[[nodiscard]] std::string to_json_ld(const std::vector<rdf::Quad>& quads);

/// The line a venue pastes into its own page to carry the entity's JSON-LD there.
[[nodiscard]] std::string embed_snippet(const Site& site, std::string_view iri);

}  // namespace scenograph::publish
