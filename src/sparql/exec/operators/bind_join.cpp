#include "sparql/exec/operators/bind_join.hpp"

#include <utility>

namespace scenograph::sparql {

using store::TermId;

namespace {

class BindJoin final : public Operator {
 public:
  BindJoin(Context& context, OperatorPtr left, std::size_t left_width, ScanPattern pattern, std::size_t width,
           bool keeps_unmatched)
      : context_(context),
        left_(std::move(left)),
        left_width_(left_width),
        pattern_(std::move(pattern)),
        width_(width),
        keeps_unmatched_(keeps_unmatched) {}

  bool next(Batch& batch) override {
    batch.reset(width_);
    context_.budget->check();
    while (!batch.is_full()) {
      if (open_) {
        emit(batch);
      } else if (!advance()) {
        break;
      }
    }
    return batch.size > 0;
  }

 private:
  /// Moves to the next left row and opens its scan. @return false at the end.
  bool advance() {
    if (++row_ >= input_.size) {
      if (!left_->next(input_)) return false;
      context_.budget->check();
      row_ = 0;
    }
    open_ = true;
    matched_ = false;
    at_ = 0;
    store::QuadId bound = pattern_.bound;
    bool possible = true;
    for (std::size_t i = 0; i < 4; ++i) {
      const int column = pattern_.columns[i];
      if (column < 0 || static_cast<std::size_t>(column) >= left_width_) continue;
      const TermId id = input_.columns[static_cast<std::size_t>(column)][row_];
      if (id.is_undefined()) continue;
      possible = possible && id.kind() != store::IdKind::Local;
      member(bound, i) = id;
    }
    if (possible && has_quads_ && bound == last_bound_) return true;  // the batch read for the row before serves again
    has_quads_ = false;
    quads_.size = 0;
    scan_.reset();
    if (!possible) return true;
    scan_ = context_.view->scan({bound, order_for(bound), pattern_.graphs, pattern_.distinct_triples});
    read();
    has_quads_ = !scan_;
    last_bound_ = bound;
    return true;
  }

  void read() {
    if (!scan_ || !scan_->next(quads_)) {
      quads_.size = 0;
      scan_.reset();
    } else if (quads_.size < store::QuadBatch::capacity / 2 && quads_.size > 0) {
      // A short batch is most often the whole range; asking again settles it.
      drain_short();
    }
  }

  /// Looks whether more follows a short batch, and if so appends it.
  void drain_short() {
    while (scan_ && quads_.size < store::QuadBatch::capacity / 2) {
      if (!scan_->next(more_)) {
        scan_.reset();
        return;
      }
      for (std::size_t i = 0; i < 4; ++i) {
        quads_.columns[i].resize(quads_.size);
        quads_.columns[i].insert(quads_.columns[i].end(), more_.columns[i].begin(),
                                 more_.columns[i].begin() + static_cast<std::ptrdiff_t>(more_.size));
      }
      quads_.size += more_.size;
    }
  }

  void emit(Batch& batch) {
    for (; at_ < quads_.size && !batch.is_full(); ++at_) append(batch);
    if (at_ < quads_.size) return;
    if (scan_) {
      context_.budget->check();
      has_quads_ = false;
      read();
      at_ = 0;
      if (quads_.size > 0) return;
    }
    open_ = false;
    if (!matched_ && keeps_unmatched_) batch.append(input_, row_);
  }

  void append(Batch& batch) {
    batch.append(input_, row_);
    for (std::size_t i = 0; i < 4; ++i) {
      if (pattern_.columns[i] < 0) continue;
      TermId& cell = batch.columns[static_cast<std::size_t>(pattern_.columns[i])].back();
      const TermId found = quads_.columns[i][at_];
      if (cell.is_undefined()) cell = found;
      if (cell != found) {
        for (auto& column : batch.columns) column.pop_back();
        --batch.size;
        return;
      }
    }
    matched_ = true;
  }

  Context& context_;
  OperatorPtr left_;
  std::size_t left_width_;
  ScanPattern pattern_;
  std::size_t width_;
  bool keeps_unmatched_;

  Batch input_;
  std::size_t row_ = 0;
  bool open_ = false;
  bool matched_ = false;
  std::unique_ptr<store::Scan> scan_;
  store::QuadBatch quads_;
  store::QuadBatch more_;
  std::size_t at_ = 0;
  bool has_quads_ = false;
  store::QuadId last_bound_;
};

}  // namespace

OperatorPtr make_bind_join(Context& context, OperatorPtr left, std::size_t left_width, ScanPattern pattern,
                           std::size_t width, bool keeps_unmatched) {
  return std::make_unique<BindJoin>(context, std::move(left), left_width, std::move(pattern), width, keeps_unmatched);
}

}  // namespace scenograph::sparql
