#include "sparql/exec/operators/join_table.hpp"

#include <bit>

#include "base/error.hpp"

namespace scenograph::sparql {

using store::TermId;

namespace {

constexpr std::uint32_t none = UINT32_MAX;

std::uint64_t mix(std::uint64_t hash, TermId id) {
  hash = (hash ^ id.bits()) * 0x9E3779B97F4A7C15ULL;
  return hash ^ (hash >> 29U);
}

}  // namespace

JoinTable::JoinTable(Context& context, JoinColumns columns)
    : context_(context), columns_(std::move(columns)), data_(columns_.right_width), charge_(*context.budget) {}

bool JoinTable::build(Operator& right, bool may_stop) {
  Batch batch;
  bool stops = false;
  std::unordered_map<std::uint64_t, std::size_t> group_of;
  const std::size_t row_bytes = columns_.right_width * sizeof(TermId) + 4 * sizeof(std::uint32_t);
  while (!stops && right.next(batch)) {
    context_.budget->check();
    charge_.add(batch.size * row_bytes);
    if (rows_ + batch.size >= none) throw base::Error(base::Code::TooLarge, "a join has more than 4 billion rows");
    for (std::size_t i = 0; i < data_.size(); ++i) {
      const auto begin = batch.columns[i].begin();
      data_[i].insert(data_[i].end(), begin, begin + static_cast<std::ptrdiff_t>(batch.size));
    }
    for (std::size_t row = rows_; row < rows_ + batch.size; ++row) {
      std::uint64_t mask = 0;
      for (std::size_t i = 0; i < columns_.shared.size() && i < 64; ++i) {
        if (!data_[columns_.shared[i].second][row].is_undefined()) mask |= std::uint64_t{1} << i;
      }
      if (groups_.empty() || groups_.back().mask != mask) {
        const auto [at, added] = group_of.try_emplace(mask, groups_.size());
        if (added) groups_.emplace_back().mask = mask;
        groups_[at->second].rows.push_back(static_cast<std::uint32_t>(row));
      } else {
        groups_.back().rows.push_back(static_cast<std::uint32_t>(row));
      }
    }
    rows_ += batch.size;
    stops = may_stop && context_.budget->should_spill(charge_.bytes());
  }
  return !stops;
}

void JoinTable::clear() {
  for (auto& column : data_) column.clear();
  rows_ = 0;
  groups_.clear();
  charge_.set(0);
}

std::uint64_t JoinTable::hash_right(std::uint32_t row, std::uint64_t subset) const {
  std::uint64_t hash = 0;
  for (; subset != 0; subset &= subset - 1) {
    hash = mix(hash, data_[columns_.shared[static_cast<std::size_t>(std::countr_zero(subset))].second][row]);
  }
  return hash;
}

std::size_t JoinTable::index_of(Group& group, std::uint64_t subset) {
  const auto [at, added] = group.by_subset.try_emplace(subset, group.indexes.size());
  if (!added) return at->second;
  const std::size_t buckets = std::bit_ceil(group.rows.size() + 1);
  charge_.add((buckets + group.rows.size()) * sizeof(std::uint32_t));
  Index& index = group.indexes.emplace_back();
  index.subset = subset;
  index.heads.assign(buckets, none);
  auto& next = group.next.emplace_back(group.rows.size(), none);
  for (std::size_t i = group.rows.size(); i-- > 0;) {
    std::uint32_t& head = index.heads[hash_right(group.rows[i], subset) & (buckets - 1)];
    next[i] = head;
    head = static_cast<std::uint32_t>(i);
  }
  return at->second;
}

bool JoinTable::equal(const Batch& left, std::size_t row, std::uint32_t match, std::uint64_t subset) const {
  for (; subset != 0; subset &= subset - 1) {
    const auto& [l, r] = columns_.shared[static_cast<std::size_t>(std::countr_zero(subset))];
    if (left.columns[l][row] != data_[r][match]) return false;
  }
  for (std::size_t i = 64; i < columns_.shared.size(); ++i) {
    const TermId a = left.columns[columns_.shared[i].first][row];
    const TermId b = data_[columns_.shared[i].second][match];
    if (a != b && !a.is_undefined() && !b.is_undefined()) return false;
  }
  return true;
}

template <typename Visit>
void JoinTable::visit(const Batch& left, std::size_t row, bool needs_overlap, Visit visit) {
  std::uint64_t mask = 0;
  for (std::size_t i = 0; i < columns_.shared.size() && i < 64; ++i) {
    if (!left.columns[columns_.shared[i].first][row].is_undefined()) mask |= std::uint64_t{1} << i;
  }
  for (Group& group : groups_) {
    const std::uint64_t subset = mask & group.mask;
    if (needs_overlap && subset == 0) continue;
    const std::size_t number = index_of(group, subset);
    const Index& index = group.indexes[number];
    std::uint64_t hash = 0;
    for (std::uint64_t rest = subset; rest != 0; rest &= rest - 1) {
      hash = mix(hash, left.columns[columns_.shared[static_cast<std::size_t>(std::countr_zero(rest))].first][row]);
    }
    for (std::uint32_t at = index.heads[hash & (index.heads.size() - 1)]; at != none; at = group.next[number][at]) {
      if (equal(left, row, group.rows[at], subset) && !visit(group.rows[at])) return;
    }
  }
}

void JoinTable::find(const Batch& left, std::size_t row, bool needs_overlap, std::vector<std::uint32_t>& matches) {
  matches.clear();
  visit(left, row, needs_overlap, [&](std::uint32_t match) {
    matches.push_back(match);
    return true;
  });
}

bool JoinTable::contains(const Batch& left, std::size_t row, bool needs_overlap) {
  bool found = false;
  visit(left, row, needs_overlap, [&](std::uint32_t) {
    found = true;
    return false;
  });
  return found;
}

void JoinTable::append(Batch& out, const Batch& left, std::size_t row, std::uint32_t match) const {
  for (std::size_t i = 0; i < columns_.left_width; ++i) out.columns[i].push_back(left.columns[i][row]);
  for (const auto& [l, r] : columns_.shared) {
    if (out.columns[l].back().is_undefined()) out.columns[l].back() = data_[r][match];
  }
  for (std::size_t i = 0; i < columns_.added.size(); ++i) {
    out.columns[columns_.left_width + i].push_back(data_[columns_.added[i]][match]);
  }
  ++out.size;
}

}  // namespace scenograph::sparql
