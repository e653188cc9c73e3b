#include "store/internal/load/write_runs.hpp"

#include <algorithm>
#include <bit>

#include "store/internal/load/key_merge.hpp"
#include "store/internal/load/quad_keys.hpp"
#include "store/internal/load/run_output.hpp"
#include "store/internal/load/sorter_pool.hpp"

namespace scenograph::store::internal {

namespace {

constexpr std::size_t subject = 0;
constexpr std::size_t predicate = 1;
constexpr std::size_t object = 2;

/// Keys that are in memory for each quad while orders are made of one another: the Spog order and two threads' buffers.
constexpr std::size_t keys_per_quad = 5;
/// Of the whole work after the last quad.
constexpr double sorting_share = 0.1;
constexpr double order_share = 0.1;

constexpr std::size_t fewest_quads = 64;
constexpr std::size_t merged_at_once = std::size_t{1} << 14U;

std::array<unsigned, 4> column_bits(const Numbering& numbering) {
  std::array<unsigned, 4> bits{};
  for (std::size_t column = 0; column < 4; ++column) {
    const std::size_t ids = numbering.columns[column].ids.size();
    bits[column] = ids == 0 ? 0 : static_cast<unsigned>(std::bit_width(ids - 1));
  }
  return bits;
}

/// Sorts by Spog, in parts that memory holds; makes the other orders of each part, and merges those of all parts.
template <typename Key>
class RunsWriter {
 public:
  RunsWriter(Numbering& numbering, const LoadTarget& target, const LoadPaths& paths, std::size_t memory,
             const std::filesystem::path& scratch, Work& work)
      : numbering_(&numbering),
        paths_(&paths),
        scratch_(&scratch),
        work_(&work),
        existing_(target, numbering),
        bits_(column_bits(numbering)),
        layout_(KeyLayout::make(Order::Spog, bits_)),
        most_quads_(std::max(fewest_quads, memory / (keys_per_quad * sizeof(Key)))) {}

  LoadCounts write(std::span<const std::unique_ptr<Batch>> batches) {
    for (const auto& batch : batches) quads_ += batch->quads();
    KeyMerge<Key> merge(sort_batches(batches));
    numbering_->ranks.clear();
    std::optional<ViewRows> before = existing_.rows(Order::Spog);
    for (PageArray<Key> part; !merge.at_end(); part.resize(0)) {
      while (!merge.at_end() && part.size() < most_quads_) {
        work_->check();
        const std::size_t begin = part.size();
        merge.fill(part, std::min(most_quads_, begin + merged_at_once));
        if (before) drop_existing(part, begin, *before);
      }
      if (!part.empty()) write_part(part, merge.at_end());
    }
    sorters_.clear();
    merge_parts();
    if (auto& spog = outputs_[static_cast<std::size_t>(Order::Spog)]) spog->finish();
    LoadCounts counts;
    for (const auto& output : outputs_) {
      if (output) output->add_to(counts);
    }
    return counts;
  }

 private:
  std::vector<SortedKeys<Key>> sort_batches(std::span<const std::unique_ptr<Batch>> batches) {
    const bool in_memory = quads_ <= most_quads_;
    std::vector<std::optional<SortedKeys<Key>>> sorted(batches.size());
    std::vector<std::function<void()>> tasks;
    for (std::size_t i = 0; i < batches.size(); ++i) {
      tasks.emplace_back([&, i] {
        const std::uint64_t quads = batches[i]->quads();
        PageArray<Key> keys = sort_batch(*batches[i]);
        work_->advance(sorting_share * static_cast<double>(quads) / static_cast<double>(quads_));
        if (in_memory) {
          sorted[i].emplace(std::move(keys));
        } else {
          sorted[i].emplace(write_keys(std::make_shared<base::ScratchFile>(*scratch_), keys.span(), layout_));
        }
      });
    }
    work_->run(tasks);
    std::vector<SortedKeys<Key>> sources;
    for (auto& keys : sorted) sources.push_back(std::move(*keys));
    return sources;
  }

  PageArray<Key> sort_batch(Batch& batch) {
    const PageArray<std::uint32_t> ranks = batch.take_numbers();
    for (std::uint32_t& number : ranks) number = numbering_->ranks[number];
    PageArray<Key> keys(batch.quads());
    std::size_t end = 0;
    batch.take_quads([&](std::span<const LocalQuad> quads) {
      work_->check();
      for (const LocalQuad& quad : quads) {
        std::array<std::uint32_t, 4> indexes{};
        for (std::size_t i = 0; i < 4; ++i) indexes[i] = numbering_->columns[i].index_of(ranks[quad[i]]);
        keys[end++] = layout_.pack<Key>(indexes);
      }
    });
    typename SorterPool<Key>::Lease sorter(sorters_);
    const std::span<const Key> sorted =
        (*sorter).sort(keys.span(), 0, layout_.total_bits(), [this] { work_->check(); });
    keys.resize(static_cast<std::size_t>(std::unique_copy(sorted.begin(), sorted.end(), keys.begin()) - keys.begin()));
    return keys;
  }

