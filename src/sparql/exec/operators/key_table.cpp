#include "sparql/exec/operators/key_table.hpp"

#include <bit>
#include <utility>

#include "base/error.hpp"

namespace scenograph::sparql {

using store::TermId;

namespace {

constexpr std::size_t least_slots = 16;
constexpr unsigned key_bits = 64;

}  // namespace

KeyTable::KeyTable(Context& context, JoinColumns columns, bool keeps_rows)
    : context_(context),
      columns_(std::move(columns)),
      keeps_rows_(keeps_rows),
      data_(columns_.right_width),
      charge_(*context.budget) {
  clear();
}

void KeyTable::clear() {
  for (auto& column : data_) column.clear();
  rows_ = 0;
  slots_.assign(least_slots, {});
  shift_ = key_bits - static_cast<unsigned>(std::countr_zero(least_slots));
  charge_.set(0);
}

bool KeyTable::build(Operator& right, bool may_stop) {
  Batch batch;
  bool stops = false;
  while (!stops && right.next(batch)) {
    context_.budget->check();
    if (rows_ + batch.size >= UINT32_MAX)
      throw base::Error(base::Code::TooLarge, "a join has more than 4 billion rows");
    const std::size_t first = rows_;
    append(batch);
    put_in_groups(first);
    charge();
    stops = may_stop && context_.budget->should_spill(charge_.bytes());
  }
  put_in_order();
  charge();
  return !stops;
}

void KeyTable::append(const Batch& batch) {
  const auto keep = [&](std::size_t column) {
    const auto begin = batch.columns[column].begin();
    data_[column].insert(data_[column].end(), begin, begin + static_cast<std::ptrdiff_t>(batch.size));
  };
  for (const auto& [left, right] : columns_.shared) keep(right);
  if (keeps_rows_) {
    for (const std::size_t column : columns_.added) keep(column);
  }
  rows_ += batch.size;
}

template <typename Column>
void KeyTable::make_keys(std::size_t rows, Column column) {
  keys_.resize(rows);
  const TermId* const ids = column(0);
  for (std::size_t row = 0; row < rows; ++row) keys_[row] = ids[row].bits();
  if (columns_.shared.size() == 1) return;
  for (std::size_t i = 1; i < columns_.shared.size(); ++i) {
    const TermId* const more = column(i);
    for (std::size_t row = 0; row < rows; ++row) {
      const std::uint64_t mixed = (keys_[row] ^ more[row].bits()) * 0xD6E8FEB86659FD93ULL;
      keys_[row] = mixed ^ (mixed >> 32U);
    }
  }
  for (std::uint64_t& key : keys_) key |= 1U;  // 0 stands for a free slot
}

void KeyTable::put_in_groups(std::size_t first) {
  const std::size_t count = rows_ - first;
  make_keys(count, [&](std::size_t i) { return data_[columns_.shared[i].second].data() + first; });
  const auto same_terms = [&](std::size_t a, std::size_t b) {
    for (const auto& [left, right] : columns_.shared) {
      if (data_[right][a] != data_[right][b]) return false;
    }
    return true;
  };
  for (std::size_t i = 0; i < count; ++i) {
    if (2 * groups_.size() >= slots_.size()) grow();
    const std::size_t row = first + i;
    std::size_t at = first_slot(keys_[i]);
    while (slots_[at].key != 0 &&
           (slots_[at].key != keys_[i] || !same_terms(groups_[slots_[at].rows.first].first, row))) {
      at = (at + 1) & (slots_.size() - 1);
    }
    Slot& slot = slots_[at];
    if (slot.key == 0) {
      slot = {keys_[i], {static_cast<std::uint32_t>(groups_.size()), 0}};
      groups_.push_back({static_cast<std::uint32_t>(row), 0});
    }
    ++groups_[slot.rows.first].count;
    group_of_row_.push_back(slot.rows.first);
  }
}

void KeyTable::grow() {
  std::vector<Slot> old(2 * slots_.size());
  old.swap(slots_);
  --shift_;
  for (const Slot& slot : old) {
    if (slot.key == 0) continue;
    std::size_t at = first_slot(slot.key);
    while (slots_[at].key != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

/// Moves rows of one group together, and tells the slots where they are.
void KeyTable::put_in_order() {
  std::uint32_t start = 0;
  for (Rows& group : groups_) group.first = std::exchange(start, start + group.count);
  for (Slot& slot : slots_) {
    if (slot.key != 0) slot.rows = groups_[slot.rows.first];
  }
  if (groups_.size() < rows_) {
    for (std::uint32_t& row : group_of_row_) row = groups_[row].first++;
    std::vector<TermId> ordered(rows_);
    for (auto& column : data_) {
      if (column.empty()) continue;
      for (std::size_t row = 0; row < rows_; ++row) ordered[group_of_row_[row]] = column[row];
      column.swap(ordered);
    }
  }
  std::exchange(groups_, {}).clear();
  std::exchange(group_of_row_, {}).clear();
}

void KeyTable::charge() {
  std::size_t bytes = slots_.capacity() * sizeof(Slot) + groups_.capacity() * sizeof(Rows) +
                      group_of_row_.capacity() * sizeof(std::uint32_t);
  for (const auto& column : data_) bytes += column.capacity() * sizeof(TermId);
  charge_.set(bytes);
}

void KeyTable::find(const Batch& left, std::vector<Rows>& found) {
  make_keys(left.size, [&](std::size_t i) { return left.columns[columns_.shared[i].first].data(); });
  const auto same_terms = [&](std::size_t row, std::size_t other) {
    if (columns_.shared.size() == 1) return true;
    for (const auto& [l, r] : columns_.shared) {
      if (left.columns[l][row] != data_[r][other]) return false;
    }
    return true;
  };
  found.assign(left.size, {});
  for (std::size_t row = 0; row < left.size; ++row) __builtin_prefetch(&slots_[first_slot(keys_[row])]);
  for (std::size_t row = 0; row < left.size; ++row) {
    for (std::size_t at = first_slot(keys_[row]); slots_[at].key != 0; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].key != keys_[row] || !same_terms(row, slots_[at].rows.first)) continue;
      found[row] = slots_[at].rows;
      break;
    }
  }
}

}  // namespace scenograph::sparql
