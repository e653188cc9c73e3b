#include "store/internal/layers.hpp"

#include <algorithm>

#include "store/internal/rows/sources.hpp"

namespace scenograph::store::internal {

namespace {

constexpr std::array both_signs = {Sign::Added, Sign::Removed};

Stretch stretch_of(const Run& run, const RowRange& range) {
  if (range.bound == 0) return {0, run.size()};
  return run.equal_range(range.lower(), range.bound);
}

/// The order whose range is the narrowest for what is bound.
Order narrowest(const QuadId& pattern) {
  const bool object = !pattern.object.is_undefined();
  const bool predicate = !pattern.predicate.is_undefined();
  const bool graph = !pattern.graph.is_undefined();
  if (!pattern.subject.is_undefined()) {
    if (object && !predicate) return Order::Sopg;
    return graph && !object ? Order::Gspo : Order::Spog;
  }
  if (predicate) return object ? Order::Posg : Order::Psog;
  if (object) return Order::Opsg;
  return graph ? Order::Gspo : Order::Spog;
}

std::size_t count_bound(const QuadId& pattern) {
  std::size_t bound = 0;
  for (const TermId id : {pattern.subject, pattern.predicate, pattern.object, pattern.graph}) {
    bound += id.is_undefined() ? 0 : 1;
  }
  return bound;
}

std::uint64_t count_scanned(const Layers& layers, const QuadId& pattern, Order order) {
  ScanRequest request;
  request.pattern = pattern;
  request.order = order;
  const auto scan = scan_layers(layers, request);
  QuadBatch batch;
  std::uint64_t total = 0;
  while (scan->next(batch)) total += batch.size;
  return total;
}

bool run_holds(const Run* run, const Row& row) {
  if (run == nullptr) return false;
  const std::uint64_t at = run->lower_bound(row);
  if (at == run->size()) return false;
  Row found_row{};
  static_cast<void>(run->read(at, 1, {&found_row[0], &found_row[1], &found_row[2], &found_row[3]}));
  return found_row == row;
}

}  // namespace

std::size_t bound_prefix(const QuadId& pattern, Order order) {
  const Row row = row_of(pattern, order);
  return static_cast<std::size_t>(std::find(row.begin(), row.end(), 0U) - row.begin());
}

std::unique_ptr<RowSource> visible_rows(const Layers& layers, Order order, const RowRange& range) {
  std::vector<SignedRows> inputs;
  for (const Sign sign : both_signs) {
    for (const auto& segment : layers.files->segments) {
      const auto& run = segment->run(order, sign);
      if (!run) continue;
      const auto [first, end] = stretch_of(*run, range);
      if (first < end) inputs.push_back({sign, run_rows(run, first, end), end - first});
    }
    for (const EditLayer* edits : layers.edits) {
      const std::span<const Row> rows = within(edits->rows(order, sign), range);
      if (!rows.empty()) inputs.push_back({sign, sorted_rows(rows), rows.size()});
    }
  }
  return merge_rows(std::move(inputs), Sign::Added, range.bound);
}

std::uint64_t count_rows(const Layers& layers, Order order, const RowRange& range) {
  std::uint64_t count = 0;
  for (const Sign sign : both_signs) {
    std::uint64_t here = 0;
    for (const auto& segment : layers.files->segments) {
      const auto& run = segment->run(order, sign);
      if (!run) continue;
      const auto [first, end] = stretch_of(*run, range);
      here += end - first;
    }
    for (const EditLayer* edits : layers.edits) here += within(edits->rows(order, sign), range).size();
    count = sign == Sign::Added ? count + here : count - here;
  }
  return count;
}

std::uint64_t count_rows_between(const Layers& layers, Order order, const Row& lower, const Row& upper) {
  std::uint64_t count = 0;
  for (const Sign sign : both_signs) {
    std::uint64_t here = 0;
    for (const auto& segment : layers.files->segments) {
      if (const auto& run = segment->run(order, sign)) here += run->lower_bound(upper) - run->lower_bound(lower);
    }
    for (const EditLayer* edits : layers.edits) {
      const std::span<const Row> rows = edits->rows(order, sign);
      const auto first = std::lower_bound(rows.begin(), rows.end(), lower);
      here += static_cast<std::uint64_t>(std::lower_bound(first, rows.end(), upper) - first);
    }
    count = sign == Sign::Added ? count + here : count - here;
  }
  return count;
}

std::uint64_t count_between(const Layers& layers, const QuadId& pattern, Order order, TermId first, TermId end) {
  const std::size_t bound = bound_prefix(pattern, order);
  if (bound == 4 || first >= end) return 0;
  Row lower = RowRange{row_of(pattern, order), bound}.lower();
  Row upper = lower;
  lower[bound] = first.bits();
  upper[bound] = end.bits();
  return count_rows_between(layers, order, lower, upper);
}

/// The newest layer that touches the quad decides.
bool holds_quad(const Layers& layers, const QuadId& quad) {
  for (std::size_t i = layers.edits.size(); i > 0; --i) {
    if (const int sign = layers.edits[i - 1]->sign(quad); sign != 0) return sign > 0;
  }
  const Row row = row_of(quad, Order::Spog);
  const auto& segments = layers.files->segments;
  for (std::size_t i = segments.size(); i > 0; --i) {
    if (run_holds(segments[i - 1]->run(Order::Spog, Sign::Added).get(), row)) return true;
    if (run_holds(segments[i - 1]->run(Order::Spog, Sign::Removed).get(), row)) return false;
  }
  return false;
}

std::uint64_t count_quads(const Layers& layers, const QuadId& pattern) {
  const std::size_t bound = count_bound(pattern);
  if (bound == 0) return read_count(layers, Counter::Quads, {});
  if (bound == 1 && !pattern.predicate.is_undefined()) return read_count(layers, Counter::Predicate, pattern.predicate);
  if (bound == 1 && !pattern.graph.is_undefined()) return read_count(layers, Counter::Graph, pattern.graph);
  const Order order = narrowest(pattern);
  if (bound_prefix(pattern, order) < bound) return count_scanned(layers, pattern, order);
  return count_rows(layers, order, {row_of(pattern, order), bound});
}

std::uint64_t read_count(const Layers& layers, Counter counter, TermId id) {
  std::uint64_t count = read_count(layers.txn, *layers.tables, counter, id);
  for (const EditLayer* edits : layers.edits) count += static_cast<std::uint64_t>(edits->count_change(counter, id));
  return count;
}

}  // namespace scenograph::store::internal
