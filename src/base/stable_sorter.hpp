#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace scenograph::base {

/// Sorts keys by some of their bits and leaves keys equal in those in the order they were: from one sorted order the
/// others follow by few such passes.
///
/// Source: Knuth, The Art of Computer Programming, volume 3, section 5.2.5 (radix sorting, least significant first).
template <typename Key, typename Array = std::vector<Key>>
class StableSorter {
 public:
  /// @param source  also the result of the call before, which is overwritten then.
  /// @param check   called before each pass; may throw.
  /// @return        the sorted keys, valid until the next call; `source` itself if there is nothing to sort by.
  template <typename Check>
  [[nodiscard]] std::span<const Key> sort(std::span<const Key> source, unsigned shift, unsigned bits,
                                          const Check& check) {
    const unsigned passes = (bits + digit_bits - 1) / digit_bits;
    if (passes == 0 || source.empty()) return source;
    const unsigned width = (bits + passes - 1) / passes;
    for (unsigned pass = 0; pass < passes; ++pass) {
      check();
      const unsigned from = pass * width;
      source = scatter(source, shift + from, std::min(width, bits - from));
    }
    return source;
  }

 private:
  static constexpr unsigned digit_bits = 11;

  std::span<const Key> scatter(std::span<const Key> source, unsigned shift, unsigned bits) {
    const std::size_t mask = (std::size_t{1} << bits) - 1;
    std::array<std::size_t, std::size_t{1} << digit_bits> ends{};
    for (const Key key : source) ++ends[static_cast<std::size_t>(key >> shift) & mask];
    std::size_t begin = 0;
    for (std::size_t& end : ends) begin += std::exchange(end, begin);
    Array& target = source.data() == buffers_[0].data() ? buffers_[1] : buffers_[0];
    target.resize(source.size());
    Key* out = target.data();
    for (const Key key : source) out[ends[static_cast<std::size_t>(key >> shift) & mask]++] = key;
    return {target.data(), target.size()};
  }

  std::array<Array, 2> buffers_;
};

}  // namespace scenograph::base
