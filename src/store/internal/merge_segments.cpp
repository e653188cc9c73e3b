#include "store/internal/merge_segments.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/priority.hpp"
#include "base/time.hpp"
#include "store/internal/load_into_store.hpp"
#include "store/internal/rows/sources.hpp"
#include "store/internal/segment/write_segment.hpp"

namespace scenograph::store::internal {

namespace {

namespace fs = std::filesystem;
using base::Code;
using base::Error;

constexpr std::uint64_t least_growth = 3;

std::uint64_t size_of(const SegmentEntry& entry) { return entry.added + entry.removed; }

/// The rows of some segments whose signs add up to `wanted`.
std::unique_ptr<RowSource> merged_rows(std::span<const std::shared_ptr<const Segment>> segments, Order order,
                                       Sign wanted) {
  std::vector<SignedRows> inputs;
  for (const auto& segment : segments) {
    for (const Sign sign : {Sign::Added, Sign::Removed}) {
      const auto& run = segment->run(order, sign);
      if (run) inputs.push_back({sign, run_rows(run, 0, run->size()), run->size()});
    }
  }
  return merge_rows(std::move(inputs), wanted, 0);
}

/// Puts `merged` in the place of the entries. @return false if they are no longer there.
bool replace_entries(MDB_txn* txn, const Tables& tables, std::span<const SegmentEntry> entries,
                     const SegmentEntry& merged) {
  Manifest manifest = read_manifest(txn, tables);
  const auto first = std::find_if(manifest.segments.begin(), manifest.segments.end(),
                                  [&](const auto& entry) { return entry.number == entries.front().number; });
  const auto count = static_cast<std::ptrdiff_t>(entries.size());
  if (manifest.segments.end() - first < count) return false;
  if ((first + count - 1)->number != entries.back().number) return false;
  if (merged.added + merged.removed > 0) {
    *first = merged;
    manifest.segments.erase(first + 1, first + count);
  } else {
    manifest.segments.erase(first, first + count);
  }
  write_manifest(txn, tables, manifest);
  note_file_number(txn, tables, merged.number);
  return true;
}

class BackgroundMerger final : public Merger {
 public:
  explicit BackgroundMerger(WriterState& state) : state_(state), thread_([this] { serve(); }) {}

  ~BackgroundMerger() override {
    stopping_ = true;
    state_.changed.raise();
    thread_.join();
  }

 private:
  void serve() {
    base::give_way();
    for (; !stopping_; state_.changed.wait()) {
      try {
        merge_all();
      } catch (const Error& error) {
        if (error.code() == Code::Cancelled) return;
        // Nothing is lost: the segments stay as they are. The next change of the store tries again.
        base::log(base::LogLevel::Error, "merge failed", {{"reason", error.message()}});
      }
    }
  }

  void merge_all() {
    while (true) {
      const auto files = open_state(state_.source, nullptr)->files;
      const std::size_t first = first_to_merge(files->manifest);
      if (first == files->segments.size()) return;
      merge_segments(state_, *files, first, [this] {
        if (stopping_) throw Error(Code::Cancelled, "the store is closed");
      });
    }
  }

  WriterState& state_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace

std::size_t first_to_merge(const Manifest& manifest) {
  const auto& segments = manifest.segments;
  std::size_t first = segments.size();
  std::uint64_t newer = 0;
  for (std::size_t i = segments.size(); i > 0; --i) {
    if (i < segments.size() && size_of(segments[i - 1]) <= least_growth * newer) first = i - 1;
    newer += size_of(segments[i - 1]);
  }
  return first;
}

void merge_segments(WriterState& state, const OpenFiles& files, std::size_t first, const std::function<void()>& check) {
  const std::int64_t start = base::now_ms();
  const std::span segments = std::span(files.segments).subspan(first);
  const std::span entries = std::span(files.manifest.segments).subspan(first);
  const std::uint64_t number = state.next_file++;
  NewFiles files_of_merge(state.source, number);
  const SegmentSize size = write_segment(
      segment_folder(state.source.folder, number),
      [&](Order order, Sign sign) { return merged_rows(segments, order, sign); }, state.find_type(), check);
  const SegmentEntry merged{number, size.added, size.removed, entries.front().first_commit, entries.back().last_commit};
  bool replaced = false;
  state.committer->run([&](MDB_txn* txn) { replaced = replace_entries(txn, state.source.tables, entries, merged); });
  if (!replaced) return;
  if (size.added + size.removed > 0) files_of_merge.take();
  std::error_code ignored;
  for (const SegmentEntry& entry : entries) fs::remove_all(segment_folder(state.source.folder, entry.number), ignored);
  base::log(base::LogLevel::Debug, "merge",
            {{"segments", static_cast<std::int64_t>(entries.size())},
             {"quads", static_cast<std::int64_t>(size.added + size.removed)},
             {"ms", base::now_ms() - start}});
}

std::unique_ptr<Merger> start_merger(WriterState& state) { return std::make_unique<BackgroundMerger>(state); }

}  // namespace scenograph::store::internal
