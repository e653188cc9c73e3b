#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace scenograph::rdf {

enum class TermType : std::uint8_t { DefaultGraph, Iri, BlankNode, Literal };

/// An RDF 1.1 term, or the default graph's name. Equal terms have equal members, lexical forms byte for byte.
///
/// Literals: `datatype` is empty for xsd:string and for language-tagged strings; `language` is as written by the
/// source, in lower case (RDF 1.1 Concepts, section 3.3, allows that). Blank node labels have no "_:".
struct Term {
  TermType type = TermType::DefaultGraph;
  std::string value;     ///< IRI, blank node label, or lexical form; UTF-8
  std::string datatype;  ///< IRI; empty as said above
  std::string language;  ///< empty unless a language-tagged string

  [[nodiscard]] static Term iri(std::string_view iri);
  [[nodiscard]] static Term blank(std::string_view label);
  /// @param datatype  xsd:string is folded to the empty datatype.
  [[nodiscard]] static Term literal(std::string_view lexical, std::string_view datatype = {});
  [[nodiscard]] static Term lang_literal(std::string_view lexical, std::string_view language);

  [[nodiscard]] bool is_default_graph() const noexcept { return type == TermType::DefaultGraph; }
  [[nodiscard]] bool is_iri() const noexcept { return type == TermType::Iri; }
  [[nodiscard]] bool is_blank() const noexcept { return type == TermType::BlankNode; }
  [[nodiscard]] bool is_literal() const noexcept { return type == TermType::Literal; }

  /// The datatype's IRI, never empty for a literal: xsd:string and rdf:langString are spelled out.
  [[nodiscard]] std::string_view datatype_iri() const noexcept;

  friend auto operator<=>(const Term&, const Term&) = default;
};

/// The term in N-Triples syntax (RDF 1.1 N-Triples, section 7); the default graph is "".
[[nodiscard]] std::string to_ntriples(const Term& term);

/// Appends what `to_ntriples` returns.
void append_ntriples(std::string& out, const Term& term);

/// Appends a literal's characters with N-Triples escapes, without the quotes.
void append_escaped(std::string& out, std::string_view text);

struct Triple {
  Term subject;
  Term predicate;
  Term object;

  friend auto operator<=>(const Triple&, const Triple&) = default;
};

struct Quad {
  Term subject;
  Term predicate;
  Term object;
  Term graph;  ///< IRI, blank node or the default graph

  friend auto operator<=>(const Quad&, const Quad&) = default;
};

/// Receives quads one by one, in document order; may throw to stop the sender.
using QuadSink = std::function<void(const Quad&)>;

}  // namespace scenograph::rdf

template <>
struct std::hash<scenograph::rdf::Term> {
  std::size_t operator()(const scenograph::rdf::Term& term) const noexcept;
};

template <>
struct std::hash<scenograph::rdf::Quad> {
  std::size_t operator()(const scenograph::rdf::Quad& quad) const noexcept;
};
