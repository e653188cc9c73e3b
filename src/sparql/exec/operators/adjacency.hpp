#pragma once

#include <bit>
#include <cstdint>
#include <iterator>
#include <limits>
#include <span>
#include <vector>

#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"

namespace scenograph::sparql {

/// The terms one variable of a multiway join can take, numbered in ascending order.
class Domain {
 public:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  explicit Domain(Context& context) : charge_(*context.budget) {}

  /// Keeps the terms that the operator gives too; the first time, all of them.
  ///
  /// @param terms  rows of one column, ascending; the same term may come several times in a row.
  /// @throws Error(Code::TooLarge) past 2^32 - 1 terms; what the budget throws.
  void restrict_to(Operator& terms);

  /// Makes `number` work. To be called once, after the last `restrict_to`.
  void finish();

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(terms_.size()); }
  [[nodiscard]] store::TermId term(std::uint32_t number) const { return terms_[number]; }

  /// The term's number, or `none`. Cost: a read of a bit where ids lie dense, else a search among stretches of them.
  [[nodiscard]] std::uint32_t number(store::TermId term) const {
    const Stretch* stretch = stretch_of(term);
    if (stretch == nullptr) return none;
    const std::uint64_t at = term.bits() - stretch->first + stretch->offset;
    const Word& word = words_[at / bits];
    const std::uint64_t bit = std::uint64_t{1} << (at % bits);
    if ((word.members & bit) == 0) return none;
    return word.before + static_cast<std::uint32_t>(std::popcount(word.members & (bit - 1)));
  }

 private:
  static constexpr std::uint64_t bits = 64;

  /// Ids without large gaps, as bits from `offset` on.
  struct Stretch {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::uint64_t offset = 0;
  };
  /// Which of 64 ids are terms, and how many terms there are before.
  struct Word {
    std::uint64_t members = 0;
    std::uint32_t before = 0;
  };

  void find_stretches();

  [[nodiscard]] const Stretch* stretch_of(store::TermId term) const {
    const std::uint64_t id = term.bits();
    const auto after = stretches_.size() == 1 ? stretches_.end() : first_after(id);
    if (after == stretches_.begin()) return nullptr;
    const Stretch& stretch = *std::prev(after);
    return stretch.first <= id && id <= stretch.last ? &stretch : nullptr;
  }

  [[nodiscard]] std::vector<Stretch>::const_iterator first_after(std::uint64_t id) const;

  std::vector<store::TermId> terms_;
  bool is_restricted_ = false;
  std::vector<Stretch> stretches_;
  std::vector<Word> words_;
  base::Charge charge_;
};

/// The pairs of two domains that a relation has, as a list of numbers, ascending, for each number of the first.
class Adjacency {
 public:
  /// @param pairs  rows of two columns, sorted by both.
  Adjacency(Context& context, Operator& pairs, const Domain& from, const Domain& to);

  [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t from) const {
    return {members_.data() + starts_[from], members_.data() + starts_[from + 1]};
  }

 private:
  std::vector<std::uint64_t> starts_;  ///< in `members_`, of each list, and the end
  std::vector<std::uint32_t> members_;
  base::Charge charge_;
};

}  // namespace scenograph::sparql
