#include "place/relations.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace scenograph::place {

namespace {

struct Segment {
  Point from;
  Point to;
};

enum class Where { Outside, Edge, Inside };

/// Twice the area of the triangle: positive if it is run counter-clockwise.
double turn(const Point& a, const Point& b, const Point& c) {
  return (b.longitude - a.longitude) * (c.latitude - a.latitude) -
         (b.latitude - a.latitude) * (c.longitude - a.longitude);
}

bool is_between(double value, double a, double b) { return std::min(a, b) <= value && value <= std::max(a, b); }

bool is_on(const Point& point, const Segment& segment) {
  return turn(segment.from, segment.to, point) == 0 &&
         is_between(point.longitude, segment.from.longitude, segment.to.longitude) &&
         is_between(point.latitude, segment.from.latitude, segment.to.latitude);
}

Point shifted(Point point, double turns) {
  point.longitude += 360 * turns;
  return point;
}

/// Runs `test` with `point` at every longitude of its that lies from `west` to `east`, until one gives true.
template <typename Test>
bool at_any_turn(const Point& point, double west, double east, const Test& test) {
  for (double turns = std::ceil((west - point.longitude) / 360); point.longitude + 360 * turns <= east; ++turns) {
    if (test(shifted(point, turns))) return true;
  }
  return false;
}

bool is_on_anywhere(const Point& point, const Segment& segment) {
  const auto [west, east] = std::minmax(segment.from.longitude, segment.to.longitude);
  return at_any_turn(point, west, east, [&](const Point& here) { return is_on(here, segment); });
}

/// Whether they cross in a point within both; touching is not crossing.
bool cross(const Segment& a, const Segment& b) {
  const double from = turn(a.from, a.to, b.from);
  const double to = turn(a.from, a.to, b.to);
  const double other_from = turn(b.from, b.to, a.from);
  const double other_to = turn(b.from, b.to, a.to);
  return ((from > 0 && to < 0) || (from < 0 && to > 0)) &&
         ((other_from > 0 && other_to < 0) || (other_from < 0 && other_to > 0));
}

bool cross_anywhere(const Segment& a, const Segment& b) {
  const double nearest = std::round((a.from.longitude - b.from.longitude) / 360);
  for (double turns = nearest - 1; turns <= nearest + 1; ++turns) {
    if (cross(a, {shifted(b.from, turns), shifted(b.to, turns)})) return true;
  }
  return false;
}

/// Source: the even-odd rule, with a ray to the east.
Where place_in(const Point& point, const Line& ring) {
  bool inside = false;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    const Segment edge{ring[i - 1], ring[i]};
    if (is_on(point, edge)) return Where::Edge;
    if ((edge.from.latitude > point.latitude) == (edge.to.latitude > point.latitude)) continue;
    const double side = turn(edge.from, edge.to, point);
    if ((side > 0) == (edge.to.latitude > edge.from.latitude)) inside = !inside;
  }
  return inside ? Where::Inside : Where::Outside;
}

Where place_in_at_any_turn(const Point& point, const Line& ring) {
  const auto [west, east] = std::minmax_element(
      ring.begin(), ring.end(), [](const Point& a, const Point& b) { return a.longitude < b.longitude; });
  Where best = Where::Outside;
  at_any_turn(point, west->longitude, east->longitude, [&](const Point& here) {
    best = std::max(best, place_in(here, ring));
    return best == Where::Inside;
  });
  return best;
}

Where place_in(const Point& point, const Polygon& polygon) {
  const Where outer = place_in_at_any_turn(point, polygon.rings.front());
  if (outer != Where::Inside) return outer;
  for (std::size_t i = 1; i < polygon.rings.size(); ++i) {
    const Where hole = place_in_at_any_turn(point, polygon.rings[i]);
    if (hole == Where::Inside) return Where::Outside;
    if (hole == Where::Edge) return Where::Edge;
  }
  return Where::Inside;
}

/// A geometry as points, segments and areas.
struct Parts {
  explicit Parts(const Geometry& geometry)
      : areas(geometry.polygons), points(geometry.points), points_alone(points.size()) {
    for (const Line& line : geometry.lines) add(line);
    line_segments = segments.size();
    for (const Polygon& polygon : geometry.polygons) {
      for (const Line& ring : polygon.rings) add(ring);
    }
  }

  void add(const Line& line) {
    for (std::size_t i = 1; i < line.size(); ++i) segments.push_back({line[i - 1], line[i]});
    points.insert(points.end(), line.begin(), line.end());
  }

  [[nodiscard]] Where place_of(const Point& point) const {
    Where best = Where::Outside;
    for (const Polygon& area : areas) best = std::max(best, place_in(point, area));
    return best;
  }

  [[nodiscard]] bool holds(const Point& point) const {
    if (place_of(point) != Where::Outside) return true;
    const auto same = [&](const Point& other) {
      return at_any_turn(point, other.longitude, other.longitude, [&](const Point& here) { return here == other; });
    };
    return std::any_of(segments.begin(), segments.end(),
                       [&](const Segment& segment) { return is_on_anywhere(point, segment); }) ||
           std::any_of(points.begin(), points.end(), same);
  }

  const std::vector<Polygon>& areas;
  std::vector<Point> points;  ///< by themselves, then those of lines and edges
  std::size_t points_alone;
  std::vector<Segment> segments;
  std::size_t line_segments = 0;  ///< that come first; the rest are edges of areas
};

