#include "place/geometry.hpp"

#include <cmath>

namespace scenograph::place {

void unwind(Line& line) {
  for (std::size_t i = 1; i < line.size(); ++i) {
    const double step = line[i].longitude - line[i - 1].longitude;
    if (std::abs(step) > 180 && std::abs(step) != 360) line[i].longitude -= 360 * std::round(step / 360);
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
