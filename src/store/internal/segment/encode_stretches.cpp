#include <algorithm>

#include "store/internal/segment/encode.hpp"

namespace scenograph::store::internal {

void append_packed(Bytes& out, const std::uint64_t* numbers, std::size_t count, unsigned width) {
  const std::size_t at = out.size();
  const std::size_t length = packed_bytes(count, width);
  out.resize(at + length + packing_slack);
  pack(numbers, count, width, out.data() + at);
  out.resize(at + length);
}

StretchPlan plan_stretches(Numbers values) {
  StretchPlan plan;
  const std::size_t stretches = (values.size() + stretch_rows - 1) / stretch_rows;
  std::uint64_t before = values[0];
  plan.bytes = StretchesLayout::header + stretches;
  for (std::size_t stretch = 0; stretch < stretches; ++stretch) {
    const Numbers part =
        values.subspan(stretch * stretch_rows).first(std::min(stretch_rows, values.size() - stretch * stretch_rows));
    plan.changes += std::size_t{part[0] != before};
    std::uint64_t least = part[0];
    std::uint64_t most = part[0];
    std::uint64_t all_steps = 0;
    std::size_t falls = 0;
    before = part[0];
    for (const std::uint64_t value : part) {
      plan.changes += std::size_t{value != before};
      falls += std::size_t{value < before};
      all_steps |= value - before;
      least = std::min(least, value);
      most = std::max(most, value);
      before = value;
    }
    const unsigned plain_width = bits_of(most - least);
    const unsigned delta_width = bits_of(all_steps);
    plan.deltas[stretch] = falls == 0 && delta_width < plain_width;
    plan.widths[stretch] = plan.deltas[stretch] ? delta_width : plain_width;
    plan.heads[stretch] = least;
    plan.bytes += packed_bytes(part.size(), plan.widths[stretch]);
  }
  const auto [low, high] = std::minmax_element(plan.heads.begin(), plan.heads.begin() + stretches);
  plan.bytes += packed_bytes(stretches, bits_of(*high - *low));
  return plan;
}

void write_stretches(const StretchPlan& plan, Numbers values, Bytes& out) {
  const std::size_t stretches = (values.size() + stretch_rows - 1) / stretch_rows;
  const auto heads_end = plan.heads.begin() + static_cast<std::ptrdiff_t>(stretches);
  const auto [low, high] = std::minmax_element(plan.heads.begin(), heads_end);
  const std::uint64_t base = *low;
  const unsigned head_width = bits_of(*high - base);
  append(out, static_cast<std::uint8_t>(Encoding::Stretches));
  append(out, static_cast<std::uint8_t>(head_width));
  append(out, base);
  std::array<std::uint64_t, stretch_rows> numbers;
  for (std::size_t stretch = 0; stretch < stretches; ++stretch) {
    const unsigned flag = plan.deltas[stretch] ? StretchesLayout::delta_flag : 0U;
    append(out, static_cast<std::uint8_t>(plan.widths[stretch] | flag));
    numbers[stretch] = plan.heads[stretch] - base;
  }
  append_packed(out, numbers.data(), stretches, head_width);
  for (std::size_t stretch = 0; stretch < stretches; ++stretch) {
    const Numbers part =
        values.subspan(stretch * stretch_rows).first(std::min(stretch_rows, values.size() - stretch * stretch_rows));
    if (plan.deltas[stretch]) {
      numbers[0] = 0;
      for (std::size_t row = 1; row < part.size(); ++row) numbers[row] = part[row] - part[row - 1];
    } else {
      for (std::size_t row = 0; row < part.size(); ++row) numbers[row] = part[row] - plan.heads[stretch];
    }
    append_packed(out, numbers.data(), part.size(), plan.widths[stretch]);
  }
}

void write_constant(std::uint64_t value, Bytes& out) {
  append(out, static_cast<std::uint8_t>(Encoding::Constant));
  append(out, value);
}

void write_flat(Numbers values, Bytes& out) {
  const StretchPlan stretches = plan_stretches(values);
  if (stretches.changes == 0) {
    write_constant(values[0], out);
    return;
  }
  write_stretches(stretches, values, out);
}

}  // namespace scenograph::store::internal
