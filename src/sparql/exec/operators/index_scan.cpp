#include "sparql/exec/operators/index_scan.hpp"

#include <algorithm>
#include <utility>

namespace scenograph::sparql {

namespace {

class IndexScan final : public Operator {
 public:
  IndexScan(Context& context, ScanPattern pattern, store::Order order, std::size_t width,
            std::optional<std::vector<store::IdSpan>> spans)
      : context_(context), pattern_(std::move(pattern)), order_(order), width_(width), spans_(std::move(spans)) {
    for (const store::Position position : store::places_of(order)) {
      first_free_ = static_cast<std::size_t>(position);
      if (member(pattern_.bound, first_free_).is_undefined()) break;
    }
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = i + 1; j < 4; ++j) {
        repeats_ = repeats_ || (pattern_.columns[i] >= 0 && pattern_.columns[i] == pattern_.columns[j]);
      }
    }
  }

  bool next(Batch& batch) override {
    if (!scan_) open();
    batch.reset(width_);
    while (batch.size == 0) {
      context_.budget->check();
      if (!(spans_ ? read_spans() : scan_->next(quads_))) return false;
      if (repeats_) {
        filter(batch);
      } else {
        take(batch);
      }
    }
    return true;
  }

 private:
  void open() {
    const auto& at = pattern_.columns;
    std::array<bool, 4> wanted = {at[0] >= 0, at[1] >= 0, at[2] >= 0, at[3] >= 0};
    if (spans_) wanted.at(first_free_) = true;
    scan_ = context_.view->scan({pattern_.bound, order_, pattern_.graphs, pattern_.distinct_triples, wanted});
  }

  /// The next quads that lie in spans. @return false after the last.
  bool read_spans() {
    while (span_ < spans_->size()) {
      scan_->seek(store::TermId::from_bits((*spans_)[span_].first));
      if (!scan_->next(quads_)) return false;
      const std::uint64_t last = quads_.columns[first_free_][quads_.size - 1].bits();
      keep_spans();
      while (span_ < spans_->size() && (*spans_)[span_].end <= last) ++span_;
      if (quads_.size > 0) return true;
    }
    return false;
  }

  /// Moves the quads of the spans to the front.
  void keep_spans() {
    std::size_t kept = 0;
    std::size_t at = 0;
    for (std::size_t span = span_; span < spans_->size() && at < quads_.size; ++span) {
      const std::size_t first = first_at((*spans_)[span].first, at);
      at = first_at((*spans_)[span].end, first);
      for (auto& column : quads_.columns) {
        if (first > kept)
          std::copy(column.begin() + offset(first), column.begin() + offset(at), column.begin() + offset(kept));
      }
      kept += at - first;
    }
    quads_.size = kept;
  }

  static std::ptrdiff_t offset(std::size_t row) { return static_cast<std::ptrdiff_t>(row); }

  /// The first row from `from` on whose member is `bits` or more.
  std::size_t first_at(std::uint64_t bits, std::size_t from) const {
    const auto& column = quads_.columns[first_free_];
    const auto found = std::lower_bound(column.begin() + offset(from), column.begin() + offset(quads_.size),
                                        store::TermId::from_bits(bits));
    return static_cast<std::size_t>(found - column.begin());
  }

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
  std::optional<std::vector<store::IdSpan>> spans_;
  std::size_t first_free_ = 0;  ///< the position that spans are of
  std::size_t span_ = 0;        ///< the first one that has not been passed
  bool repeats_ = false;
  std::unique_ptr<store::Scan> scan_;
  store::QuadBatch quads_;
};

}  // namespace

OperatorPtr make_index_scan(Context& context, ScanPattern pattern, store::Order order, std::size_t width,
                            std::optional<std::vector<store::IdSpan>> spans) {
  return std::make_unique<IndexScan>(context, std::move(pattern), order, width, std::move(spans));
}

}  // namespace scenograph::sparql
