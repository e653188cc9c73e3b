#include "sparql/exec/operators/sorted_runs.hpp"

#include <algorithm>
#include <utility>

namespace scenograph::sparql {

using store::TermId;

namespace {

/// Compares rows by the ids of one column.
class IdOrder final : public SortedRuns::Order {
 public:
  explicit IdOrder(std::size_t column) : column_(column) {}

  void set(std::size_t run, SortedRuns::Row row) override {
    if (run >= ids_.size()) ids_.resize(run + 1);
    ids_[run] = row[column_];
  }

  [[nodiscard]] bool before(std::size_t a, std::size_t b) const override { return ids_[a] < ids_[b]; }

 private:
  std::size_t column_;
  std::vector<TermId> ids_;
};

}  // namespace

void SortedRuns::begin_run() {
  if (!file_) file_ = context_.budget->make_scratch_file();
  starts_.push_back(file_->size());
}

void SortedRuns::write(Row row) {
  constexpr std::size_t often = 4096;
  file_->append(row.data(), row.size_bytes());
  if (++written_ % often == 0) context_.budget->check();
}

void SortedRuns::end_run() { context_.budget->charge_spill(file_->size() - starts_.back()); }

void SortedRuns::merge(std::unique_ptr<Order> order) {
  file_->flush();
  order_ = std::move(order);
  for (std::size_t i = 0; i < starts_.size(); ++i) {
    charge_.add(base::ScratchReader::memory + width_ * sizeof(TermId));
    const std::uint64_t end = i + 1 < starts_.size() ? starts_[i + 1] : file_->size();
    runs_.emplace_back(base::ScratchReader(*file_, starts_[i], end)).row.resize(width_);
    if (advance(i)) heap_.push_back(i);
  }
  std::make_heap(heap_.begin(), heap_.end(), [this](std::size_t a, std::size_t b) { return is_after(a, b); });
}

bool SortedRuns::is_after(std::size_t a, std::size_t b) const {
  if (order_->before(b, a)) return true;
  return !order_->before(a, b) && b < a;
}

bool SortedRuns::advance(std::size_t run) {
  if (!runs_[run].reader.read(runs_[run].row.data(), width_ * sizeof(TermId))) return false;
  order_->set(run, runs_[run].row);
  return true;
}

void SortedRuns::read(Batch& batch, std::uint64_t most) {
  const auto after = [this](std::size_t a, std::size_t b) { return is_after(a, b); };
  for (std::uint64_t rows = 0; rows < most && !heap_.empty() && !batch.is_full(); ++rows) {
    std::pop_heap(heap_.begin(), heap_.end(), after);
    const std::size_t run = heap_.back();
    for (std::size_t i = 0; i < width_; ++i) batch.columns[i].push_back(runs_[run].row[i]);
    ++batch.size;
    if (advance(run)) {
      std::push_heap(heap_.begin(), heap_.end(), after);
    } else {
      heap_.pop_back();
    }
  }
}

std::unique_ptr<SortedRuns::Order> make_id_order(std::size_t column) { return std::make_unique<IdOrder>(column); }

}  // namespace scenograph::sparql
