#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/internal/vocabulary/vocabulary.hpp"

namespace scenograph::store::internal {

/// Merges sorted terms: yields each distinct one once, ascending, and tells which inputs hold it. One thread.
///
/// A loser tree that knows what each term shares with the last one given out, so that long common beginnings are
/// compared once only. Cost: log2(inputs) comparisons of numbers a term, and one of bytes or two.
///
/// Source: T. Bingmann, A. Eberle, P. Sanders: Engineering Parallel String Sorting. Algorithmica 77 (2017), LCP loser
/// tree.
class TermMerge {
 public:
  /// REQUIRES: the terms of each input ascend strictly.
  explicit TermMerge(std::vector<std::unique_ptr<Vocabulary::Cursor>> inputs);

  /// The next term, valid until the next call. @return false at the end.
  [[nodiscard]] bool next(std::string_view& term);

  /// The inputs that hold the last term, ascending; as long as the term valid.
  [[nodiscard]] std::span<const std::uint32_t> holders() const { return holders_; }

 private:
  struct Input {
    std::unique_ptr<Vocabulary::Cursor> cursor;  ///< null if it fills the tree up
    std::string_view term;
    std::int64_t shared = ended;  ///< with the last winner that it was compared with
  };
  static constexpr std::int64_t ended = -1;

  void advance(Input& input);
  [[nodiscard]] std::uint32_t build(std::size_t node);
  [[nodiscard]] std::uint32_t play(std::uint32_t a, std::uint32_t b, std::uint32_t& loser);

  std::vector<Input> inputs_;          ///< as many as a power of two
  std::vector<std::uint32_t> losers_;  ///< of each inner node; the root is 1, the children of n are 2n and 2n + 1
  std::vector<std::uint32_t> holders_;
  std::string last_;
  std::uint32_t winner_ = 0;
};

}  // namespace scenograph::store::internal
