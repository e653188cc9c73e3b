#include <algorithm>
#include <array>
#include <cassert>

#include "store/internal/segment/block.hpp"
#include "store/internal/segment/block_file.hpp"
#include "store/internal/segment/run.hpp"

namespace scenograph::store::internal {

namespace {

class FileRunWriter final : public RunWriter {
 public:
  FileRunWriter(const std::filesystem::path& path, Order order) : file_(path, order, 4), encoder_(order) {
    for (auto& column : columns_) column.resize(block_rows);
  }

  void append(std::span<const Row> rows) override {
    while (!rows.empty()) {
      const std::size_t count = std::min(rows.size(), block_rows - filled_);
      for (std::size_t row = 0; row < count; ++row) {
        for (std::size_t member = 0; member < 4; ++member) columns_[member][filled_ + row] = rows[row][member];
      }
      filled_ += count;
      rows = rows.subspan(count);
      if (filled_ == block_rows) write_block();
    }
  }

  void finish() override {
    if (filled_ > 0) write_block();
    file_.finish(rows_);
  }

 private:
  void write_block() {
    std::array<std::span<const std::uint64_t>, 4> columns;
    Row head;
    for (std::size_t member = 0; member < 4; ++member) {
      columns[member] = {columns_[member].data(), filled_};
      head[member] = columns_[member][0];
    }
    file_.add(head, encoder_.encode(columns));
    rows_ += filled_;
    filled_ = 0;
  }

  BlockFileWriter file_;
  BlockEncoder encoder_;
  std::array<std::vector<std::uint64_t>, 4> columns_;
  std::size_t filled_ = 0;
  std::uint64_t rows_ = 0;
};

}  // namespace

std::unique_ptr<RunWriter> make_run_writer(const std::filesystem::path& path, Order order) {
  assert(order != Order::Gspo);
  return std::make_unique<FileRunWriter>(path, order);
}

}  // namespace scenograph::store::internal
