#include "sparql/exec/operators/row_set.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace scenograph::sparql {

namespace {

std::uint32_t hash_of(std::span<const store::TermId> row) {
  std::uint64_t hash = 0x51ED270B;
  for (const store::TermId id : row) {
    hash = (hash ^ id.bits()) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 32U;
  }
  return static_cast<std::uint32_t>(hash);
}

}  // namespace

void RowSet::grow() {
  if (rows_ >= UINT32_MAX / 2) throw base::Error(base::Code::TooLarge, "a query has more than 2 billion distinct rows");
  slots_.assign(std::max<std::size_t>(64, slots_.size() * 2), 0);
  charge_.set(slots_.size() * (sizeof(std::uint32_t) * 2 + width_ * sizeof(store::TermId)));
  for (std::size_t i = 0; i < rows_; ++i) {
    std::size_t at = hashes_[i] & (slots_.size() - 1);
    while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = static_cast<std::uint32_t>(i + 1);
  }
}

std::pair<std::uint32_t, bool> RowSet::add(std::span<const store::TermId> added) {
  if (2 * (rows_ + 1) > slots_.size()) grow();
  const std::uint32_t hash = hash_of(added);
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
    const std::uint32_t number = slots_[at] - 1;
    if (hashes_[number] != hash) continue;
    const auto known = row(number);
    if (std::equal(known.begin(), known.end(), added.begin())) return {number, false};
  }
  data_.insert(data_.end(), added.begin(), added.end());
  hashes_.push_back(hash);
  slots_[at] = static_cast<std::uint32_t>(++rows_);
  return {static_cast<std::uint32_t>(rows_ - 1), true};
}

}  // namespace scenograph::sparql
