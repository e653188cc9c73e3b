#include "syntax/internal/quad_tree.hpp"

#include <algorithm>
#include <tuple>

#include "rdf/vocab.hpp"

namespace scenograph::syntax {

namespace {

using rdf::Quad;
using rdf::Term;

/// Readers refuse brackets that are nested too deep.
constexpr std::uint32_t max_nesting = 32;

/// IRIs, then blank nodes, then literals; rdf:type before other predicates.
bool comes_before(const Quad& a, const Quad& b) {
  if (const auto order = std::tie(a.graph, a.subject) <=> std::tie(b.graph, b.subject); order != 0) return order < 0;
  const bool a_is_type = a.predicate.value == rdf::rdf::type;
  const bool b_is_type = b.predicate.value == rdf::rdf::type;
  if (a_is_type != b_is_type) return a_is_type;
  return std::tie(a.predicate, a.object) < std::tie(b.predicate, b.object);
}

}  // namespace

QuadTree::QuadTree(std::vector<Quad> quads) : quads_(std::move(quads)) {
  std::sort(quads_.begin(), quads_.end(), comes_before);
  quads_.erase(std::unique(quads_.begin(), quads_.end()), quads_.end());
  count();
  fix_cycles();
  find_lists();
}

void QuadTree::count() {
  for (std::size_t i = 0; i < quads_.size(); ++i) {
    const Quad& quad = quads_[i];
    if (quad.subject.is_blank()) {
      Node& node = nodes_[quad.subject.value];
      if (node.end != 0 && quads_[node.begin].graph != quad.graph) node.is_fixed = true;
      if (node.end == 0) node.begin = i;
      node.end = i + 1;
    }
    if (quad.object.is_blank()) {
      Node& node = nodes_[quad.object.value];
      ++node.named;
      node.named_by = &quad;
    }
    if (quad.graph.is_blank()) nodes_[quad.graph.value].is_fixed = true;
  }
  for (auto& [label, node] : nodes_) {
    const bool elsewhere = node.named == 1 && node.end != 0 && quads_[node.begin].graph != node.named_by->graph;
    if (elsewhere || node.named > 1) node.is_fixed = true;
  }
}

bool QuadTree::can_nest(const Node& node) const { return !node.is_fixed && node.named == 1; }

/// The node that a node which can nest would be written in; null if that is none.
QuadTree::Node* QuadTree::parent_of(const Node& node) {
  const auto found = node.named_by->subject.is_blank() ? nodes_.find(node.named_by->subject.value) : nodes_.end();
  return found != nodes_.end() && can_nest(found->second) ? &found->second : nullptr;
}

/// Walks from each node up to one whose depth is known; cells of a list are as deep as the list.
void QuadTree::fix_cycles() {
  std::vector<Node*> path;
  for (const Quad& quad :
       quads_) {  // in the order of the quads, so that the result does not depend on that of the table
    if (!quad.object.is_blank()) continue;
    Node* node = &nodes_.find(quad.object.value)->second;
    path.clear();
    constexpr std::uint32_t on_path = ~std::uint32_t{0};
    while (node != nullptr && can_nest(*node) && node->depth == 0) {
      node->depth = on_path;
      path.push_back(node);
      node = parent_of(*node);
    }
    if (node != nullptr && node->depth == on_path) {  // nodes that would be within each other
      for (auto each = path.rbegin(); each != path.rend(); ++each) {
        (*each)->is_fixed = true;
        if (*each == node) break;
      }
    }
    while (!path.empty()) {
      Node& child = *path.back();
      path.pop_back();
      const Node* const parent = child.is_fixed ? nullptr : parent_of(child);
      const bool is_cell = parent != nullptr && child.named_by->predicate.value == rdf::rdf::rest;
      child.depth = parent == nullptr ? 1 : parent->depth + (is_cell ? 0 : 1);
      if (child.depth > max_nesting) {
        child.is_fixed = true;
        child.depth = 1;
      }
    }
  }
}

bool QuadTree::is_cell(const Node& node) const {
  if (!can_nest(node) || node.end != node.begin + 2) return false;
  return quads_[node.begin].predicate.value == rdf::rdf::first &&
         quads_[node.begin + 1].predicate.value == rdf::rdf::rest;
}

/// Walks lists from their ends to their heads.
void QuadTree::find_lists() {
  for (const Quad& quad : quads_) {
    if (quad.predicate.value != rdf::rdf::rest || quad.object != Term::iri(rdf::rdf::nil)) continue;
    const auto last = quad.subject.is_blank() ? nodes_.find(quad.subject.value) : nodes_.end();
    Node* cell = last == nodes_.end() ? nullptr : &last->second;
    while (cell != nullptr && is_cell(*cell)) {
      cell->is_list = true;
      cell = cell->named_by->predicate.value == rdf::rdf::rest ? parent_of(*cell) : nullptr;
    }
  }
}

const QuadTree::Node* QuadTree::find(const Term& term) const {
  const auto found = term.is_blank() ? nodes_.find(term.value) : nodes_.end();
  return found == nodes_.end() ? nullptr : &found->second;
}

std::span<const Quad> QuadTree::properties(const Term& blank) const {
  const Node* const node = find(blank);
  if (node == nullptr) return {};
  return std::span(quads_).subspan(node->begin, node->end - node->begin);
}

bool QuadTree::is_nested(const Term& term) const {
  const Node* const node = find(term);
  return node != nullptr && can_nest(*node);
}

bool QuadTree::is_list(const Term& term) const {
  const Node* const node = find(term);
  return node != nullptr && node->is_list;
}

bool QuadTree::is_unnamed(const Term& term) const {
  const Node* const node = find(term);
  return node != nullptr && !node->is_fixed && node->named == 0;
}

}  // namespace scenograph::syntax
