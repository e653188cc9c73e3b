#include <algorithm>
#include <array>
#include <utility>

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

  bool next(QuadBatch& batch, std::size_t most) override {
    const ColumnTargets targets = make_targets(batch, most);
    do {
      batch.size = rows_->read(most, targets);
      if (batch.size == 0) return false;
      if (filters_) keep_pattern(batch);
      if (!request_.graphs.is_all()) keep_graphs(batch);
      if (request_.distinct_triples) drop_repeated(batch);
    } while (batch.size == 0);
    return true;
  }

  void seek(TermId at_least, TermId then) override {
    if (prefix_ == 4) return;
    Row lower = range_.lower();
    lower[prefix_] = at_least.bits();
    if (prefix_ < 3) lower[prefix_ + 1] = then.bits();
    rows_->seek(lower);
  }

 private:
  /// Columns that neither the caller nor a filter needs are not decoded.
  ColumnTargets make_targets(QuadBatch& batch, std::size_t most) const {
    ColumnTargets targets{};
    for (std::size_t place = 0; place < 4; ++place) {
      const auto position = static_cast<std::size_t>(places_of(request_.order)[place]);
      auto& column = batch.columns[position];
      if (column.size() < most) column.resize(most);
      const bool tells_repeats = request_.distinct_triples && place < 3;
      const bool is_graph = position == static_cast<std::size_t>(Position::Graph);
      const bool filters = (place >= prefix_ && range_.row[place] != 0) || (is_graph && !request_.graphs.is_all());
      if (request_.wanted[position] || tells_repeats || filters) {
        targets[place] = reinterpret_cast<std::uint64_t*>(column.data());
      }
    }
    return targets;
  }

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

  /// Those that repeat the triple before them. Most batches have none, as the last member of the triple tells.
  void drop_repeated(QuadBatch& batch) {
    if (batch.size == 0) return;
    const auto& at = places_of(request_.order);
    const TermId* const first = batch.columns[static_cast<std::size_t>(at[0])].data();
    const TermId* const second = batch.columns[static_cast<std::size_t>(at[1])].data();
    const TermId* const third = batch.columns[static_cast<std::size_t>(at[2])].data();
    const std::array<TermId, 3> before =
        std::exchange(last_, {first[batch.size - 1], second[batch.size - 1], third[batch.size - 1]});
    std::size_t repeated = third[0] == before[2] ? 1 : 0;
    for (std::size_t i = 1; i < batch.size; ++i) repeated += third[i] == third[i - 1] ? 1 : 0;
    if (repeated == 0) return;
    std::array<TermId, 3> last = before;
    filter(batch, [&](std::size_t i) {
      const std::array<TermId, 3> triple = {first[i], second[i], third[i]};
      return std::exchange(last, triple) != triple;
    });
  }

  ScanRequest request_;
  std::size_t prefix_;
  RowRange range_;
  bool filters_ = false;
  std::array<TermId, 3> last_{};  ///< triple, by the order
  std::unique_ptr<RowSource> rows_;
};

}  // namespace

std::unique_ptr<Scan> scan_layers(const Layers& layers, const ScanRequest& request) {
  return std::make_unique<LayeredScan>(layers, request);
}

}  // namespace scenograph::store::internal
