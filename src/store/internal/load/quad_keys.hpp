#pragma once

#include <array>
#include <cstdint>

#include "base/stable_sorter.hpp"
#include "store/internal/keys.hpp"
#include "store/internal/load/pages.hpp"

// Quads of a load as single numbers: the indexes of their ids in their columns side by side, as narrow as the load
// allows. They sort as quads do, and 64 bits are enough for most loads.

namespace scenograph::store::internal {

__extension__ using WideKey = unsigned __int128;

/// Where the members of a quad lie in a key that sorts in some order.
struct KeyLayout {
  std::array<unsigned, 4> shifts{};  ///< by position: S, P, O, G
  std::array<unsigned, 4> bits{};

  static KeyLayout make(Order order, const std::array<unsigned, 4>& bits) {
    KeyLayout layout{{}, bits};
    unsigned shift = 0;
    for (std::size_t place = 4; place > 0; --place) {
      const auto position = static_cast<std::size_t>(places_of(order)[place - 1]);
      layout.shifts[position] = shift;
      shift += bits[position];
    }
    return layout;
  }

  [[nodiscard]] unsigned total_bits() const { return bits[0] + bits[1] + bits[2] + bits[3]; }

  template <typename Key>
  [[nodiscard]] Key pack(const std::array<std::uint32_t, 4>& indexes) const {
    Key key = 0;
    for (std::size_t i = 0; i < 4; ++i) key |= static_cast<Key>(indexes[i]) << shifts[i];
    return key;
  }

  template <typename Key>
  [[nodiscard]] std::uint32_t index(Key key, std::size_t position) const {
    return static_cast<std::uint32_t>((key >> shifts[position]) & ((Key{1} << bits[position]) - 1));
  }

  template <typename Key>
  [[nodiscard]] std::array<std::uint32_t, 4> unpack(Key key) const {
    return {index(key, 0), index(key, 1), index(key, 2), index(key, 3)};
  }
};

template <typename Key>
using StableSorter = base::StableSorter<Key, PageArray<Key>>;

}  // namespace scenograph::store::internal
