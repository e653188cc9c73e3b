#pragma once

#include <cstdint>
#include <span>

namespace scenograph::benchmarks {

/// Spreads the bits of a number; one-to-one.
///
/// Source: the finaliser of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
[[nodiscard]] constexpr std::uint64_t spread(std::uint64_t x) {
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31U);
}

/// Numbers that look random and are the same on every machine: SplitMix64, integers only. Whatever is said of an entity
/// comes from a Random seeded by its kind and number, so nothing need be remembered to say it again.
class Random {
 public:
  explicit constexpr Random(std::uint64_t seed) : state_(seed) {}

  constexpr std::uint32_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    return static_cast<std::uint32_t>(spread(state_) >> 32U);
  }

  /// Evenly 0 to count - 1. REQUIRES: count > 0.
  constexpr std::uint32_t below(std::uint32_t count) {
    return static_cast<std::uint32_t>((std::uint64_t{next()} * count) >> 32U);
  }

  /// Evenly first to last, both included.
  constexpr std::uint32_t between(std::uint32_t first, std::uint32_t last) { return first + below(last - first + 1); }

  [[nodiscard]] constexpr bool chance(std::uint32_t percent) { return below(100) < percent; }

  /// 0 to count - 1, the low ones far more often: the first tenth is drawn almost half of the time.
  constexpr std::uint32_t skewed(std::uint32_t count) {
    const std::uint64_t u = next();
    const std::uint64_t cube = (((u * u) >> 32U) * u) >> 32U;
    return static_cast<std::uint32_t>((cube * count) >> 32U);
  }

  /// 1 to most + 1, n with a probability near 1/n²: many small, few big.
  constexpr std::uint32_t pareto(std::uint32_t most) {
    const std::uint64_t whole = std::uint64_t{1} << 32U;
    return static_cast<std::uint32_t>(whole / (next() + whole / most + 1)) + 1;
  }

  template <typename T>
  constexpr const T& one_of(std::span<const T> items) {
    return items[below(static_cast<std::uint32_t>(items.size()))];
  }

  /// The same, the first items far more often.
  template <typename T>
  constexpr const T& skewed_of(std::span<const T> items) {
    return items[skewed(static_cast<std::uint32_t>(items.size()))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace scenograph::benchmarks
