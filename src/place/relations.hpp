#pragma once

#include "base/budget.hpp"
#include "place/box.hpp"
#include "place/geometry.hpp"

namespace scenograph::place {

// Relations of Simple Features, on the map of longitudes and latitudes, whichever way round the Earth. Cost: the
// product of both numbers of points; the budget is checked for each point of one.

/// Whether some place belongs to both.
[[nodiscard]] bool intersects(const Geometry& a, const Geometry& b, const base::Budget& budget);

/// Whether `a` lies in `b`: all of it, and not on the edge alone. An empty geometry lies nowhere.
[[nodiscard]] bool is_within(const Geometry& a, const Geometry& b, const base::Budget& budget);

/// Metres between the nearest places of both, along the surface of a sphere; 0 if they intersect. REQUIRES: none is
/// empty. Edges are straight on the map here too: they are cut into great circles so short that these lie within 40 m.
[[nodiscard]] double distance_m(const Geometry& a, const Geometry& b, const base::Budget& budget);

/// How much nearer than their boxes, `box_of`, two geometries may seem for the sake of those 40 m.
inline constexpr double distance_slack_m = 100;

}  // namespace scenograph::place
