#include "store/internal/vocabulary/merge.hpp"

#include <bit>
#include <utility>

#include "store/internal/vocabulary/layout.hpp"

namespace scenograph::store::internal {

TermMerge::TermMerge(std::vector<std::unique_ptr<Vocabulary::Cursor>> inputs) {
  inputs_.resize(std::bit_ceil(inputs.size() + (inputs.empty() ? 1U : 0U)));
  losers_.resize(inputs_.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    inputs_[i].cursor = std::move(inputs[i]);
    advance(inputs_[i]);
  }
  winner_ = build(1);
}

bool TermMerge::next(std::string_view& term) {
  if (inputs_[winner_].shared == ended) return false;
  const Input* best = &inputs_[winner_];
  last_.assign(best->term);
  holders_.clear();
  do {
    holders_.push_back(winner_);
    advance(inputs_[winner_]);
    for (std::size_t node = (inputs_.size() + winner_) / 2; node > 0; node /= 2) {
      winner_ = play(winner_, losers_[node], losers_[node]);
    }
    best = &inputs_[winner_];
  } while (best->shared == static_cast<std::int64_t>(last_.size()) && best->term.size() == last_.size());
  term = last_;
  return true;
}

void TermMerge::advance(Input& input) {
  if (input.cursor->next(input.term)) {
    input.shared = static_cast<std::int64_t>(vocabulary::shared_bytes(last_, input.term));
  } else {
    input.shared = ended;
  }
}

std::uint32_t TermMerge::build(std::size_t node) {
  if (node >= inputs_.size()) return static_cast<std::uint32_t>(node - inputs_.size());
  const std::uint32_t left = build(2 * node);
  const std::uint32_t right = build(2 * node + 1);
  return play(left, right, losers_[node]);
}

/// What shares more with the last winner is less, as both are greater than it.
std::uint32_t TermMerge::play(std::uint32_t a, std::uint32_t b, std::uint32_t& loser) {
  Input& one = inputs_[a];
  Input& other = inputs_[b];
  bool first = one.shared > other.shared;
  if (one.shared == other.shared && one.shared != ended) {
    const auto skip = static_cast<std::size_t>(one.shared);
    const std::size_t shared = skip + vocabulary::shared_bytes(one.term.substr(skip), other.term.substr(skip));
    if (shared == one.term.size() || shared == other.term.size()) {
      first = one.term.size() != other.term.size() ? one.term.size() < other.term.size() : a < b;
    } else {
      first = static_cast<unsigned char>(one.term[shared]) < static_cast<unsigned char>(other.term[shared]);
    }
    (first ? other : one).shared = static_cast<std::int64_t>(shared);
  }
  loser = first ? b : a;
  return first ? a : b;
}

}  // namespace scenograph::store::internal
