#include "store/internal/segment/graph_runs.hpp"

#include <optional>

namespace scenograph::store::internal {

namespace {

void append_varint(std::vector<std::byte>& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7U) out.push_back(static_cast<std::byte>(number | 0x80U));
  out.push_back(static_cast<std::byte>(number));
}

/// Reads varints without leaving the bytes. After a fault all numbers are 0.
class VarintReader {
 public:
  explicit VarintReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  std::uint64_t next() {
    std::uint64_t number = 0;
    for (unsigned shift = 0; at_ < bytes_.size() && shift < 64; shift += 7) {
      const auto byte = std::to_integer<std::uint64_t>(bytes_[at_++]);
      number |= (byte & 0x7FU) << shift;
      if (byte < 0x80) return number;
    }
    good_ = false;
    return 0;
  }

  [[nodiscard]] bool good() const { return good_; }

 private:
  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
  bool good_ = true;
};

}  // namespace

// Each run is its length - 1, doubled, + 1 if it belongs to another graph than the run before. Then follow the
// difference of graphs and the start, or, within a graph, the rows between the two runs - 1. The first run's graph and
// start are in the index.

void encode_graph_runs(std::span<const GraphRun> runs, std::vector<std::byte>& out) {
  append_varint(out, runs.size());
  GraphRun before = runs[0];
  for (std::size_t at = 0; at < runs.size(); ++at) {
    const GraphRun& run = runs[at];
    const bool other = run.graph != before.graph;
    append_varint(out, (run.length - 1) << 1U | std::uint64_t{other});
    if (other) {
      append_varint(out, run.graph - before.graph);
      append_varint(out, run.start);
    } else if (at > 0) {
      append_varint(out, run.start - before.end() - 1);
    }
    before = run;
  }
}

std::size_t decode_graph_runs(std::span<const std::byte> bytes, const GraphRun& first, std::uint64_t rows,
                              std::span<GraphRun, block_graph_runs> out) {
  VarintReader reader(bytes);
  const std::uint64_t count = reader.next();
  if (count == 0 || count > block_graph_runs) return 0;
  GraphRun run = first;
  for (std::size_t at = 0; at < count; ++at) {
    const std::uint64_t head = reader.next();
    const std::uint64_t graph_before = run.graph;
    const std::uint64_t end_before = run.end();
    if ((head & 1U) != 0) {
      run.graph += reader.next();
      run.start = reader.next();
      if (run.graph <= graph_before) return 0;
    } else if (at > 0) {
      run.start = end_before + reader.next() + 1;
      if (run.start <= end_before) return 0;
    }
    run.length = (head >> 1U) + 1;
    if (!reader.good() || run.start >= rows || run.length > rows - run.start) return 0;
    out[at] = run;
  }
  return count;
}

}  // namespace scenograph::store::internal
