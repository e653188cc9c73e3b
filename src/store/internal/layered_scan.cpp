#include <algorithm>

#include "store/internal/layers.hpp"

namespace scenograph::store::internal {

namespace {

static_assert(sizeof(TermId) == sizeof(std::uint64_t) && alignof(TermId) == alignof(std::uint64_t));

/// Keeps the rows of a batch for which `keep` holds.
template <typename Keep>
void filter(QuadBatch& batch, Keep keep) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < batch.size; ++i) {
    if (!keep(i)) continue;
    if (kept < i) {
      for (auto& column : batch.columns) column[kept] = column[i];
    }
    ++kept;
  }
  batch.size = kept;
}

class LayeredScan final : public Scan {
 public:
  LayeredScan(const Layers& layers, const ScanRequest& request)
      : request_(request), prefix_(bound_prefix(request.pattern, request.order)) {
    range_ = {row_of(request.pattern, request.order), prefix_};
    rows_ = visible_rows(layers, request.order, range_);
    for (std::size_t i = prefix_; i < 4; ++i) filters_ = filters_ || range_.row[i] != 0;
  }

  bool next(QuadBatch& batch) override {
    for (auto& column : batch.columns) column.resize(QuadBatch::capacity);
    const auto& places = places_of(request_.order);
    ColumnTargets targets{};
    for (std::size_t i = 0; i < 4; ++i) {
      targets[i] = reinterpret_cast<std::uint64_t*>(batch.columns[static_cast<std::size_t>(places[i])].data());
    }
    do {
      batch.size = rows_->read(QuadBatch::capacity, targets);
      if (batch.size == 0) return false;
      if (filters_) keep_pattern(batch);
      if (!request_.graphs.is_all()) keep_graphs(batch);
      if (request_.distinct_triples) drop_repeated(batch);
    } while (batch.size == 0);
    return true;
  }

  void seek(TermId at_least) override {
    if (prefix_ == 4) return;
    Row lower = range_.lower();
    lower[prefix_] = at_least.bits();
    rows_->seek(lower);
  }

 private:
  void keep_pattern(QuadBatch& batch) const {
    const auto& places = places_of(request_.order);
    for (std::size_t place = prefix_; place < 4; ++place) {
      if (range_.row[place] == 0) continue;
      const TermId wanted = TermId::from_bits(range_.row[place]);
      const auto& column = batch.columns[static_cast<std::size_t>(places[place])];
      filter(batch, [&](std::size_t i) { return column[i] == wanted; });
    }
  }

  /// Neighbours are most often of one graph, so that a graph is looked up once.
  void keep_graphs(QuadBatch& batch) const {
    const auto& column = batch.columns[static_cast<std::size_t>(Position::Graph)];
    TermId last;
    bool wanted = false;
    filter(batch, [&](std::size_t i) {
      if (column[i] != last) {
        last = column[i];
        wanted = request_.graphs.contains(last);
      }
      return wanted;
    });
  }

  void drop_repeated(QuadBatch& batch) {
    filter(batch, [&](std::size_t i) {
      const QuadId triple{batch.columns[0][i], batch.columns[1][i], batch.columns[2][i], {}};
      const bool repeated = triple == last_;
      last_ = triple;
      return !repeated;
    });
  }

  ScanRequest request_;
  std::size_t prefix_;
  RowRange range_;
  bool filters_ = false;
  QuadId last_;
  std::unique_ptr<RowSource> rows_;
};

}  // namespace

std::unique_ptr<Scan> scan_layers(const Layers& layers, const ScanRequest& request) {
  return std::make_unique<LayeredScan>(layers, request);
}

}  // namespace scenograph::store::internal
