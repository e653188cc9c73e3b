#pragma once

#include <string>
#include <vector>

#include "publish/site.hpp"
#include "rdf/term.hpp"

namespace scenograph::publish {

/// An entity as JSON-LD, what it points at nested within it. Fit to stand in a script element: "<" is escaped.
[[nodiscard]] std::string to_json_ld(const std::vector<rdf::Quad>& description, std::string_view iri);

/// The description as search engines want it: each text in one language only, without its tag. That is `language` where
/// a property has it, else the text without language, else the first language by tag.
[[nodiscard]] std::vector<rdf::Quad> in_one_language(std::vector<rdf::Quad> description, std::string_view language);

/// The line a venue pastes into its own page to carry the entity's JSON-LD there.
[[nodiscard]] std::string embed_snippet(const Site& site, std::string_view iri);

}  // namespace scenograph::publish
