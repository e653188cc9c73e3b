#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "store/internal/segment/block.hpp"
#include "store/internal/segment/block_file.hpp"
#include "store/internal/segment/run.hpp"

namespace scenograph::store::internal {

namespace {

class FileRun final : public Run {
 public:
  FileRun(const std::filesystem::path& path, Order order)
      : file_(path, order, 4), check_([this](std::size_t block, std::span<const std::byte> bytes) {
          return is_block(bytes, rows_of(block));
        }) {
    if (file_.blocks() != file_.rows() / block_rows + std::size_t{file_.rows() % block_rows != 0}) {
      file_.fail("the number of rows does not fit the number of blocks");
    }
  }

  [[nodiscard]] std::uint64_t size() const override { return file_.rows(); }
  [[nodiscard]] std::uint64_t file_bytes() const override { return file_.bytes(); }

  [[nodiscard]] std::uint64_t lower_bound(const Row& key) const override {
    const std::size_t below = blocks_below(key);
    if (below == 0) return 0;
    return (below - 1) * block_rows + block_at(below - 1).lower_bound(key);
  }

  [[nodiscard]] Stretch equal_range(const Row& key, std::size_t bound) const override {
    const std::size_t next = blocks_below(key);
    Stretch found{0, 0};
    if (next > 0) {
      const auto [low, high] = block_at(next - 1).equal_range(key, bound);
      const std::uint64_t start = (next - 1) * block_rows;
      found = {start + low, start + high};
      if (high < rows_of(next - 1)) return found;
    }
    Row after = key;
    ++after[bound - 1];
    if (next < file_.blocks() && head_of(next) < after) found.end = lower_bound(after);
    return found;
  }

  [[nodiscard]] std::uint64_t certain_below(std::uint64_t first, const Row& key) const override {
    const auto next = static_cast<std::size_t>(first / block_rows) + 1;
    return next < file_.blocks() && head_of(next) <= key ? next * block_rows - first : 0;
  }

  std::size_t read(std::uint64_t first, std::size_t most, const ColumnTargets& columns) const override {
    if (first >= file_.rows()) return 0;
    const auto block = static_cast<std::size_t>(first / block_rows);
    const auto row = static_cast<std::size_t>(first % block_rows);
    const std::size_t count = std::min(most, rows_of(block) - row);
    const Block decoder = block_at(block);
    for (std::size_t member = 0; member < columns.size(); ++member) {
      if (columns[member] != nullptr) decoder.column(member).read(row, count, columns[member]);
    }
    return count;
  }

  void verify() const override {
    std::array<std::vector<std::uint64_t>, 4> columns;
    for (auto& column : columns) column.resize(block_rows);
    const ColumnTargets targets = {columns[0].data(), columns[1].data(), columns[2].data(), columns[3].data()};
    Row before{};
    for (std::size_t block = 0; block < file_.blocks(); ++block) {
      const std::size_t rows = read(block * block_rows, block_rows, targets);
      for (std::size_t row = 0; row < rows; ++row) {
        const Row now = {columns[0][row], columns[1][row], columns[2][row], columns[3][row]};
        if (now <= before && (block > 0 || row > 0))
          file_.fail(fmt::format("rows of block {} are out of order", block));
        if (row == 0 && now != head_of(block)) file_.fail(fmt::format("block {} differs from its index", block));
        before = now;
      }
    }
  }

 private:
  /// The blocks that begin below the key: it is in the last of them, or at the start of the next.
  [[nodiscard]] std::size_t blocks_below(const Row& key) const {
    std::size_t low = 0;
    std::size_t high = file_.blocks();
    for (std::size_t member = 0; member < key.size() && low < high; ++member) {
      const auto heads = file_.heads(member);
      const auto begin = heads.begin() + static_cast<std::ptrdiff_t>(low);
      const auto end = heads.begin() + static_cast<std::ptrdiff_t>(high);
      const auto first = std::lower_bound(begin, end, key[member]);
      low = static_cast<std::size_t>(first - heads.begin());
      high = static_cast<std::size_t>(std::upper_bound(first, end, key[member]) - heads.begin());
    }
    return low;
  }

  [[nodiscard]] std::size_t rows_of(std::size_t block) const {
    return static_cast<std::size_t>(std::min<std::uint64_t>(block_rows, file_.rows() - block * block_rows));
  }

  [[nodiscard]] Row head_of(std::size_t block) const {
    return {file_.heads(0)[block], file_.heads(1)[block], file_.heads(2)[block], file_.heads(3)[block]};
  }

  [[nodiscard]] Block block_at(std::size_t block) const { return {file_.block(block, check_), rows_of(block)}; }

  BlockFile file_;
  BlockFile::Check check_;
};

}  // namespace

std::shared_ptr<const Run> open_run(const std::filesystem::path& path, Order order) {
  return std::make_shared<FileRun>(path, order);
}

}  // namespace scenograph::store::internal
