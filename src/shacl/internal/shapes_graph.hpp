#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rdf/term.hpp"

namespace scenograph::shacl {

/// The IRI of a SHACL term, e.g. sh("minCount").
[[nodiscard]] std::string sh(std::string_view local_name);

/// A SHACL IRI as people write it, "sh:minCount"; any other in angle brackets; other terms in N-Triples.
[[nodiscard]] std::string display(const rdf::Term& term);

/// A small graph in memory, sorted by subject and predicate. Lookups are logarithmic.
class ShapesGraph {
 public:
  /// The union of the quads' triples.
  explicit ShapesGraph(std::span<const rdf::Quad> quads);

  [[nodiscard]] std::span<const rdf::Triple> triples() const { return triples_; }
  [[nodiscard]] std::span<const rdf::Triple> of(const rdf::Term& subject) const;
  [[nodiscard]] std::vector<rdf::Term> objects(const rdf::Term& subject, std::string_view predicate) const;
  [[nodiscard]] std::vector<rdf::Term> subjects(std::string_view predicate, const rdf::Term& object) const;
  [[nodiscard]] bool contains(const rdf::Term& subject, std::string_view predicate, const rdf::Term& object) const;

  /// The members of an RDF collection; nullopt if it is not well-formed (branches, never ends, lacks a member).
  [[nodiscard]] std::optional<std::vector<rdf::Term>> list(const rdf::Term& head) const;

 private:
  std::vector<rdf::Triple> triples_;
};

/// sh:order of a node: 0 of none, or of one that is no number, as nothing is validated by it.
[[nodiscard]] double order_of(const ShapesGraph& graph, const rdf::Term& node);

}  // namespace scenograph::shacl