  /// Appends keys to the file as those of another order.
  SortedKeys<Key> write_keys(std::shared_ptr<base::ScratchFile> file, std::span<const Key> keys,
                             const KeyLayout& layout) const {
    const std::uint64_t begin = file->size();
    std::array<Key, 1024> piece;
    for (std::size_t at = 0; at < keys.size(); at += piece.size()) {
      const std::size_t count = std::min(piece.size(), keys.size() - at);
      for (std::size_t i = 0; i < count; ++i) piece[i] = layout.pack<Key>(layout_.unpack(keys[at + i]));
      file->append(piece.data(), count * sizeof(Key));
      work_->check();
    }
    file->flush();
    const std::uint64_t end = file->size();
    return SortedKeys<Key>(std::move(file), begin, end);
  }

  void drop_existing(PageArray<Key>& part, std::size_t begin, ViewRows& before) const {
    std::size_t end = begin;
    for (std::size_t at = begin; at < part.size(); ++at) {
      const auto indexes = layout_.unpack(part[at]);
      Row row{};
      bool may_be_there = true;
      for (std::size_t i = 0; i < 4 && may_be_there; ++i) {
        row[i] = numbering_->columns[i].ids[indexes[i]];
        may_be_there = existing_.may_hold(row[i]);
      }
      if (!may_be_there || !before.has(row, 4)) part[end++] = part[at];
    }
    part.resize(end);
  }

  /// Each order follows from another that is sorted by the rest of its members.
  void write_part(const PageArray<Key>& part, bool is_last) {
    const bool is_only = is_last && parts_[static_cast<std::size_t>(Order::Psog)].empty();
    const auto put = [&](Order order, std::span<const Key> keys) {
      if (!is_only) {
        put_aside(order, keys);
        return;
      }
      RunOutput& out = output(order, layout_);
      out.append(keys);
      out.finish();
    };
    const std::span<const Key> spog = part.span();
    work_->run({[&] {
                  typename SorterPool<Key>::Lease sorter(sorters_);
                  const auto psog = sort_by(*sorter, spog, predicate);
                  put(Order::Psog, psog);
                  const auto opsg = sort_by(*sorter, psog, object);
                  put(Order::Opsg, opsg);
                  put(Order::Sopg, sort_by(*sorter, opsg, subject));
                },
                [&] {
                  typename SorterPool<Key>::Lease sorter(sorters_);
                  const auto ospg = sort_by(*sorter, spog, object);
                  put(Order::Ospg, ospg);
                  put(Order::Posg, sort_by(*sorter, ospg, predicate));
                },
                [&] {
                  RunOutput& out = output(Order::Spog, layout_);
                  out.append(spog);
                  if (is_last) out.finish();
                }});
  }

  void put_aside(Order order, std::span<const Key> keys) {
    auto& file = files_[static_cast<std::size_t>(order)];
    if (!file) file = std::make_shared<base::ScratchFile>(*scratch_);
    parts_[static_cast<std::size_t>(order)].push_back(write_keys(file, keys, KeyLayout::make(order, bits_)));
  }

  std::span<const Key> sort_by(StableSorter<Key>& sorter, std::span<const Key> keys, std::size_t position) const {
    return sorter.sort(keys, layout_.shifts[position], layout_.bits[position], [this] { work_->check(); });
  }

  void merge_parts() {
    std::vector<std::function<void()>> tasks;
    for (const Order order : {Order::Psog, Order::Posg, Order::Ospg, Order::Opsg, Order::Sopg}) {
      auto& parts = parts_[static_cast<std::size_t>(order)];
      if (parts.empty()) continue;
      tasks.emplace_back([this, order, &parts] {
        RunOutput& out = output(order, KeyLayout::make(order, bits_));
        PageArray<Key> keys;
        for (KeyMerge<Key> merge(std::move(parts)); !merge.at_end(); keys.resize(0)) {
          merge.fill(keys, merged_at_once);
          out.append(std::span<const Key>(keys.span()));
        }
        out.finish();
      });
    }
    work_->run(tasks);
  }

  RunOutput& output(Order order, const KeyLayout& layout) {
    auto& out = outputs_[static_cast<std::size_t>(order)];
    if (!out) {
      out.emplace(*paths_, order, layout, *numbering_, existing_, *work_, order_share / static_cast<double>(quads_));
    }
    return *out;
  }

  Numbering* numbering_;
  const LoadPaths* paths_;
  const std::filesystem::path* scratch_;
  Work* work_;
  ExistingQuads existing_;
  std::array<unsigned, 4> bits_;
  KeyLayout layout_;
  SorterPool<Key> sorters_;
  std::size_t most_quads_;
  std::uint64_t quads_ = 0;                                            ///< of all batches, duplicates among them
  std::array<std::vector<SortedKeys<Key>>, order_count> parts_;        ///< sorted in each order but Spog
  std::array<std::shared_ptr<base::ScratchFile>, order_count> files_;  ///< that hold them
  std::array<std::optional<RunOutput>, order_count> outputs_;
};

}  // namespace

LoadCounts write_runs(std::span<const std::unique_ptr<Batch>> batches, Numbering& numbering, const LoadTarget& target,
                      const LoadPaths& paths, std::size_t memory, const std::filesystem::path& scratch, Work& work) {
  const auto bits = column_bits(numbering);
  // Not 64: a first column without bits would then be shifted by as many as a key has.
  if (bits[0] + bits[1] + bits[2] + bits[3] < 64) {
    return RunsWriter<std::uint64_t>(numbering, target, paths, memory, scratch, work).write(batches);
  }
  return RunsWriter<WideKey>(numbering, target, paths, memory, scratch, work).write(batches);
}

}  // namespace scenograph::store::internal
