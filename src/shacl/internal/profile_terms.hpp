#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "rdf/term.hpp"
#include "shacl/internal/shapes_graph.hpp"

namespace scenograph::shacl {

/// An IRI as people write it, with a usual prefix if there is one, as code of Markdown.
[[nodiscard]] std::string short_iri(const std::string& iri);

/// A text for a cell of a table in Markdown.
[[nodiscard]] std::string table_cell(std::string text);

/// What a graph says of a node by a predicate, in the language if it is there; "" if nothing.
[[nodiscard]] std::string text_of(const ShapesGraph& graph, const rdf::Term& node, std::string_view predicate,
                                  std::string_view language);

/// Writes the classes and properties of ontologies, then each concept scheme with its concepts, in the order of
/// `quads`. @param graph  the same quads.
void write_terms(std::span<const rdf::Quad> quads, const ShapesGraph& graph, std::string_view language,
                 const base::ByteSink& sink);

}  // namespace scenograph::shacl
