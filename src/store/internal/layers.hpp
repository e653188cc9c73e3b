#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "store/internal/edits.hpp"
#include "store/internal/manifest.hpp"
#include "store/internal/rows/merge.hpp"
#include "store/view.hpp"

namespace scenograph::store::internal {

/// A state of the store as layers, oldest first: segments, then edits in memory. The quads that are there are those
/// whose signs over all layers add up to one (`merge_rows`). Reading is thread-safe as long as nobody changes a layer.
struct Layers {
  MDB_txn* txn = nullptr;
  const Tables* tables = nullptr;
  std::shared_ptr<const OpenFiles> files;
  std::vector<const EditLayer*> edits;
};

/// The rows of the range that are there.
[[nodiscard]] std::unique_ptr<RowSource> visible_rows(const Layers& layers, Order order, const RowRange& range);

/// How many there are: exact. Cost: two look-ups in each layer.
/// Visible rows from `lower` to before `upper`.
[[nodiscard]] std::uint64_t count_rows_between(const Layers& layers, Order order, const Row& lower, const Row& upper);

[[nodiscard]] std::uint64_t count_between(const Layers& layers, const QuadId& pattern, Order order, TermId first,
                                          TermId end);

[[nodiscard]] std::uint64_t count_rows(const Layers& layers, Order order, const RowRange& range);

/// Whether the quad is there.
[[nodiscard]] bool holds_quad(const Layers& layers, const QuadId& quad);

/// As `View::scan`. The layers' parts must outlive the scan.
[[nodiscard]] std::unique_ptr<Scan> scan_layers(const Layers& layers, const ScanRequest& request);

/// As `View::count`.
[[nodiscard]] std::uint64_t count_quads(const Layers& layers, const QuadId& pattern);

/// A number of `Tables::counts`, with the edits in memory.
[[nodiscard]] std::uint64_t read_count(const Layers& layers, Counter counter, TermId id);

/// How many members of the pattern are bound at the front of the order.
[[nodiscard]] std::size_t bound_prefix(const QuadId& pattern, Order order);

}  // namespace scenograph::store::internal
