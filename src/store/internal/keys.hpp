#pragma once

#include <array>
#include <cstdint>

#include "store/term_id.hpp"
#include "store/view.hpp"

// The seven orders that quads are kept in. See docs/format-store.md.

namespace scenograph::store::internal {

[[nodiscard]] constexpr TermId member(const QuadId& quad, Position position) {
  switch (position) {
    case Position::Subject:
      return quad.subject;
    case Position::Predicate:
      return quad.predicate;
    case Position::Object:
      return quad.object;
    case Position::Graph:
      break;
  }
  return quad.graph;
}

/// The members of a quad as an order compares them.
using Row = std::array<std::uint64_t, 4>;

[[nodiscard]] constexpr Row row_of(const QuadId& quad, Order order) {
  const auto& at = places_of(order);
  return {member(quad, at[0]).bits(), member(quad, at[1]).bits(), member(quad, at[2]).bits(),
          member(quad, at[3]).bits()};
}

/// The quad of a row of Spog.
[[nodiscard]] constexpr QuadId quad_of(const Row& row) {
  return {TermId::from_bits(row[0]), TermId::from_bits(row[1]), TermId::from_bits(row[2]), TermId::from_bits(row[3])};
}

/// A row of one order as one of another.
[[nodiscard]] constexpr Row reorder(const Row& row, Order from, Order to) {
  Row by_position{};
  Row result{};
  for (std::size_t i = 0; i < row.size(); ++i) by_position[static_cast<std::size_t>(places_of(from)[i])] = row[i];
  for (std::size_t i = 0; i < row.size(); ++i) result[i] = by_position[static_cast<std::size_t>(places_of(to)[i])];
  return result;
}

}  // namespace scenograph::store::internal
