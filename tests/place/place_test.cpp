#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <random>

#include "place/cells.hpp"
#include "place/relations.hpp"
#include "place/wkt.hpp"

namespace scenograph::place {

namespace {

const base::Budget no_limits;

Geometry read(std::string_view text) {
  CAPTURE(text);
  const auto geometry = parse_wkt(text);
  REQUIRE(geometry);
  return *geometry;
}

double metres(std::string_view a, std::string_view b) { return distance_m(read(a), read(b), no_limits); }
bool within(std::string_view a, std::string_view b) { return is_within(read(a), read(b), no_limits); }
bool meet(std::string_view a, std::string_view b) {
  const bool there = intersects(read(a), read(b), no_limits);
  CHECK(intersects(read(b), read(a), no_limits) == there);
  return there;
}

}  // namespace

TEST_CASE("Well-known text is read or refused") {
  CHECK(read("POINT(2.35 48.85)").points == std::vector<Point>{{2.35, 48.85}});
  CHECK(read("  point ( 2.35   48.85 ) ").points == std::vector<Point>{{2.35, 48.85}});
  CHECK(read("POINT Z (2 48 100)").points == std::vector<Point>{{2, 48}});
  CHECK(read("POINTZM(2 48 1 2)").points == std::vector<Point>{{2, 48}});
  CHECK(read("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(2 48)").points == std::vector<Point>{{2, 48}});
  CHECK(read("<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(48 2)").points == std::vector<Point>{{2, 48}});
  CHECK(read("MULTIPOINT((1 2),(3 4))").points.size() == 2);
  CHECK(read("MULTIPOINT(1 2, 3 4)").points.size() == 2);
  CHECK(read("LINESTRING(0 0, 1 1, 2 0)").lines.front().size() == 3);
  CHECK(read("MULTILINESTRING((0 0, 1 1),(2 2, 3 3))").lines.size() == 2);
  CHECK(read("POLYGON((0 0,4 0,4 4,0 0),(1 1,2 1,2 2,1 1))").polygons.front().rings.size() == 2);
  CHECK(read("MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))").polygons.size() == 2);
  CHECK(read("GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1))").lines.size() == 1);
  CHECK(read("POINT EMPTY").is_empty());
  CHECK(read("POLYGON EMPTY").is_empty());
  CHECK(read("POINT(190 0)").points.front().longitude == -170);
  for (const char* bad :
       {"", "POINT", "POINT(", "POINT(1)", "POINT(1 2", "POINT(1 2) x", "POINT(1 91)", "POINT(400 0)",
        "POINT(1 2, 3 4)", "POINT(nan 1)", "LINESTRING(0 0)", "POLYGON((0 0,1 0,1 1,0 1))", "POLYGON((0 0,1 1,0 0))",
        "CIRCLE(0 0)", "<http://www.opengis.net/def/crs/EPSG/0/2154> POINT(1 2)", "<x POINT(1 2)", "POINT Q (1 2)"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_wkt(bad));
  }
  std::string spiral = "LINESTRING(0 0";
  for (int i = 1; i < 30; ++i) spiral += ", " + std::to_string(i * 100 % 360 - 180) + " 1";
  CHECK_FALSE(parse_wkt(spiral + ")"));
  std::string endless = "LINESTRING(0 0";
  for (int i = 0; i < 300; ++i) endless += i % 2 == 0 ? ",170 80" : ",0 -80";
  CHECK_FALSE(parse_wkt(endless + ")"));
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "GEOMETRYCOLLECTION(";
  CHECK_FALSE(parse_wkt(deep));
}

TEST_CASE("Distances over the sphere") {
  CHECK(metres("POINT(2.3522 48.8566)", "POINT(2.3522 48.8566)") == 0);
  CHECK(metres("POINT(2.3522 48.8566)", "POINT(4.8357 45.7640)") == Approx(391'500).epsilon(0.006));  // Paris, Lyon
  CHECK(metres("POINT(0 0)", "POINT(180 0)") == Approx(mean_radius_m * M_PI));
  CHECK(metres("POINT(179.9 0)", "POINT(-179.9 0)") == Approx(22'239).epsilon(0.001));
  CHECK(metres("POINT(0 89.9)", "POINT(180 89.9)") == Approx(22'239).epsilon(0.001));
  CHECK(metres("POINT(5 5)", "POLYGON((0 0,10 0,10 10,0 10,0 0))") == 0);
  CHECK(metres("POINT(11 5)", "POLYGON((0 0,10 0,10 10,0 10,0 0))") == Approx(110'770).epsilon(0.001));
  CHECK(metres("POINT(3 3)", "POLYGON((0 0,10 0,10 10,0 10,0 0),(2 2,4 2,4 4,2 4,2 2))") ==
        Approx(111'045).epsilon(0.002));
  CHECK(metres("LINESTRING(0 -1,0 1)", "LINESTRING(-1 0,1 0)") == 0);
  CHECK(metres("LINESTRING(0 0,0 1)", "LINESTRING(1 0,1 1)") == Approx(111'177).epsilon(0.001));
  // Along the parallel, not the great circle, which passes 67.8 degrees north.
  CHECK(metres("POINT(45 67.8)", "LINESTRING(0 60,90 60)") == Approx(867'300).epsilon(0.001));
  CHECK(metres("POINT(45 61)", "LINESTRING(0 60,90 60)") == Approx(111'195).epsilon(0.001));
}

TEST_CASE("What lies within what") {
  const char* square = "POLYGON((0 0,10 0,10 10,0 10,0 0))";
  const char* holed = "POLYGON((0 0,10 0,10 10,0 10,0 0),(2 2,4 2,4 4,2 4,2 2))";
  CHECK(within("POINT(5 5)", square));
  CHECK_FALSE(within("POINT(0 5)", square));  // on the edge alone
  CHECK_FALSE(within("POINT(11 5)", square));
  CHECK_FALSE(within("POINT(3 3)", holed));
  CHECK(within("MULTIPOINT(0 5,5 5)", square));
  CHECK(within(square, square));
  CHECK(within("POLYGON((1 1,2 1,2 2,1 1))", square));
  CHECK_FALSE(within("POLYGON((1 1,20 1,2 2,1 1))", square));
  CHECK_FALSE(within("POLYGON((1 1,5 1,5 5,1 5,1 1))", holed));
  CHECK_FALSE(within("POLYGON((1 1,9 1,9 9,1 9,1 1))", "POLYGON((0 0,10 0,10 10,5 2,0 10,0 0))"));
  CHECK(within("LINESTRING(1 1,9 9)", square));
  CHECK_FALSE(within("LINESTRING(1 1,19 9)", square));
  CHECK(within("POINT(1 1)", "LINESTRING(0 0,2 2)"));
  CHECK_FALSE(within("POINT(1 1.5)", "LINESTRING(0 0,2 2)"));
  CHECK(within("POINT(1 1)", "MULTIPOINT(1 1,2 2)"));
  CHECK_FALSE(within(square, "POINT(5 5)"));
  CHECK_FALSE(within("POINT EMPTY", square));
}

TEST_CASE("What meets what") {
  const char* square = "POLYGON((0 0,10 0,10 10,0 10,0 0))";
  CHECK(meet("POINT(0 5)", square));
  CHECK(meet("POLYGON((-5 4,15 4,15 6,-5 6,-5 4))", square));  // no corner of one in the other
  CHECK(meet("POLYGON((10 0,20 0,20 10,10 0))", square));
  CHECK_FALSE(meet("POLYGON((11 0,20 0,20 10,11 0))", square));
  CHECK(meet("POLYGON((-50 -50,50 -50,50 50,-50 50,-50 -50))", square));
  CHECK_FALSE(meet("POINT EMPTY", square));
}

TEST_CASE("The 180th meridian and the poles are places like others") {
  const char* fiji = "POLYGON((177 -19,-178 -19,-178 -15,177 -15,177 -19))";
  CHECK(within("POINT(179 -17)", fiji));
  CHECK(within("POINT(-179 -17)", fiji));
  CHECK(within("POINT(180 -17)", fiji));
  CHECK_FALSE(within("POINT(0 -17)", fiji));
  CHECK(box_of(read(fiji)) == Box{177, -19, 182, -15});
  CHECK(within("POINT(-179 -17)", "POLYGON((177 -19,182 -19,182 -15,177 -15,177 -19))"));
  CHECK(box_of(read("MULTIPOINT(179 1,-179 -1)")) == Box{179, -1, 181, 1});
  const char* arctic = "POLYGON((0 70,90 70,180 70,-90 70,0 70))";
  CHECK(within("POINT(45 89)", arctic));
  CHECK(within("POINT(-135 80)", arctic));
  CHECK_FALSE(within("POINT(45 60)", arctic));
  CHECK(box_of(read(arctic))->north == 90);
  CHECK(within("POINT(120 -80)", "POLYGON((0 -70,-90 -70,180 -70,90 -70,0 -70))"));
  const char* world = "POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))";
  CHECK(within("POINT(2 48)", world));
  CHECK(within("POINT(-179 -48)", world));
}

TEST_CASE("A box becomes an area and stays the same place") {
  for (const Box& box : {Box{1, 2, 3, 4}, Box{170, -10, 190, 10}, Box{-180, -90, 180, 90}, Box{-170, -60, 170, 60}}) {
    Geometry geometry;
    geometry.polygons.push_back(to_polygon(box));
    CHECK(box_of(read(to_wkt(geometry.polygons.front()))) == box);
    CHECK(is_within(read("POINT(2 3)"), geometry, no_limits) == (box.west < 2 && box.east > 2));
  }
}

TEST_CASE("A grown box holds all that is near, and its cells are found") {
  std::mt19937 random(3);
  const auto between = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  };
  const auto anywhere = [&] {
    const double latitude = random() % 3 == 0 ? between(80, 90) * (random() % 2 == 0 ? 1 : -1) : between(-90, 90);
    const double longitude = random() % 3 == 0 ? between(175, 185) : between(-180, 180);
    return Point{longitude >= 180 ? longitude - 360 : longitude, latitude};
  };
  std::size_t near = 0;
  for (int round = 0; round < 20'000; ++round) {
    Geometry centre;
    centre.points.push_back(anywhere());
    Geometry other;
    const double radius = std::pow(10, between(2, 7.2));
    other.points.push_back(anywhere());
    if (round % 2 == 0) {  // mostly near
      const double angle = radius / mean_radius_m * 180 / M_PI;
      other.points[0].latitude = std::clamp(centre.points[0].latitude + between(-angle, angle), -90.0, 90.0);
      other.points[0].longitude = centre.points[0].longitude + between(-angle, angle) * 2;
      other = *parse_wkt(to_wkt(Point{std::remainder(other.points[0].longitude, 360), other.points[0].latitude}));
    }
    if (distance_m(centre, other, no_limits) > radius) continue;
    ++near;
    const CellSearch search = search_of(grown(*box_of(centre), radius));
    const auto cells = cells_of(*box_of(other));
    const bool found = std::any_of(cells.begin(), cells.end(), [&](const std::string& cell) {
      return std::any_of(search.beginnings.begin(), search.beginnings.end(),
                         [&](const std::string& beginning) { return cell.starts_with(beginning); }) ||
             std::find(search.exactly.begin(), search.exactly.end(), cell) != search.exactly.end();
    });
    INFO(to_wkt(centre.points[0]) << " " << to_wkt(other.points[0]) << " within " << radius);
    REQUIRE(found);
  }
  CHECK(near > 5000);
}

TEST_CASE("A budget ends long comparisons") {
  base::Budget cancelled;
  cancelled.cancel();
  CHECK_THROWS(intersects(read("POINT(1 1)"), read("POLYGON((0 0,1 0,1 1,0 0))"), cancelled));
}

}  // namespace scenograph::place
