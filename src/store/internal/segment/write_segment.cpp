#include "store/internal/segment/write_segment.hpp"

#include <vector>

#include "base/file.hpp"
#include "store/internal/segment/segment.hpp"
#include "store/internal/sets/subject_sets.hpp"

namespace scenograph::store::internal {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t graph_run_memory = std::size_t{32} << 20U;

/// Removes the folder unless told to keep it.
class FolderGuard {
 public:
  explicit FolderGuard(const fs::path& folder) : folder_(folder) {}
  FolderGuard(const FolderGuard&) = delete;
  FolderGuard& operator=(const FolderGuard&) = delete;
  ~FolderGuard() {
    std::error_code ignored;
    if (!kept_) fs::remove_all(folder_, ignored);
  }
  void keep() { kept_ = true; }

 private:
  const fs::path& folder_;
  bool kept_ = false;
};

/// Writes one order, and for Spog the graph run too. @param sets  counts the rows if not null. @return rows written.
std::uint64_t write_order(const fs::path& folder, Order order, Sign sign, RowSource& source, SubjectSetCounter* sets,
                          const std::function<void()>& check) {
  RowBlock block;
  std::vector<Row> rows(block_rows);
  std::size_t count = source.read(block_rows, block.targets());
  if (count == 0) return 0;
  const auto writer = make_run_writer(run_file(folder, order, sign), order);
  std::unique_ptr<RunWriter> graphs;
  if (order == Order::Spog) graphs = make_graph_run_writer(run_file(folder, Order::Gspo, sign), graph_run_memory);
  std::uint64_t total = 0;
  for (; count > 0; count = source.read(block_rows, block.targets())) {
    check();
    for (std::size_t i = 0; i < count; ++i) rows[i] = block.row(i);
    writer->append({rows.data(), count});
    if (graphs) graphs->append({rows.data(), count});
    if (sets != nullptr) sets->add({rows.data(), count});
    total += count;
  }
  writer->finish();
  if (graphs) graphs->finish();
  return total;
}

}  // namespace

SegmentSize write_segment(const fs::path& folder, const RowsOf& rows, std::uint64_t type,
                          const std::function<void()>& check) {
  base::make_folder(folder);
  FolderGuard guard(folder);
  SegmentSize size;
  SubjectSetCounter sets(type);
  for (const Order order : {Order::Spog, Order::Psog, Order::Opsg, Order::Sopg, Order::Ospg, Order::Posg}) {
    for (const Sign sign : {Sign::Added, Sign::Removed}) {
      std::uint64_t& total = sign == Sign::Added ? size.added : size.removed;
      if (order != Order::Spog && total == 0) continue;
      const auto source = rows(order, sign);
      SubjectSetCounter* const counting = order == Order::Spog && sign == Sign::Added ? &sets : nullptr;
      total = source ? write_order(folder, order, sign, *source, counting, check) : 0;
    }
  }
  if (size.added > 0) base::write_file(subject_sets_file(folder), encode(sets.finish()));
  base::sync_folder(folder);
  base::sync_folder(folder.parent_path());
  guard.keep();
  return size;
}

}  // namespace scenograph::store::internal
