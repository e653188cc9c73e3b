#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "shacl/internal/nodes.hpp"
#include "shacl/internal/path_reader.hpp"
#include "shacl/shapes.hpp"
#include "store/term_id.hpp"

namespace scenograph::shacl {

/// A shape turned round: from triples that came or went back to the nodes whose conformance they may touch.
///
/// The ways from focus nodes to what the shape reads form a tree of places: each knows the predicates of the triples
/// that matter there, and the path back to the place before. A triple that is no more needs no walk along itself: it
/// matters at its own place.
///
/// A property shape within another (sh:property in sh:property) reports on each value node by itself. So it is a part
/// of its own, with places of its own: a change that touches one of a thousand value nodes touches that one alone.
class Reach {
 public:
  Reach(const Shapes& shapes, ShapeId shape);

  /// Whether all that the shape reads is known: not if queries are part of it, which may read anything.
  [[nodiscard]] bool is_known() const { return is_known_; }

  /// Nodes to be validated, each once, against a shape: that itself for focus nodes, one within it for value nodes.
  struct Touched {
    ShapeId shape{};
    std::vector<store::TermId> nodes;  ///< sorted
  };

  /// Which of some nodes (sorted, each once) are focus nodes.
  using FocusTest = std::function<std::vector<bool>(const std::vector<store::TermId>&)>;

  /// What the changes may concern. Cost: a lookup for each step from a change back to it, and from there to a focus
  /// node. REQUIRES: `is_known()`.
  ///
  /// @param changes  sorted by predicate
  /// @param reader   of the state after the changes
  [[nodiscard]] std::vector<Touched> touched(std::span<const store::QuadId> changes, Nodes& nodes, PathReader& reader,
                                             const FocusTest& are_focus) const;

 private:
  struct Place {
    Path back;                                ///< to the place before; not for the first place of a part
    std::vector<std::size_t> next;            ///< places of the part that lie behind this one
    std::set<rdf::Term> out;                  ///< predicates of triples whose subject is here
    std::set<rdf::Term> in;                   ///< of those whose object is here
    bool any = false;                         ///< all triples whose subject is here
    std::set<std::pair<ShapeId, bool>> seen;  ///< shapes that have been applied here, and whether they report
  };
  struct Part {
    ShapeId shape{};
    std::size_t parent = 0;  ///< the part around this one
    Path back;               ///< from its nodes to those of that part; not for the first part
    std::vector<Place> places;
  };
  struct Walk;

  void apply(const Shapes& shapes, ShapeId shape, std::size_t part, std::size_t place, bool reports);
  void apply_nested(const Shapes& shapes, const Shape& shape, std::size_t part);
  /// Places that an expression's nodes lie at.
  struct Ends {
    std::vector<std::size_t> places;
    bool elsewhere = false;  ///< whether there may be others, that no way leads back from
  };
  Ends apply(const Shapes& shapes, const NodeExpression& expression, std::size_t part, std::size_t place);
  void read(const Path& path, bool inverse, std::size_t part, std::size_t place);
  [[nodiscard]] std::size_t behind(std::size_t part, std::size_t place, const Path& path, bool inverse);
  void add_target(const Target& target);

  std::vector<Part> parts_;  // each after the one around it
  bool is_known_ = true;
};

}  // namespace scenograph::shacl
