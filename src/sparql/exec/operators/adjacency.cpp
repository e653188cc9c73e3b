#include "sparql/exec/operators/adjacency.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace scenograph::sparql {

using store::TermId;

void Domain::restrict_to(Operator& terms) {
  std::vector<TermId> kept;
  Batch batch;
  std::size_t at = 0;
  while (!(is_restricted_ && at == terms_.size()) && terms.next(batch)) {
    for (const TermId term : std::span(batch.columns[0].data(), batch.size)) {
      if (!kept.empty() && kept.back() == term) continue;
      if (is_restricted_) {
        while (at < terms_.size() && terms_[at] < term) ++at;
        if (at == terms_.size()) break;
        if (terms_[at] != term) continue;
      }
      kept.push_back(term);
    }
    charge_.set((terms_.capacity() + kept.capacity()) * sizeof(TermId));
  }
  if (kept.size() >= none) throw base::Error(base::Code::TooLarge, "a variable of a cycle has over 2^32 - 2 terms");
  terms_ = std::move(kept);
  is_restricted_ = true;
}

void Domain::finish() {
  find_stretches();
  const std::size_t count =
      stretches_.empty() ? 0 : (stretches_.back().offset + stretches_.back().last - stretches_.back().first) / bits + 1;
  charge_.set(terms_.capacity() * sizeof(TermId) + stretches_.capacity() * sizeof(Stretch) + count * sizeof(Word));
  words_.resize(count);
  std::size_t stretch = 0;
  for (const TermId term : terms_) {
    while (term.bits() > stretches_[stretch].last) ++stretch;
    const std::uint64_t at = term.bits() - stretches_[stretch].first + stretches_[stretch].offset;
    words_[at / bits].members |= std::uint64_t{1} << (at % bits);
  }
  std::uint32_t before = 0;
  for (Word& word : words_) {
    word.before = before;
    before += static_cast<std::uint32_t>(std::popcount(word.members));
  }
}

void Domain::find_stretches() {
  constexpr std::uint64_t largest_gap = 512;  // 128 bytes of words without members
  std::uint64_t offset = 0;
  for (const TermId term : terms_) {
    const std::uint64_t id = term.bits();
    if (stretches_.empty() || id - stretches_.back().last > largest_gap) {
      if (!stretches_.empty()) offset += (stretches_.back().last - stretches_.back().first) / bits * bits + bits;
      stretches_.push_back({id, id, offset});
    }
    stretches_.back().last = id;
  }
}

std::vector<Domain::Stretch>::const_iterator Domain::first_after(std::uint64_t id) const {
  return std::upper_bound(stretches_.begin(), stretches_.end(), id,
                          [](std::uint64_t value, const Stretch& stretch) { return value < stretch.first; });
}

Adjacency::Adjacency(Context& context, Operator& pairs, const Domain& from, const Domain& to)
    : charge_(*context.budget) {
  starts_.reserve(std::size_t{from.size()} + 1);
  Batch batch;
  TermId key;
  std::uint32_t number = Domain::none;
  while (pairs.next(batch)) {
    for (std::size_t row = 0; row < batch.size; ++row) {
      if (batch.columns[0][row] != key) {
        key = batch.columns[0][row];
        number = from.number(key);
        if (number != Domain::none) starts_.resize(std::size_t{number} + 1, members_.size());
      }
      if (number == Domain::none) continue;
      const std::uint32_t member = to.number(batch.columns[1][row]);
      if (member != Domain::none) members_.push_back(member);
    }
    charge_.set(members_.capacity() * sizeof(std::uint32_t) + starts_.capacity() * sizeof(std::uint64_t));
  }
  starts_.resize(std::size_t{from.size()} + 1, members_.size());
}

}  // namespace scenograph::sparql
