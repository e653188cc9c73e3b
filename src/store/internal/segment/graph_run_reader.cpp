#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "store/internal/segment/block_file.hpp"
#include "store/internal/segment/graph_runs.hpp"
#include "store/internal/segment/run.hpp"

namespace scenograph::store::internal {

namespace {

/// Heads of a block in the index.
enum Head : std::size_t { first_graph, first_start, rows_before, head_count };

/// The decoded runs of one block.
struct Runs {
  std::array<GraphRun, block_graph_runs> all;
  std::size_t count = 0;
};

class FileGraphRun final : public Run {
 public:
  FileGraphRun(const std::filesystem::path& path, std::shared_ptr<const Run> spog)
      : file_(path, Order::Gspo, head_count), spog_(std::move(spog)) {
    if (file_.rows() != spog_->size()) file_.fail("the rows are not as many as in the run that it points into");
    if ((file_.blocks() == 0) != (file_.rows() == 0)) file_.fail("rows and blocks do not fit each other");
    const auto before = file_.heads(rows_before);
    const bool starts = before.empty() || before.front() == 0;
    if (!starts || !std::is_sorted(before.begin(), before.end()) || (!before.empty() && before.back() >= size())) {
      file_.fail("the index counts more rows than there are");
    }
  }

  [[nodiscard]] std::uint64_t size() const override { return file_.rows(); }
  [[nodiscard]] std::uint64_t file_bytes() const override { return file_.bytes(); }

  [[nodiscard]] std::uint64_t lower_bound(const Row& key) const override {
    const std::uint64_t graph = key[0];
    const std::uint64_t position = spog_->lower_bound({key[1], key[2], key[3], graph});
    const std::size_t blocks = blocks_below(graph, position);
    if (blocks == 0) return 0;
    std::uint64_t row = file_.heads(rows_before)[blocks - 1];
    Runs runs;
    load(blocks - 1, runs);
    for (std::size_t at = 0; at < runs.count; ++at) {
      const GraphRun& run = runs.all[at];
      if (run.graph > graph || (run.graph == graph && run.start >= position)) return row;
      if (run.graph == graph && run.end() > position) return row + (position - run.start);
      row += run.length;
    }
    return row;
  }

  [[nodiscard]] Stretch equal_range(const Row& key, std::size_t bound) const override {
    const std::uint64_t first = lower_bound(key);
    Row after = key;
    ++after[bound - 1];
    return {first, first == size() ? first : lower_bound(after)};
  }

  [[nodiscard]] std::uint64_t certain_below(std::uint64_t first, const Row& key) const override {
    const auto before = file_.heads(rows_before);
    const auto next = std::upper_bound(before.begin(), before.end(), first);
    if (next == before.end()) return 0;
    const std::uint64_t graph = file_.heads(first_graph)[static_cast<std::size_t>(next - before.begin())];
    return graph < key[0] ? *next - first : 0;
  }

  std::size_t read(std::uint64_t first, std::size_t most, const ColumnTargets& columns) const override {
    if (first >= size() || most == 0) return 0;
    const auto before = file_.heads(rows_before);
    const auto block =
        static_cast<std::size_t>(std::upper_bound(before.begin(), before.end(), first) - before.begin()) - 1;
    Runs runs;
    load(block, runs);
    std::uint64_t skip = first - before[block];
    std::size_t at = 0;
    while (skip >= runs.all[at].length) skip -= runs.all[at++].length;
    runs.all[at].start += skip;
    runs.all[at].length -= skip;
    ColumnTargets targets = columns;
    std::size_t done = 0;
    while (at < runs.count && done < most) {
      const std::size_t taken = read_near(std::span(runs.all).first(runs.count).subspan(at), most - done, targets);
      done += taken;
      for (std::uint64_t*& target : targets) target = target == nullptr ? nullptr : target + taken;
      for (std::size_t left = taken; left > 0;) {
        const std::size_t part = std::min<std::uint64_t>(left, runs.all[at].length);
        runs.all[at].start += part;
        runs.all[at].length -= part;
        left -= part;
        at += std::size_t{runs.all[at].length == 0};
      }
    }
    return done;
  }

  void verify() const override {
    Runs runs;
    std::uint64_t rows = 0;
    GraphRun before;
    for (std::size_t block = 0; block < file_.blocks(); ++block) {
      if (file_.heads(rows_before)[block] != rows) file_.fail(fmt::format("block {} counts rows wrongly", block));
      load(block, runs);
      for (const GraphRun& run : std::span(runs.all).first(runs.count)) {
        const bool ascends = run.graph > before.graph || (run.graph == before.graph && run.start >= before.end());
        if (!ascends) file_.fail(fmt::format("rows of block {} are out of order", block));
        check_graphs(run, block);
        rows += run.length;
        before = run;
      }
    }
    if (rows != size()) file_.fail("the blocks hold another number of rows than the footer says");
  }

