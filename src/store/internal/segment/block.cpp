#include "store/internal/segment/block.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "store/internal/segment/column_layout.hpp"

namespace scenograph::store::internal {

namespace {

using Offsets = std::array<std::uint32_t, 4>;

static_assert(sizeof(Offsets) == Block::header);

Offsets offsets_of(const std::byte* bytes) {
  Offsets offsets;
  std::memcpy(offsets.data(), bytes, sizeof offsets);
  return offsets;
}

bool is_grouped(std::span<const std::byte> column) { return encoding_of(column.data()) == Encoding::Grouped; }

}  // namespace

BlockEncoder::BlockEncoder(Order order) {
  const auto& order_places = places_of(order);
  const auto place_of = [&](Position position) {
    return static_cast<std::size_t>(std::find(order_places.begin(), order_places.end(), position) -
                                    order_places.begin());
  };
  selector_ = place_of(Position::Predicate);
  selected_ = place_of(Position::Object);
}

std::span<const std::byte> BlockEncoder::encode(const std::array<std::span<const std::uint64_t>, 4>& columns) {
  for (std::size_t member = 0; member < columns.size(); ++member) {
    parts_[member].clear();
    if (member != selected_) encoder_.encode(columns[member], parts_[member]);
  }
  // Which objects there are depends on the predicate above all.
  parts_[selector_].resize(parts_[selector_].size() + packing_slack);
  encoder_.encode_grouped(columns[selected_], selector_, parts_[selector_], parts_[selected_]);
  parts_[selector_].resize(parts_[selector_].size() - packing_slack);
  Offsets offsets{};
  bytes_.resize(Block::header);
  for (std::size_t member = 0; member < columns.size(); ++member) {
    offsets[member] = static_cast<std::uint32_t>(bytes_.size());
    bytes_.insert(bytes_.end(), parts_[member].begin(), parts_[member].end());
  }
  std::memcpy(bytes_.data(), offsets.data(), sizeof offsets);
  return bytes_;
}

bool is_block(std::span<const std::byte> bytes, std::size_t rows) {
  if (bytes.size() < Block::header) return false;
  const Offsets offsets = offsets_of(bytes.data());
  std::array<std::span<const std::byte>, 4> parts;
  for (std::size_t member = 0; member < parts.size(); ++member) {
    const std::size_t begin = offsets[member];
    const std::size_t end = member + 1 < offsets.size() ? offsets[member + 1] : bytes.size();
    if (begin < Block::header || begin >= end || end > bytes.size()) return false;
    parts[member] = bytes.subspan(begin, end - begin);
    if (!is_grouped(parts[member]) && !is_column(parts[member], rows)) return false;
  }
  // A selector is not grouped itself, so it has been checked.
  return std::all_of(parts.begin(), parts.end(), [&](std::span<const std::byte> part) {
    if (!is_grouped(part)) return true;
    if (part.size() < GroupedLayout::header) return false;
    const std::size_t selector = GroupedLayout::selector_of(part.data());
    return selector < parts.size() && is_column(part, rows, parts[selector].data());
  });
}

Column Block::column(std::size_t member) const {
  const std::byte* const column = bytes_ + offset(member);
  if (encoding_of(column) != Encoding::Grouped) return {column, rows_};
  return {column, rows_, bytes_ + offset(GroupedLayout::selector_of(column))};
}

RowSpan Block::equal_range(const Row& key, std::size_t bound) const {
  RowSpan rows{0, rows_};
  for (std::size_t member = 0; member < bound && !rows.empty(); ++member) {
    rows = column(member).equal_range(rows, key[member]);
  }
  return rows;
}

}  // namespace scenograph::store::internal
