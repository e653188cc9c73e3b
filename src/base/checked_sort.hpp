#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>

namespace scenograph::base {

/// As std::sort, but calls `check` every 16,384 comparisons (a millisecond or so), which may throw to end the sorting:
/// the elements are then in no order, and some may be lost.
template <typename Iterator, typename Check, typename Less = std::less<>>
void checked_sort(Iterator begin, Iterator end, const Check& check, const Less& less = {}) {
  constexpr std::size_t step = std::size_t{1} << 14U;
  std::size_t left = step;
  std::sort(begin, end, [&](const auto& a, const auto& b) {
    if (--left == 0) {
      left = step;
      check();
    }
    return less(a, b);
  });
}

}  // namespace scenograph::base
