#include <memory>
#include <utility>

#include "sparql/exec/operators/distinct_set.hpp"
#include "sparql/exec/operators/rows.hpp"
#include "sparql/exec/operators/sorted_runs.hpp"

namespace scenograph::sparql {

namespace {

/// Rows that are put off to disk are numbered, so that they can be brought back into their order. They are all behind
/// those that were found new at once.
class Distinct final : public Operator {
 public:
  Distinct(Context& context, OperatorPtr input, std::size_t width)
      : context_(context),
        input_(std::move(input)),
        width_(width),
        seen_(context, width, width + 1),
        runs_(context, width + 1),
        row_(width + 1) {}

  bool next(Batch& batch) override {
    batch.reset(width_);
    while (input_ && batch.size == 0) {
      context_.budget->check();
      if (input_->next(rows_)) {
        keep_new(batch);
      } else {
        input_.reset();
        read_put_off();
      }
    }
    if (batch.size > 0 || runs_.empty()) return batch.size > 0;
    context_.budget->check();
    batch.reset(width_ + 1);
    runs_.read(batch, Batch::capacity);
    batch.columns.pop_back();
    return batch.size > 0;
  }

 private:
  void keep_new(Batch& batch) {
    seen_.expect(rows_.size);
    for (std::size_t row = 0; row < rows_.size; ++row) {
      for (std::size_t i = 0; i < width_; ++i) row_[i] = rows_.columns[i][row];
      row_[width_] = store::TermId::from_bits(++number_);
      if (seen_.add(row_)) batch.append(rows_, row);
    }
  }

  void read_put_off() {
    while (seen_.next_part()) {
      runs_.begin_run();
      while (seen_.next(rows_)) {
        for (std::size_t row = 0; row < rows_.size; ++row) {
          for (std::size_t i = 0; i <= width_; ++i) row_[i] = rows_.columns[i][row];
          runs_.write(row_);
        }
      }
      runs_.end_run();
    }
    if (!runs_.empty()) runs_.merge(make_id_order(width_));
  }

  Context& context_;
  OperatorPtr input_;
  std::size_t width_;
  DistinctSet seen_;
  SortedRuns runs_;  ///< of the rows that were put off, each once, with their numbers
  std::uint64_t number_ = 0;
  std::vector<store::TermId> row_;
  Batch rows_;
};

}  // namespace

OperatorPtr make_distinct(Context& context, OperatorPtr input, std::size_t width) {
  return std::make_unique<Distinct>(context, std::move(input), width);
}

}  // namespace scenograph::sparql
