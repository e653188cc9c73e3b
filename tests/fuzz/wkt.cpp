#include "place/wkt.hpp"

#include <cmath>

#include "fuzz/fuzz.hpp"
#include "place/cells.hpp"
#include "place/relations.hpp"

// Reads places from untrusted text: what is read lies on the Earth, meets itself, is written and read again as the
// same, and is found by its cells. A second text after a line's end is held against the first.

namespace {

using namespace scenograph::place;
using scenograph::fuzz::require;

void check(const Geometry& geometry, const scenograph::base::Budget& budget) {
  const auto box = box_of(geometry);
  require(box.has_value() != geometry.is_empty());
  if (!box) return;
  require(box->south >= -90 && box->north <= 90 && box->south <= box->north);
  require(box->west >= -180 && box->west <= 180 && box->east >= box->west && box->east <= box->west + 360);
  const auto cells = cells_of(*box);
  require(!cells.empty() && cells.size() <= 8);
  require(intersects(geometry, geometry, budget));
  for (const Point& point : geometry.points) require(parse_wkt(to_wkt(point))->points.front() == point);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t most = 4096;  // comparing is quadratic
  scenograph::fuzz::Input input(data, std::min(size, most));
  const scenograph::base::Budget budget;
  const auto first = parse_wkt(input.until("\n"));
  const auto second = parse_wkt(input.rest());
  if (first) check(*first, budget);
  if (!first || !second) return 0;
  const bool meet = intersects(*first, *second, budget);
  require(meet == intersects(*second, *first, budget));
  require(!is_within(*first, *second, budget) || meet);
  if (first->is_empty() || second->is_empty()) return 0;
  const double metres = distance_m(*first, *second, budget);
  require(std::isfinite(metres) && metres >= 0);
  return 0;
}
