#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace scenograph::benchmarks {

enum class Language : std::uint8_t { French, English, German, Italian, Dutch };
inline constexpr std::uint32_t language_count = 5;

using List = std::span<const std::string_view>;

struct Town {
  std::string_view name;
  std::uint32_t postcode;  ///< a typical one, without zeros in front
  std::int32_t latitude;   ///< degrees × 10⁴
  std::int32_t longitude;
};

/// What one language says. Texts are ready for a literal of N-Triples: quotes and line ends are escaped.
///
/// In patterns, %N is a noun with its article in upper case, %n in lower case, %c what may follow a noun, %G a given
/// name, %F a family name, %T a town, %P a person in full.
struct Words {
  std::string_view tag;
  std::string_view country;       ///< ISO 3166
  std::string_view domain;        ///< top-level
  std::uint32_t postcode_digits;  ///< 0: as in Britain
  bool greenwich;                 ///< on western European time instead of central
  List given;
  List family;
  List nouns;
  List complements;
  List titles;       ///< patterns
  List sentences;    ///< patterns, for descriptions
  List short_notes;  ///< patterns of a few words
  List companies;    ///< patterns
  List venues;       ///< patterns
  List operators;    ///< patterns
  List rooms;
  List streets;    ///< patterns
  List festivals;  ///< patterns
  List seasons;    ///< what goes before the years
  List fares;
  List keywords;
  List town_starts;  ///< of small towns, made of two parts
  List town_ends;
  std::span<const Town> towns;  ///< the big ones first
};

[[nodiscard]] const Words& words_of(Language language);

[[nodiscard]] const Words& french();
[[nodiscard]] const Words& english();
[[nodiscard]] const Words& german();
[[nodiscard]] const Words& italian();
[[nodiscard]] const Words& dutch();

}  // namespace scenograph::benchmarks
