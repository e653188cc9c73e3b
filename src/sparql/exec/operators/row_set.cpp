#include "sparql/exec/operators/row_set.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace scenograph::sparql {

using store::TermId;

namespace {

constexpr std::size_t least_slots = 64;

std::uint32_t hash_of(std::span<const store::TermId> row) {
  std::uint64_t hash = 0x51ED270B;
  for (const store::TermId id : row) {
    hash = (hash ^ id.bits()) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 32U;
  }
  return static_cast<std::uint32_t>(hash);
}

}  // namespace

std::size_t RowSet::bytes_of(std::size_t slots) const {
  return slots * (sizeof(std::uint32_t) * 2 + width_ * sizeof(TermId));
}

std::size_t RowSet::bytes_with(std::size_t more) const {
  std::size_t slots = std::max(least_slots, slots_.size());
  while (2 * (rows_ + more) > slots) slots *= 2;
  return bytes_of(slots);
}

void RowSet::clear() {
  std::vector<TermId>().swap(data_);
  std::vector<std::uint32_t>().swap(slots_);
  std::vector<std::uint32_t>().swap(hashes_);
  rows_ = 0;
  charge_.set(0);
}

void RowSet::grow() {
  if (rows_ >= UINT32_MAX / 2) throw base::Error(base::Code::TooLarge, "a query has more than 2 billion distinct rows");
  slots_.assign(std::max(least_slots, slots_.size() * 2), 0);
  charge_.set(bytes_of(slots_.size()));
  for (std::size_t i = 0; i < rows_; ++i) {
    std::size_t at = hashes_[i] & (slots_.size() - 1);
    while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = static_cast<std::uint32_t>(i + 1);
  }
}

std::size_t RowSet::slot_of(std::span<const TermId> wanted, std::uint32_t hash) const {
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
    const std::uint32_t number = slots_[at] - 1;
    if (hashes_[number] != hash) continue;
    const auto known = row(number);
    if (std::equal(known.begin(), known.end(), wanted.begin())) break;
  }
  return at;
}

std::optional<std::uint32_t> RowSet::find(std::span<const TermId> wanted) const {
  if (rows_ == 0) return std::nullopt;
  const std::uint32_t slot = slots_[slot_of(wanted, hash_of(wanted))];
  return slot == 0 ? std::nullopt : std::optional(slot - 1);
}

std::pair<std::uint32_t, bool> RowSet::add(std::span<const TermId> added) {
  if (2 * (rows_ + 1) > slots_.size()) grow();
  const std::uint32_t hash = hash_of(added);
  const std::size_t at = slot_of(added, hash);
  if (slots_[at] != 0) return {slots_[at] - 1, false};
  data_.insert(data_.end(), added.begin(), added.end());
  hashes_.push_back(hash);
  slots_[at] = static_cast<std::uint32_t>(++rows_);
  return {static_cast<std::uint32_t>(rows_ - 1), true};
}

}  // namespace scenograph::sparql
