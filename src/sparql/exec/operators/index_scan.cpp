#include "sparql/exec/operators/index_scan.hpp"

#include <utility>

namespace scenograph::sparql {

namespace {

class IndexScan final : public Operator {
 public:
  IndexScan(Context& context, ScanPattern pattern, store::Order order, std::size_t width)
      : context_(context), pattern_(std::move(pattern)), order_(order), width_(width) {
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = i + 1; j < 4; ++j) {
        repeats_ = repeats_ || (pattern_.columns[i] >= 0 && pattern_.columns[i] == pattern_.columns[j]);
      }
    }
  }

  bool next(Batch& batch) override {
    if (!scan_) {
      const auto& at = pattern_.columns;
      const std::array<bool, 4> wanted = {at[0] >= 0, at[1] >= 0, at[2] >= 0, at[3] >= 0};
      scan_ = context_.view->scan({pattern_.bound, order_, pattern_.graphs, pattern_.distinct_triples, wanted});
    }
    batch.reset(width_);
    while (batch.size == 0) {
      context_.budget->check();
      if (!scan_->next(quads_)) return false;
      if (repeats_) {
        filter(batch);
      } else {
        take(batch);
      }
    }
    return true;
  }

 private:
  /// Swaps whole columns: no row is copied.
  void take(Batch& batch) {
    for (std::size_t i = 0; i < 4; ++i) {
      if (pattern_.columns[i] < 0) continue;
      auto& column = batch.columns[static_cast<std::size_t>(pattern_.columns[i])];
      std::swap(column, quads_.columns[i]);
      column.resize(quads_.size);
    }
    batch.size = quads_.size;
  }

  void filter(Batch& batch) {
    for (std::size_t row = 0; row < quads_.size; ++row) {
      if (!agrees(row)) continue;
      for (std::size_t i = 0; i < 4; ++i) {
        if (pattern_.columns[i] < 0) continue;
        auto& column = batch.columns[static_cast<std::size_t>(pattern_.columns[i])];
        if (column.size() == batch.size) column.push_back(quads_.columns[i][row]);
      }
      ++batch.size;
    }
  }

  bool agrees(std::size_t row) const {
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = i + 1; j < 4; ++j) {
        if (pattern_.columns[i] < 0 || pattern_.columns[i] != pattern_.columns[j]) continue;
        if (quads_.columns[i][row] != quads_.columns[j][row]) return false;
      }
    }
    return true;
  }

  Context& context_;
  ScanPattern pattern_;
  store::Order order_;
  std::size_t width_;
  bool repeats_ = false;
  std::unique_ptr<store::Scan> scan_;
  store::QuadBatch quads_;
};

}  // namespace

OperatorPtr make_index_scan(Context& context, ScanPattern pattern, store::Order order, std::size_t width) {
  return std::make_unique<IndexScan>(context, std::move(pattern), order, width);
}

}  // namespace scenograph::sparql
