#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rdf/term.hpp"

namespace scenograph::syntax {

/// A dataset as arranged Turtle shows it: sorted, and with the blank nodes that can be written where they are named.
class QuadTree {
 public:
  /// Sorts the quads by graph, subject, predicate (rdf:type first) and object, and drops duplicates.
  explicit QuadTree(std::vector<rdf::Quad> quads);
  QuadTree(const QuadTree&) = delete;
  QuadTree& operator=(const QuadTree&) = delete;

  [[nodiscard]] std::span<const rdf::Quad> quads() const { return quads_; }

  /// The quads of a blank node that is written where it is named; empty if it has none.
  [[nodiscard]] std::span<const rdf::Quad> properties(const rdf::Term& blank) const;

  /// Whether a term is a blank node that is written where it is named: named once as an object, in the graph of its own
  /// quads, and at most 32 deep.
  [[nodiscard]] bool is_nested(const rdf::Term& term) const;

  /// Whether a nested blank node begins a list that can be written as ( ).
  [[nodiscard]] bool is_list(const rdf::Term& term) const;

  /// Whether a blank node is no object and no graph: its label does not matter.
  [[nodiscard]] bool is_unnamed(const rdf::Term& term) const;

 private:
  struct Node {
    std::size_t begin = 0;  // its quads
    std::size_t end = 0;
    std::size_t named = 0;                // how often it is an object
    const rdf::Quad* named_by = nullptr;  // the last of these
    bool is_fixed = false;                // its label must stay
    bool is_list = false;
    std::uint32_t depth = 0;  // of nesting, from 1; 0: not known
  };

  void count();
  void fix_cycles();
  void find_lists();
  [[nodiscard]] const Node* find(const rdf::Term& term) const;
  [[nodiscard]] Node* parent_of(const Node& node);
  [[nodiscard]] bool can_nest(const Node& node) const;
  [[nodiscard]] bool is_cell(const Node& node) const;

  std::vector<rdf::Quad> quads_;
  std::unordered_map<std::string_view, Node> nodes_;
};

}  // namespace scenograph::syntax
