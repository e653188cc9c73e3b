#include "store/internal/segment/ranges.hpp"

namespace scenograph::store::internal {

RangesReader::RangesReader(const std::byte* bytes) : layout_(bytes) {
  for (std::size_t range = 0; range < layout_.ranges; ++range) {
    ends_[range] = layout_.end(range);
    units_[range] = layout_.unit(range);
    shifts_[range] = layout_.base(range) - table_first_ * units_[range];
    table_first_ = ends_[range];
  }
}

std::uint64_t RangesReader::number_of(std::uint64_t code) const {
  const std::size_t range = range_of(code);
  if (in_table(range)) return Column(layout_.table, layout_.table_rows).at(entry_of(code));
  return in_range(code, range);
}

void RangesReader::read(std::size_t first, std::size_t count, std::uint64_t* out) const {
  if (layout_.table_rows > 0) {
    read_codes(first, count, out);
    read_with_table(count, out);
    return;
  }
  if (layout_.ranges == 1 && units_[0] == 1) {
    unpack(layout_.codes, layout_.width, first, count, shifts_[0], out);
    return;
  }
  read_codes(first, count, out);
  for (std::size_t row = 0; row < count; ++row) out[row] = in_range(out[row], range_of(out[row]));
}

void RangesReader::read_with_table(std::size_t count, std::uint64_t* out) const {
  // An entry by itself costs about as much as 64 in sequence.
  constexpr std::size_t entry_cost = 64;
  if (count * entry_cost < layout_.table_rows) {
    for (std::size_t row = 0; row < count; ++row) out[row] = number_of(out[row]);
    return;
  }
  std::array<std::uint64_t, column_rows> table;
  Column(layout_.table, layout_.table_rows).read(0, layout_.table_rows, table.data());
  if (layout_.ranges == 0) {
    for (std::size_t row = 0; row < count; ++row) out[row] = table[entry_of(out[row])];
    return;
  }
  for (std::size_t row = 0; row < count; ++row) {
    const std::size_t range = range_of(out[row]);
    out[row] = in_table(range) ? table[entry_of(out[row])] : in_range(out[row], range);
  }
}

}  // namespace scenograph::store::internal
