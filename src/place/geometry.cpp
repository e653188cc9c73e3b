#include "place/geometry.hpp"

#include <cmath>

namespace scenograph::place {

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
