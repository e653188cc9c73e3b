#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "place/box.hpp"
#include "store/term_index.hpp"

// The index of places. A geo:wktLiteral has the key "@" and a cell for each of its cells; a number that may be a
// latitude, and is not inlined in its id, the key "n" and 16 digits that sort as numbers do.

namespace scenograph::sparql {

inline constexpr std::string_view places_index = "places";

[[nodiscard]] std::shared_ptr<const store::TermAnalyser> make_places_analyser();

/// Ids of literals, ascending, among which are all that share a place with the box. nullopt if a file is damaged.
[[nodiscard]] std::optional<std::vector<store::TermId>> find_places(const store::TermIndex& index,
                                                                    const place::Box& box);

/// Ids of numbers, ascending, among which are all from `low` to `high` that are not inlined. nullopt as above.
/// REQUIRES: both within -90 to 90.
[[nodiscard]] std::optional<std::vector<store::TermId>> find_numbers(const store::TermIndex& index, double low,
                                                                     double high);

}  // namespace scenograph::sparql
