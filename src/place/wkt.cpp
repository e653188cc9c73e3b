#include "place/wkt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace scenograph::place {

namespace {

enum class AxisOrder { LongitudeFirst, LatitudeFirst };

struct ReferenceSystem {
  std::string_view iri;
  AxisOrder order;
};

constexpr std::array<ReferenceSystem, 4> reference_systems = {
    {{"http://www.opengis.net/def/crs/OGC/1.3/CRS84", AxisOrder::LongitudeFirst},
     {"https://www.opengis.net/def/crs/OGC/1.3/CRS84", AxisOrder::LongitudeFirst},
     {"http://www.opengis.net/def/crs/EPSG/0/4326", AxisOrder::LatitudeFirst},
     {"https://www.opengis.net/def/crs/EPSG/0/4326", AxisOrder::LatitudeFirst}}};

constexpr unsigned deepest = 16;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool is_letter(char c) { return upper(c) >= 'A' && upper(c) <= 'Z'; }

/// Whether it goes round the Earth so often that it is none of the real world, and slow to compare.
bool winds(const Line& line) {
  constexpr double most_degrees = 720;
  const auto [west, east] = std::minmax_element(
      line.begin(), line.end(), [](const Point& a, const Point& b) { return a.longitude < b.longitude; });
  return !line.empty() && east->longitude - west->longitude > most_degrees;
}

/// Reads well-known text. Every part returns whether it was well-formed.
class Reader {
 public:
  Reader(std::string_view text, AxisOrder order) : rest_(text), order_(order) {}

  bool read(Geometry& out) { return geometry(out, 0) && (skip_spaces(), rest_.empty()); }

 private:
  void skip_spaces() {
    while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
  }

  bool take(char wanted) {
    skip_spaces();
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// The next run of letters in capitals, cut at 20.
  std::string word() {
    skip_spaces();
    std::string out;
    while (!rest_.empty() && is_letter(rest_.front()) && out.size() < 20) {
      out.push_back(upper(rest_.front()));
      rest_.remove_prefix(1);
    }
    return out;
  }

  bool number(double& out) {
    skip_spaces();
    if (rest_.starts_with('+')) rest_.remove_prefix(1);
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), out);
    if (error != std::errc() || !std::isfinite(out)) return false;
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return true;
  }

  bool position(Point& out) {
    double first = 0;
    double second = 0;
    if (!number(first) || !number(second)) return false;
    double ignored = 0;
    for (unsigned i = 0; i < 2 && more_numbers(); ++i) {
      if (!number(ignored)) return false;
    }
    out = order_ == AxisOrder::LongitudeFirst ? Point{first, second} : Point{second, first};
    return std::abs(out.longitude) <= 360 && std::abs(out.latitude) <= 90;
  }

  bool more_numbers() {
    skip_spaces();
    return !rest_.empty() && rest_.front() != ',' && rest_.front() != ')';
  }

  /// "(" item, … ")", or EMPTY.
  template <typename Item>
  bool list(const Item& item) {
    if (!take('(')) return word() == "EMPTY";
    do {
      if (!item()) return false;
    } while (take(','));
    return take(')');
  }

  bool line(Line& out, std::size_t least) {
    return list([&] { return position(out.emplace_back()); }) && (out.empty() || out.size() >= least);
  }

  bool points(Geometry& out) {
    return list([&] {
      Point point;
      const bool bracketed = take('(');
      if (!position(point) || (bracketed && !take(')'))) return false;
      point.longitude -= std::floor((point.longitude + 180) / 360) * 360;
      out.points.push_back(point);
      return true;
    });
  }

  bool line_string(Geometry& out) {
    Line read;
    if (!line(read, 2)) return false;
    unwind(read);
    if (winds(read)) return false;
    if (!read.empty()) out.lines.push_back(std::move(read));
    return true;
  }

  bool polygon(Geometry& out) {
    Polygon read;
    const bool sound = list([&] {
      Line ring;
      if (!line(ring, 4) || ring.empty() || ring.front() != ring.back()) return false;
      unwind_ring(ring);
      if (winds(ring)) return false;
      read.rings.push_back(std::move(ring));
      return true;
    });
    if (sound && !read.rings.empty()) out.polygons.push_back(std::move(read));
    return sound;
  }

  bool geometry(Geometry& out, unsigned depth) {
    std::string type = word();
    skip_spaces();
    // "POINT Z (…)", "POINTZ(…)": heights and measures are known by their number.
    const auto cut = [&](std::string_view tail) {
      if (type.size() > 5 && type.ends_with(tail)) type.resize(type.size() - tail.size());
    };
    cut("M");
    cut("Z");
    if (!rest_.empty() && is_letter(rest_.front()) && upper(rest_.front()) != 'E') {
      const std::string dimensions = word();
      if (dimensions != "Z" && dimensions != "M" && dimensions != "ZM") return false;
    }
    if (type == "POINT" || type == "MULTIPOINT") {
      const std::size_t before = out.points.size();
      return points(out) && (type != "POINT" || out.points.size() <= before + 1);
    }
    if (type == "LINESTRING") return line_string(out);
    if (type == "POLYGON") return polygon(out);
    if (type == "MULTILINESTRING") return list([&] { return line_string(out); });
    if (type == "MULTIPOLYGON") return list([&] { return polygon(out); });
    if (type != "GEOMETRYCOLLECTION" || depth >= deepest) return false;
    return list([&] { return geometry(out, depth + 1); });
  }

  std::string_view rest_;
  AxisOrder order_;
};

std::string to_text(const Point& point) { return fmt::format("{} {}", point.longitude, point.latitude); }

}  // namespace

std::optional<Geometry> parse_wkt(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  AxisOrder order = AxisOrder::LongitudeFirst;
  if (text.starts_with('<')) {
    const std::size_t end = text.find('>');
    if (end == std::string_view::npos) return std::nullopt;
    const auto* const known = std::find_if(reference_systems.begin(), reference_systems.end(),
                                           [&](const auto& each) { return each.iri == text.substr(1, end - 1); });
    if (known == reference_systems.end()) return std::nullopt;
    order = known->order;
    text.remove_prefix(end + 1);
  }
  Geometry geometry;
  constexpr double most_degrees = 25'000;
  if (!Reader(text, order).read(geometry) || degrees_of(geometry) > most_degrees) return std::nullopt;
  return geometry;
}

std::string to_wkt(const Point& point) { return "POINT(" + to_text(point) + ")"; }

std::string to_wkt(const Polygon& polygon) {
  std::string out = "POLYGON(";
  for (const Line& ring : polygon.rings) {
    out += out.back() == '(' ? "(" : ",(";
    for (const Point& point : ring) out += to_text(point) + ",";
    out.back() = ')';
  }
  return out + ")";
}

}  // namespace scenograph::place
