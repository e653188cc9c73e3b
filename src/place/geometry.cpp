#include "place/geometry.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace scenograph::place {

namespace {

/// The longer side of a step on the map.
double degrees_between(const Point& a, const Point& b) {
  return std::max(std::abs(a.longitude - b.longitude), std::abs(a.latitude - b.latitude));
}

Line subdivided(const Line& line) {
  constexpr double longest = 0.25;
  Line out;
  for (const Point& point : line) {
    if (!out.empty()) {
      const Point from = out.back();
      const double pieces = std::ceil(degrees_between(from, point) / longest);
      for (double i = 1; i < pieces; i += 1) {
        out.push_back({from.longitude + (point.longitude - from.longitude) * i / pieces,
                       from.latitude + (point.latitude - from.latitude) * i / pieces});
      }
    }
    out.push_back(point);
  }
  return out;
}

double degrees_of(const Line& line) {
  double sum = 0;
  for (std::size_t i = 1; i < line.size(); ++i) sum += degrees_between(line[i - 1], line[i]);
  return sum;
}

}  // namespace

Geometry subdivided(Geometry geometry) {
  for (Line& line : geometry.lines) line = subdivided(line);
  for (Polygon& polygon : geometry.polygons) {
    for (Line& ring : polygon.rings) ring = subdivided(ring);
  }
  return geometry;
}

double degrees_of(const Geometry& geometry) {
  double sum = 0;
  for (const Line& line : geometry.lines) sum += degrees_of(line);
  for (const Polygon& polygon : geometry.polygons) {
    for (const Line& ring : polygon.rings) sum += degrees_of(ring);
  }
  return sum;
}

void unwind(Line& line) {
  double turns = 0;  // so many to the point before
  for (std::size_t i = 1; i < line.size(); ++i) {
    const double step = line[i].longitude - (line[i - 1].longitude - 360 * turns);
    if (std::abs(step) > 180 && std::abs(step) != 360) turns -= std::round(step / 360);
    line[i].longitude += 360 * turns;
  }
}

void unwind_ring(Line& ring) {
  unwind(ring);
  if (ring.empty() || ring.front() == ring.back()) return;
  double latitudes = 0;
  for (const Point& point : ring) latitudes += point.latitude;
  const double pole = latitudes < 0 ? -90 : 90;
  const Point first = ring.front();
  ring.push_back({ring.back().longitude, pole});
  ring.push_back({first.longitude, pole});
  ring.push_back(first);
}

}  // namespace scenograph::place
