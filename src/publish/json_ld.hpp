#pragma once

#include <string>
#include <string_view>

#include "publish/site.hpp"
#include "store/store.hpp"

namespace scenograph::publish {

// Both write schema.org JSON-LD on one line, fit to stand in a script element ("<" is escaped), and "" if nothing is
// known of the entity. Dates, times and decimals are plain strings; integers, doubles and booleans are plain JSON. Of a
// property with more than 200 values the first 200 are told; past 1,000 things, further ones are references.
//
// Cost: a read of the index for each thing and a look-up for each term: less than 0.1 ms for some 60 facts.

/// An entity as search engines want it, read from the store in one pass: in the shape of the frame of its class
/// (web/frames), with what it names nested as far as that goes. An entity of another class is told in full. Each text
/// comes in one language, without its tag: `language` where the property has it, else what has no language, else the
/// first language by tag.
///
/// Source: JSON-LD 1.1 Framing, for the shape.
[[nodiscard]] std::string page_json_ld(const store::View& view, const store::GraphSet& readable, const Site& site,
                                       std::string_view iri, std::string_view language);

/// All that is said of an entity, in all languages: its blank nodes and parts nested, of other entities the class,
/// name, address and date.
[[nodiscard]] std::string data_json_ld(const store::View& view, const store::GraphSet& readable, const Site& site,
                                       std::string_view iri);

/// The line a venue pastes into its own page to carry the entity's JSON-LD there.
[[nodiscard]] std::string embed_snippet(const Site& site, std::string_view iri);

}  // namespace scenograph::publish
