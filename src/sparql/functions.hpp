#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace scenograph::sparql {

// Functions beyond SPARQL 1.1, by their IRIs. docs/sparql-functions.md tells what they do.

namespace functions {

inline constexpr std::string_view matches = "https://w3id.org/scenograph/fn#matches";
inline constexpr std::string_view score = "https://w3id.org/scenograph/fn#score";
inline constexpr std::string_view point = "https://w3id.org/scenograph/fn#point";
inline constexpr std::string_view box = "https://w3id.org/scenograph/fn#box";

inline constexpr std::string_view distance = "http://www.opengis.net/def/function/geosparql/distance";
inline constexpr std::string_view within = "http://www.opengis.net/def/function/geosparql/sfWithin";
inline constexpr std::string_view contains = "http://www.opengis.net/def/function/geosparql/sfContains";
inline constexpr std::string_view intersects = "http://www.opengis.net/def/function/geosparql/sfIntersects";
inline constexpr std::string_view disjoint = "http://www.opengis.net/def/function/geosparql/sfDisjoint";
inline constexpr std::string_view envelope = "http://www.opengis.net/def/function/geosparql/envelope";
inline constexpr std::string_view min_x = "http://www.opengis.net/def/function/geosparql/minX";
inline constexpr std::string_view max_x = "http://www.opengis.net/def/function/geosparql/maxX";
inline constexpr std::string_view min_y = "http://www.opengis.net/def/function/geosparql/minY";
inline constexpr std::string_view max_y = "http://www.opengis.net/def/function/geosparql/maxY";

inline constexpr std::string_view wkt_literal = "http://www.opengis.net/ont/geosparql#wktLiteral";

}  // namespace functions

/// All of them, sorted: what a service description lists as sd:extensionFunction.
[[nodiscard]] std::span<const std::string_view> extension_functions();

/// How many arguments a function takes.
struct ArgumentCount {
  std::size_t least = 0;
  std::size_t most = 0;
};

/// Of a function that the engine knows by that IRI, one of these or a cast; nullopt if there is none.
[[nodiscard]] std::optional<ArgumentCount> argument_count(std::string_view iri);

}  // namespace scenograph::sparql
