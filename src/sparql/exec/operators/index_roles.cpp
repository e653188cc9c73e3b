#include "sparql/exec/operators/index_roles.hpp"

#include <algorithm>

namespace scenograph::sparql {

IndexRoles::IndexRoles(const ScanPattern& pattern, std::size_t left_width) {
  std::array<bool, 4> shared{};
  for (std::size_t i = 0; i < 4; ++i) {
    shared[i] = pattern.columns[i] >= 0 && static_cast<std::size_t>(pattern.columns[i]) < left_width;
  }
  order = order_for(pattern.bound, {shared[0], shared[1], shared[2]});
  take_keys(pattern, shared);
  for (std::size_t i = 0; i < 4; ++i) {
    if (pattern.columns[i] < 0 || static_cast<int>(i) == keys[0] || static_cast<int>(i) == keys[1]) continue;
    const auto column = static_cast<std::size_t>(pattern.columns[i]);
    const auto twin = std::find_if(added.begin(), added.end(), [&](const auto& pair) { return pair.second == column; });
    wanted[i] = true;
    if (shared[i]) {
      equal.emplace_back(i, column);
    } else if (twin != added.end()) {
      alike.emplace_back(twin->first, i);
    } else {
      added.emplace_back(i, column);
    }
  }
}

/// The shared positions that the order has right after the constants.
void IndexRoles::take_keys(const ScanPattern& pattern, std::array<bool, 4> shared) {
  std::size_t count = 0;
  for (const store::Position position : store::places_of(order)) {
    const auto i = static_cast<std::size_t>(position);
    if (!member(pattern.bound, i).is_undefined()) continue;
    if (!shared[i] || count == keys.size()) return;
    keys[count] = static_cast<int>(i);
    key_columns_[count++] = pattern.columns[i];
  }
}

IndexKey IndexRoles::key_of(const Batch& left, std::uint32_t row) const {
  IndexKey key{};
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (key_columns_[i] >= 0) key[i] = left.columns[static_cast<std::size_t>(key_columns_[i])][row];
  }
  return key;
}

void IndexRoles::line_up(const Batch& left, std::vector<KeyedRow>& rows) const {
  rows.resize(left.size);
  for (std::uint32_t row = 0; row < left.size; ++row) rows[row] = {key_of(left, row), row};
  const auto before = [](const KeyedRow& a, const KeyedRow& b) {
    return a.key != b.key ? a.key < b.key : a.row < b.row;
  };
  if (!std::is_sorted(rows.begin(), rows.end(), before)) std::sort(rows.begin(), rows.end(), before);
}

bool IndexRoles::agrees(const IndexCursor& cursor, const Batch& left, std::uint32_t row) const {
  return is_alike(cursor) && std::all_of(equal.begin(), equal.end(), [&](const auto& pair) {
           return cursor.member(pair.first) == left.columns[pair.second][row];
         });
}

bool IndexRoles::is_alike(const IndexCursor& cursor) const {
  return std::all_of(alike.begin(), alike.end(),
                     [&](const auto& pair) { return cursor.member(pair.first) == cursor.member(pair.second); });
}

}  // namespace scenograph::sparql
