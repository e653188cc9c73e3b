#pragma once

#include <cstddef>
#include <string_view>

namespace scenograph::base {

/// The place of the first byte that `is_wanted`, or the text's size. Looks at sixteen bytes at once, so that long
/// stretches without one cost little.
///
/// @param is_wanted  of a char, without branches.
template <typename IsWanted>
[[nodiscard]] std::size_t find_byte(std::string_view text, std::size_t from, IsWanted is_wanted) {
  constexpr std::size_t at_once = 16;
  std::size_t at = from;
  for (; at + at_once <= text.size(); at += at_once) {
    unsigned char any = 0;
    for (std::size_t i = 0; i < at_once; ++i) any |= static_cast<unsigned char>(is_wanted(text[at + i]));
    if (any != 0) break;
  }
  while (at < text.size() && !is_wanted(text[at])) ++at;
  return at;
}

}  // namespace scenograph::base