 private:
  /// Blocks whose first run is before this place.
  [[nodiscard]] std::size_t blocks_below(std::uint64_t graph, std::uint64_t position) const {
    const auto graphs = file_.heads(first_graph);
    const auto [low, high] = std::equal_range(graphs.begin(), graphs.end(), graph);
    const auto starts = file_.heads(first_start);
    const auto begin = starts.begin() + (low - graphs.begin());
    const auto end = starts.begin() + (high - graphs.begin());
    return static_cast<std::size_t>(std::lower_bound(begin, end, position) - starts.begin());
  }

  [[nodiscard]] std::size_t decode(std::size_t block, std::span<const std::byte> bytes, Runs& runs) const {
    const GraphRun first{file_.heads(first_graph)[block], file_.heads(first_start)[block], 0};
    return decode_graph_runs(bytes, first, size(), runs.all);
  }

  /// Whether a block can be decoded and has the rows that the index says.
  [[nodiscard]] bool is_block(std::size_t block, std::span<const std::byte> bytes) const {
    Runs runs;
    runs.count = decode(block, bytes, runs);
    const auto before = file_.heads(rows_before);
    std::uint64_t rows = before[block];
    for (std::size_t at = 0; at < runs.count; ++at) rows += runs.all[at].length;
    return runs.count > 0 && rows == (block + 1 < file_.blocks() ? before[block + 1] : size());
  }

  void load(std::size_t block, Runs& runs) const {
    const auto bytes = file_.block(block, check_);
    runs.count = decode(block, bytes, runs);
  }

  /// Reads rows of the first of `runs`; of those after it too if they are so near in the Spog run that decoding all
  /// between costs less than starting anew.
  std::size_t read_near(std::span<const GraphRun> runs, std::size_t most, const ColumnTargets& columns) const {
    const GraphRun& first = runs[0];
    const std::uint64_t block_end = (first.start / block_rows + 1) * block_rows;
    std::size_t count = 1;
    std::uint64_t rows = first.length;
    while (count < runs.size() && rows < most && runs[count].start > runs[count - 1].start &&
           runs[count].end() <= block_end && runs[count].start - runs[count - 1].end() <= largest_gap) {
      rows += runs[count++].length;
    }
    if (count > 1) return gather(runs.first(count), most, columns);
    const std::size_t wanted = std::min<std::uint64_t>(first.length, most);
    const std::size_t taken = spog_->read(first.start, wanted, {columns[1], columns[2], columns[3], nullptr});
    if (columns[0] != nullptr) std::fill_n(columns[0], taken, first.graph);
    return taken;
  }

  /// Reads the rows of runs that lie in one block of the Spog run.
  std::size_t gather(std::span<const GraphRun> runs, std::size_t most, const ColumnTargets& columns) const {
    const std::uint64_t start = runs.front().start;
    const std::size_t length = runs.back().end() - start;
    std::array<std::uint64_t, block_rows> decoded;
    std::size_t done = 0;
    for (std::size_t member = 0; member < columns.size(); ++member) {
      if (columns[member] == nullptr) continue;
      if (member > 0) {
        ColumnTargets one{};
        one[member - 1] = decoded.data();
        spog_->read(start, length, one);
      }
      std::uint64_t* out = columns[member];
      std::size_t left = most;
      for (const GraphRun& run : runs) {
        const std::size_t part = std::min<std::uint64_t>(run.length, left);
        out = member == 0 ? std::fill_n(out, part, run.graph)
                          : std::copy_n(decoded.begin() + static_cast<std::ptrdiff_t>(run.start - start), part, out);
        left -= part;
      }
    }
    for (const GraphRun& run : runs) done += run.length;
    return std::min(done, most);
  }

  /// Checks that the rows of a run really belong to its graph.
  void check_graphs(const GraphRun& run, std::size_t block) const {
    std::array<std::uint64_t, block_rows> graphs;
    for (std::uint64_t row = run.start; row < run.end();) {
      const std::size_t wanted = std::min<std::uint64_t>(run.end() - row, block_rows);
      const std::size_t count = spog_->read(row, wanted, {nullptr, nullptr, nullptr, graphs.data()});
      for (std::size_t at = 0; at < count; ++at) {
        if (graphs[at] != run.graph) file_.fail(fmt::format("block {} gives a graph rows of another", block));
      }
      row += count;
    }
  }

  /// Rows between two runs that are decoded rather than skipped.
  static constexpr std::uint64_t largest_gap = 64;

  BlockFile file_;
  BlockFile::Check check_ = [this](std::size_t block, std::span<const std::byte> bytes) {
    return is_block(block, bytes);
  };
  std::shared_ptr<const Run> spog_;
};

}  // namespace

std::shared_ptr<const Run> open_graph_run(const std::filesystem::path& path, std::shared_ptr<const Run> spog) {
  return std::make_shared<FileGraphRun>(path, std::move(spog));
}

}  // namespace scenograph::store::internal
