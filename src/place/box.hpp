#pragma once

#include <optional>

#include "place/geometry.hpp"

namespace scenograph::place {

/// Of the WGS 84 ellipsoid: distances on a sphere of this radius are off by 0.56 % at most.
inline constexpr double mean_radius_m = 6'371'008.8;

/// What lies between two meridians and two parallels, edges included. Degrees.
struct Box {
  double west = 0;  ///< -180 to 180
  double south = 0;
  double east = 0;  ///< from `west` on, up to `west` + 360: more than 180 if it crosses the 180th meridian
  double north = 0;

  friend bool operator==(const Box&, const Box&) = default;
};

/// The smallest box around it; nullopt if it is empty.
[[nodiscard]] std::optional<Box> box_of(const Geometry& geometry);

/// A box that holds all that is at most `metres` away from the box.
[[nodiscard]] Box grown(const Box& box, double metres);

/// The box as an area.
[[nodiscard]] Polygon to_polygon(const Box& box);

}  // namespace scenograph::place
