#include "shacl/internal/node_runner.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

namespace scenograph::shacl {

using store::TermId;

namespace {

std::size_t position(const std::vector<TermId>& sorted, TermId id) {
  return static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), id) - sorted.begin());
}

/// All nodes of the rows, sorted, each once.
std::vector<TermId> distinct(const Rows& rows) {
  std::vector<TermId> nodes = rows.nodes;
  sort_unique(nodes);
  return nodes;
}

}  // namespace

Rows NodeRunner::run(const NodeExpression& expression, std::span<const TermId> focus) {
  using Kind = NodeExpression::Kind;
  switch (expression.kind) {
    case Kind::Constant:
      return constant(expression, focus.size());
    case Kind::Path:
      return path(expression, focus);
    case Kind::Filter:
      return filter(expression, focus);
    case Kind::Intersection:
    case Kind::Union:
      return together(expression, focus);
    case Kind::Focus:
      break;
  }
  Rows rows;
  for (const TermId node : focus) {
    rows.nodes.push_back(node);
    rows.end_row();
  }
  return rows;
}

Rows NodeRunner::constant(const NodeExpression& expression, std::size_t size) {
  Rows rows;
  rows.nodes.assign(size, nodes_->id(expression.constant));
  for (std::uint32_t i = 1; i <= size; ++i) rows.offsets.push_back(i);
  return rows;
}

Rows NodeRunner::path(const NodeExpression& expression, std::span<const TermId> focus) {
  const Rows starts = run(expression.parts.front(), focus);
  const std::vector<TermId> from = distinct(starts);
  const Rows reached = reader_->follow(*expression.path, from);
  Rows rows;
  for (std::size_t row = 0; row < starts.size(); ++row) {
    std::vector<TermId> own;
    for (const TermId start : starts.of(row)) {
      const auto ends = reached.of(position(from, start));
      own.insert(own.end(), ends.begin(), ends.end());
    }
    sort_unique(own);
    rows.nodes.insert(rows.nodes.end(), own.begin(), own.end());
    rows.end_row();
  }
  return rows;
}

Rows NodeRunner::filter(const NodeExpression& expression, std::span<const TermId> focus) {
  const Rows all = run(expression.parts.front(), focus);
  const std::vector<TermId> nodes = distinct(all);
  const std::vector<bool> failed = evaluator_->failed(*expression.shape, nodes);
  Rows rows;
  for (std::size_t row = 0; row < all.size(); ++row) {
    for (const TermId node : all.of(row)) {
      if (!failed[position(nodes, node)]) rows.nodes.push_back(node);
    }
    rows.end_row();
  }
  return rows;
}

/// Union and intersection; the parts' rows are sorted.
Rows NodeRunner::together(const NodeExpression& expression, std::span<const TermId> focus) {
  Rows rows = run(expression.parts.front(), focus);
  for (std::size_t i = 1; i < expression.parts.size(); ++i) {
    const Rows others = run(expression.parts[i], focus);
    Rows joined;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const auto one = rows.of(row);
      const auto other = others.of(row);
      const auto out = std::back_inserter(joined.nodes);
      if (expression.kind == NodeExpression::Kind::Union) {
        std::set_union(one.begin(), one.end(), other.begin(), other.end(), out);
      } else {
        std::set_intersection(one.begin(), one.end(), other.begin(), other.end(), out);
      }
      joined.end_row();
    }
    rows = std::move(joined);
  }
  return rows;
}

}  // namespace scenograph::shacl
