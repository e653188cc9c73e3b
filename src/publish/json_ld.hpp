#pragma once

#include <string>
#include <vector>

#include "publish/site.hpp"
#include "rdf/term.hpp"

namespace scenograph::publish {

/// An entity as JSON-LD, what it points at nested within it. Fit to stand in a script element: "<" is escaped.
[[nodiscard]] std::string to_json_ld(const std::vector<rdf::Quad>& description, std::string_view iri);

/// The line a venue pastes into its own page to carry the entity's JSON-LD there.
[[nodiscard]] std::string embed_snippet(const Site& site, std::string_view iri);

}  // namespace scenograph::publish
