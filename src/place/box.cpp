#include "place/box.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace scenograph::place {

namespace {

constexpr double degree = std::numbers::pi / 180;

/// Of longitudes; ends may be anywhere.
using Span = std::pair<double, double>;

/// Gathers what a box must hold.
class Extent {
 public:
  void add(const Line& line) {
    if (line.empty()) return;
    const auto [west, east] = std::minmax_element(
        line.begin(), line.end(), [](const Point& a, const Point& b) { return a.longitude < b.longitude; });
    for (const Point& point : line) {
      south_ = std::min(south_, point.latitude);
      north_ = std::max(north_, point.latitude);
    }
    const double turns = std::floor((west->longitude + 180) / 360) * 360;
    spans_.emplace_back(west->longitude - turns, east->longitude - turns);
  }

  [[nodiscard]] std::optional<Box> box() {
    if (spans_.empty()) return std::nullopt;
    std::sort(spans_.begin(), spans_.end());
    // What no span covers: the widest such gap is left out.
    double reached = spans_.front().second;
    for (const Span& span : spans_) reached = std::max(reached, span.second);
    double best = spans_.front().first + 360 - reached;
    double west = spans_.front().first;
    double end = spans_.front().second;
    for (const Span& span : spans_) {
      if (span.first - end > best) {
        best = span.first - end;
        west = span.first;
      }
      end = std::max(end, span.second);
    }
    if (best <= 0) return Box{-180, south_, 180, north_};
    return Box{west, south_, west + 360 - best, north_};
  }

 private:
  std::vector<Span> spans_;
  double south_ = 90;
  double north_ = -90;
};

}  // namespace

std::optional<Box> box_of(const Geometry& geometry) {
  Extent extent;
  for (const Point& point : geometry.points) extent.add({point});
  for (const Line& line : geometry.lines) extent.add(line);
  for (const Polygon& polygon : geometry.polygons) extent.add(polygon.rings.front());
  return extent.box();
}

Box grown(const Box& box, double metres) {
  // A little more, so that rounding never loses what lies on the edge.
  const double angle = std::max(metres, 0.0) / mean_radius_m * 1.000001 + 1e-12;
  Box out = box;
  out.south = box.south - angle / degree;
  out.north = box.north + angle / degree;
  const bool reaches_pole = out.south <= -90 || out.north >= 90;
  out.south = std::max(out.south, -90.0);
  out.north = std::min(out.north, 90.0);
  const double farthest = std::max(std::abs(box.south), std::abs(box.north)) * degree;
  const double ratio = std::sin(angle) / std::cos(farthest);
  if (reaches_pole || angle >= std::numbers::pi / 2 || ratio >= 1) return {-180, out.south, 180, out.north};
  const double wider = std::asin(ratio) / degree;
  if (out.east - out.west + 2 * wider >= 360) return {-180, out.south, 180, out.north};
  out.west -= wider;
  out.east += wider;
  if (out.west < -180) {
    out.west += 360;
    out.east += 360;
  }
  return out;
}

Polygon to_polygon(const Box& box) {
  constexpr double widest_step = 90;
  const int steps = std::max(1, static_cast<int>(std::ceil((box.east - box.west) / widest_step)));
  const double step = (box.east - box.west) / steps;
  Line ring;
  for (int i = 0; i <= steps; ++i) ring.push_back({i == steps ? box.east : box.west + i * step, box.south});
  for (int i = steps; i >= 0; --i) ring.push_back({i == steps ? box.east : box.west + i * step, box.north});
  ring.push_back(ring.front());
  return {{std::move(ring)}};
}

}  // namespace scenograph::place
