#include <algorithm>

#include "store/internal/segment/encode.hpp"

namespace scenograph::store::internal {

namespace {

/// Writes runs of equal numbers, if that takes fewer than `most` bytes.
bool write_runs(Numbers values, std::size_t most, ColumnScratch& scratch, Bytes& out) {
  std::size_t runs = 0;
  for (std::size_t row = 0; row < values.size(); ++row) {
    scratch.run_values[runs] = values[row];
    scratch.run_ends[runs] = row + 1;
    runs += std::size_t{row + 1 == values.size() || values[row + 1] != values[row]};
  }
  scratch.part.clear();
  write_flat({scratch.run_values.data(), runs}, scratch.part);
  const std::size_t values_bytes = scratch.part.size();
  write_flat({scratch.run_ends.data(), runs}, scratch.part);
  if (RunsLayout::header + scratch.part.size() >= most) return false;
  append(out, static_cast<std::uint8_t>(Encoding::Runs));
  append(out, std::uint8_t{0});
  append(out, static_cast<std::uint16_t>(runs));
  append(out, static_cast<std::uint16_t>(values_bytes));
  out.insert(out.end(), scratch.part.begin(), scratch.part.end());
  return true;
}

}  // namespace

ColumnEncoder::ColumnEncoder() : scratch_(std::make_unique<ColumnScratch>()) {}
ColumnEncoder::~ColumnEncoder() = default;

void ColumnEncoder::encode(std::span<const std::uint64_t> values, std::vector<std::byte>& out) {
  const StretchPlan stretches = plan_stretches(values);
  if (stretches.changes == 0) {
    write_constant(values[0], out);
    return;
  }
  // Stretches cost a little more to search and to decode.
  const std::size_t stretch_bytes = stretches.bytes + stretches.bytes / 16;
  const RangePlan ranges = plan_ranges(values);
  const std::size_t plain_bytes = std::min(stretch_bytes, ranges.bytes);
  if (stretches.changes < values.size() / 2 && write_runs(values, plain_bytes, *scratch_, out)) return;
  if (write_distinct(values, plain_bytes - plain_bytes / 8, *scratch_, out)) return;
  if (stretch_bytes < ranges.bytes) {
    write_stretches(stretches, values, out);
  } else {
    write_ranges(ranges, values, *scratch_, out);
  }
}

void ColumnEncoder::encode_grouped(std::span<const std::uint64_t> values, std::size_t member,
                                   std::span<const std::byte> selector, std::vector<std::byte>& out) {
  const std::size_t begin = out.size();
  encode(values, out);
  if (encoding_of(selector.data()) == Encoding::Ranges && RangesLayout(selector.data()).ranges == 0) {
    write_grouped(values, member, selector, *scratch_, begin, out);
  }
}

}  // namespace scenograph::store::internal
