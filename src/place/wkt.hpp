#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "place/geometry.hpp"

namespace scenograph::place {

/// The geometry of a geo:wktLiteral: "POINT(2.35 48.85)", any of the types of Simple Features 1.2 but curves and
/// surfaces, in any case, with heights and measures, which are left out. nullopt if it is none, if the coordinates
/// are no longitudes (-360 to 360) and latitudes (-90 to 90), or if its reference system is not known, if a line goes
/// round the Earth more than twice, or if all lines and edges together are longer than 25,000 degrees.
///
/// Known are CRS 84, which a literal without one has, and EPSG 4326, whose latitude comes first. Collections may lie in
/// each other 16 deep.
///
/// Source: GeoSPARQL 1.1, section 8.5.1; ISO 19125-1 (well-known text).
[[nodiscard]] std::optional<Geometry> parse_wkt(std::string_view text);

/// In CRS 84, which is not named.
[[nodiscard]] std::string to_wkt(const Point& point);
[[nodiscard]] std::string to_wkt(const Polygon& polygon);

}  // namespace scenograph::place
