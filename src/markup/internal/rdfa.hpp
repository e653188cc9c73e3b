#pragma once

#include "markup/internal/values.hpp"

namespace scenograph::markup {

/// What the RDFa of a page says, apart from triples.
struct RdfaSummary {
  bool typed = false;       ///< it gives something a type
  bool open_graph = false;  ///< it has properties of Open Graph
};

/// Writes the triples of a page's RDFa, and in lenient reading of `<meta name="og:…">`. Not read: the role attribute,
/// and property copying (rdfa:Pattern), whose triples are written as they stand.
///
/// Lenient reading leaves out properties and types whose prefix nobody declares and that are no addresses, such as
/// fb:app_id, and WordPress's link to its API; it takes https://ogp.me/ns# for http://ogp.me/ns#.
///
/// Source: RDFa Core 1.1, section 7.5; HTML+RDFa 1.1, section 3.
RdfaSummary read_rdfa(const Tree& tree, Output& output);

}  // namespace scenograph::markup
