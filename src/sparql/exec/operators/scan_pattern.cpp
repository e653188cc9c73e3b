#include "sparql/exec/operators/scan_pattern.hpp"

namespace scenograph::sparql {

namespace {

/// How many places of the order come first that are constants and then those asked for, and one; 0 if a constant comes
/// after something else.
std::size_t fit(store::Order order, const store::QuadId& bound, std::array<bool, 3> then) {
  std::size_t constants = 0;
  std::size_t fits = 0;
  for (std::size_t place = 0; place < 3; ++place) {
    const auto position = static_cast<std::size_t>(store::places_of(order)[place]);
    const bool is_constant = !member(bound, position).is_undefined();
    if (is_constant && constants < place) return 0;
    if (is_constant) ++constants;
    if (fits == place && (is_constant || then[position])) ++fits;
  }
  return fits + 1;
}

}  // namespace

store::Order order_for(const store::QuadId& bound, std::array<bool, 3> then) {
  using store::Order;
  const bool only_graph = !bound.graph.is_undefined() && bound.subject.is_undefined() &&
                          bound.predicate.is_undefined() && bound.object.is_undefined();
  if (only_graph && !then[1] && !then[2]) return Order::Gspo;
  Order best = Order::Spog;
  std::size_t best_fit = 0;
  for (const Order order : {Order::Spog, Order::Sopg, Order::Psog, Order::Posg, Order::Ospg, Order::Opsg}) {
    const std::size_t fits = fit(order, bound, then);
    if (fits <= best_fit) continue;
    best = order;
    best_fit = fits;
  }
  return best;
}

}  // namespace scenograph::sparql
