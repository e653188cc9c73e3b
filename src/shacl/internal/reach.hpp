#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <vector>

#include "shacl/internal/nodes.hpp"
#include "shacl/internal/path_reader.hpp"
#include "shacl/shapes.hpp"
#include "store/term_id.hpp"

namespace scenograph::shacl {

/// A shape turned round: from triples that came or went back to the focus nodes whose conformance they may touch.
///
/// The ways from focus nodes to what the shape reads form a tree of places: each knows the predicates of the triples
/// that matter there, and the path back to the place before. A triple that is no more needs no walk along itself: it
/// matters at its own place.
class Reach {
 public:
  Reach(const Shapes& shapes, ShapeId shape);

  /// Whether all that the shape reads is known: not if queries are part of it, which may read anything.
  [[nodiscard]] bool is_known() const { return is_known_; }

  /// REQUIRES: `is_known()`. Nodes that the changes may concern, sorted, each once; not all need be focus nodes. Cost:
  /// a lookup for each step from a change back to them.
  ///
  /// @param reader  of the state after the changes
  [[nodiscard]] std::vector<store::TermId> touched(std::span<const store::QuadId> changes, Nodes& nodes,
                                                   PathReader& reader) const;

 private:
  struct Place {
    Path back;                      ///< to the place before; not for the first place, the focus nodes
    std::vector<std::size_t> next;  ///< places that lie behind this one
    std::set<rdf::Term> out;        ///< predicates of triples whose subject is here
    std::set<rdf::Term> in;         ///< of those whose object is here
    bool any = false;               ///< all triples whose subject is here
    std::set<ShapeId> shapes;       ///< that have been applied here
  };
  struct Walk;

  void apply(const Shapes& shapes, ShapeId shape, std::size_t place);
  void read(const Path& path, bool inverse, std::size_t place);
  [[nodiscard]] std::size_t behind(std::size_t place, const Path& path, bool inverse);
  void add_target(const Target& target);

  std::vector<Place> places_;
  bool is_known_ = true;
};

}  // namespace scenograph::shacl
