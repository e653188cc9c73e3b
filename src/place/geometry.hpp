#pragma once

#include <vector>

namespace scenograph::place {

/// A place on the Earth, in degrees (WGS 84): longitude -180 to 180 for points; further in what crosses the 180th
/// meridian.
struct Point {
  double longitude = 0;
  double latitude = 0;

  friend bool operator==(const Point&, const Point&) = default;
};

/// Points joined by straight lines in longitude and latitude, each the shorter way round the Earth: no longitude is
/// more than 180 degrees from the one before, unless the whole turn of 360 is.
using Line = std::vector<Point>;

/// An area without its holes.
struct Polygon {
  std::vector<Line> rings;  ///< the outer one, then the holes; the first point is the last one too
};

/// Any of the geometries of Simple Features, as its parts.
struct Geometry {
  std::vector<Point> points;
  std::vector<Line> lines;
  std::vector<Polygon> polygons;

  [[nodiscard]] bool is_empty() const { return points.empty() && lines.empty() && polygons.empty(); }
};

/// The same lines and edges with more points on them: none is longer than a quarter of a degree in either direction.
[[nodiscard]] Geometry subdivided(Geometry geometry);

/// Degrees that all lines and edges are long together, each the longer one of its sides on the map.
[[nodiscard]] double degrees_of(const Geometry& geometry);

/// Moves the longitudes of `line` by whole turns, so that each is the shorter way from the one before.
void unwind(Line& line);

/// As `unwind`, of a ring; one that goes round a pole, the nearer one, is closed along the edge of the map there.
void unwind_ring(Line& ring);

}  // namespace scenograph::place
