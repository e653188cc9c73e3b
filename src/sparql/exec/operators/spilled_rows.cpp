#include "sparql/exec/operators/spilled_rows.hpp"

#include <algorithm>
#include <utility>

namespace scenograph::sparql {

using store::TermId;

namespace {

constexpr std::size_t block_bytes = std::size_t{32} << 10U;

class SpilledReader final : public Operator {
 public:
  SpilledReader(Context& context, std::shared_ptr<const base::ScratchFile> file, std::vector<std::uint64_t> starts,
                std::uint64_t rows, std::size_t width, std::size_t block_rows)
      : context_(context),
        file_(std::move(file)),
        starts_(std::move(starts)),
        rows_(rows),
        width_(width),
        block_rows_(block_rows),
        charge_(*context.budget) {}

  bool next(Batch& batch) override {
    batch.reset(width_);
    context_.budget->check();
    while (!batch.is_full() && (at_ < block_.size() || fill())) {
      for (std::size_t i = 0; i < width_; ++i) batch.columns[i].push_back(block_[at_ + i]);
      at_ += width_;
      ++batch.size;
    }
    return batch.size > 0;
  }

 private:
  bool fill() {
    if (rows_ == 0) return false;
    const std::uint64_t rows = std::min<std::uint64_t>(block_rows_, rows_);
    block_.resize(static_cast<std::size_t>(rows) * width_);
    charge_.set(block_.capacity() * sizeof(TermId));
    const std::size_t bytes = block_.size() * sizeof(TermId);
    if (file_->read(starts_[next_block_++], block_.data(), bytes) != bytes) throw base::broken_scratch();
    rows_ -= rows;
    at_ = 0;
    return true;
  }

  Context& context_;
  std::shared_ptr<const base::ScratchFile> file_;
  std::vector<std::uint64_t> starts_;
  std::uint64_t rows_;  ///< that are not in a block yet
  std::size_t width_;
  std::size_t block_rows_;
  std::size_t next_block_ = 0;
  std::vector<TermId> block_;
  std::size_t at_ = 0;
  base::Charge charge_;
};

}  // namespace

SpilledRows::SpilledRows(Context& context, std::size_t width, std::size_t parts)
    : context_(context),
      width_(width),
      block_rows_(std::max<std::size_t>(1, block_bytes / (width * sizeof(TermId)))),
      parts_(parts),
      file_(context.budget->make_scratch_file()),
      charge_(*context.budget) {
  charge_.set(base::ScratchFile::memory);
}

void SpilledRows::add(std::size_t to, std::span<const TermId> row) {
  Part& part = parts_[to];
  if (part.block.capacity() == 0) {
    charge_.add(block_rows_ * width_ * sizeof(TermId));
    part.block.reserve(block_rows_ * width_);
  }
  part.block.insert(part.block.end(), row.begin(), row.end());
  ++part.rows;
  if (part.block.size() == block_rows_ * width_) write(part);
}

void SpilledRows::write(Part& part) {
  context_.budget->check();
  const std::size_t bytes = part.block.size() * sizeof(TermId);
  context_.budget->charge_spill(bytes);
  part.starts.push_back(file_->size());
  file_->append(part.block.data(), bytes);
  part.block.clear();
}

void SpilledRows::finish() {
  for (Part& part : parts_) {
    if (!part.block.empty()) write(part);
    std::vector<TermId>().swap(part.block);
  }
  file_->flush();
  charge_.set(base::ScratchFile::memory);
}

OperatorPtr SpilledRows::read(std::size_t part) const {
  return std::make_unique<SpilledReader>(context_, file_, parts_[part].starts, parts_[part].rows, width_, block_rows_);
}

}  // namespace scenograph::sparql