Point middle(const Segment& segment) {
  return {(segment.from.longitude + segment.to.longitude) / 2, (segment.from.latitude + segment.to.latitude) / 2};
}

bool intersect(const Parts& a, const Parts& b, const base::Budget& budget) {
  const auto any_in = [&budget](const std::vector<Point>& points, const Parts& in) {
    return std::any_of(points.begin(), points.end(), [&](const Point& point) {
      budget.check();
      return in.holds(point);
    });
  };
  if (any_in(a.points, b) || any_in(b.points, a)) return true;
  return std::any_of(a.segments.begin(), a.segments.end(), [&](const Segment& own) {
    budget.check();
    return std::any_of(b.segments.begin(), b.segments.end(),
                       [&](const Segment& other) { return cross_anywhere(own, other); });
  });
}

using Vector = std::array<double, 3>;

Vector to_vector(const Point& point) {
  constexpr double degree = std::numbers::pi / 180;
  const double round = std::cos(point.latitude * degree);
  return {round * std::cos(point.longitude * degree), round * std::sin(point.longitude * degree),
          std::sin(point.latitude * degree)};
}

double dot(const Vector& a, const Vector& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

Vector cross(const Vector& a, const Vector& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

double length(const Vector& a) { return std::sqrt(dot(a, a)); }

/// Exact for small and for large angles alike.
double angle(const Vector& a, const Vector& b) { return std::atan2(length(cross(a, b)), dot(a, b)); }

/// A piece of a great circle, shorter than half of it.
struct Arc {
  explicit Arc(const Segment& segment)
      : from(to_vector(segment.from)),
        to(to_vector(segment.to)),
        normal(cross(from, to)),
        size(length(normal)),
        south(std::min(segment.from.latitude, segment.to.latitude)),
        north(std::max(segment.from.latitude, segment.to.latitude)) {}

  [[nodiscard]] double angle_to(const Vector& point) const {
    const bool beside = size > 1e-15 && dot(cross(normal, from), point) >= 0 && dot(cross(to, normal), point) >= 0;
    if (beside) return std::asin(std::min(1.0, std::abs(dot(normal, point)) / size));
    return std::min(angle(point, from), angle(point, to));
  }

  Vector from;
  Vector to;
  Vector normal;
  double size;
  double south;  ///< degrees, as on the map
  double north;
};

/// The least angle between a point of `from` and a place of `to`. What lies so far north or south that it cannot be
/// nearer than the best so far is passed over.
double nearest(const Parts& from, const Parts& to, const base::Budget& budget) {
  constexpr double degree = std::numbers::pi / 180;
  constexpr double slack = distance_slack_m / mean_radius_m;
  double best = std::numeric_limits<double>::infinity();
  std::vector<Vector> alone;
  for (std::size_t i = 0; i < to.points_alone; ++i) alone.push_back(to_vector(to.points[i]));
  const std::vector<Arc> arcs(to.segments.begin(), to.segments.end());
  for (const Point& point : from.points) {
    budget.check();
    const Vector here = to_vector(point);
    for (const Vector& other : alone) best = std::min(best, angle(here, other));
    for (const Arc& arc : arcs) {
      const double away = std::max(arc.south - point.latitude, point.latitude - arc.north) * degree;
      if (away - slack < best) best = std::min(best, arc.angle_to(here));
    }
  }
  return best;
}

bool is_points(const Geometry& geometry) { return geometry.lines.empty() && geometry.polygons.empty(); }

}  // namespace

bool intersects(const Geometry& a, const Geometry& b, const base::Budget& budget) {
  return intersect(Parts(a), Parts(b), budget);
}

bool is_within(const Geometry& a, const Geometry& b, const base::Budget& budget) {
  const Parts inner(a);
  const Parts outer(b);
  bool reaches_inside = false;
  const auto is_held = [&](const Point& point) {
    budget.check();
    const Where where = outer.place_of(point);
    reaches_inside = reaches_inside || where == Where::Inside;
    return where != Where::Outside || outer.holds(point);
  };
  if (inner.points.empty() || !std::all_of(inner.points.begin(), inner.points.end(), is_held)) return false;
  for (const Segment& own : inner.segments) {
    if (!is_held(middle(own))) return false;
    for (std::size_t i = outer.line_segments; i < outer.segments.size(); ++i) {
      if (cross_anywhere(own, outer.segments[i])) return false;
    }
  }
  // An area is not within another whose hole it covers.
  for (const Polygon& area : b.polygons) {
    for (std::size_t i = 1; i < area.rings.size(); ++i) {
      for (const Point& point : area.rings[i]) {
        budget.check();
        if (inner.place_of(point) == Where::Inside) return false;
      }
    }
  }
  if (!inner.areas.empty()) return !outer.areas.empty();
  return reaches_inside || outer.areas.empty();
}

double distance_m(const Geometry& a, const Geometry& b, const base::Budget& budget) {
  if (is_points(a) && is_points(b)) return mean_radius_m * nearest(Parts(a), Parts(b), budget);
  if (intersects(a, b, budget)) return 0;
  const Geometry fine_a = subdivided(a);
  const Geometry fine_b = subdivided(b);
  const Parts one(fine_a);
  const Parts other(fine_b);
  return mean_radius_m * std::min(nearest(one, other, budget), nearest(other, one, budget));
}

}  // namespace scenograph::place
