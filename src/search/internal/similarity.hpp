#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace scenograph::search {

/// Three code points in one number.
using Gram = std::uint64_t;

/// The distinct trigrams of folded text with two spaces before and one after it, ascending. Words at the start weigh
/// more that way, and text of one letter still has grams.
[[nodiscard]] std::vector<Gram> grams_of(std::string_view folded);

/// Least number of insertions, deletions, replacements and swaps of neighbours between two texts (optimal string
/// alignment), in code points. Cost: the product of their lengths.
[[nodiscard]] std::size_t edit_distance(std::u32string_view a, std::u32string_view b);

/// REQUIRES: well-formed UTF-8.
[[nodiscard]] std::u32string to_code_points(std::string_view text);

/// How alike two folded names are, 0 to 100; 100 exactly if they are equal. The same words in another order get 98.
///
/// @param dice    likeness of their trigrams, 0 to 1
/// @param weight  of a word: the rarer, the higher
[[nodiscard]] double likeness(std::string_view a, std::string_view b, double dice,
                              const std::function<double(std::string_view)>& weight);

}  // namespace scenograph::search
