#pragma once

#include <array>
#include <filesystem>
#include <memory>

#include "store/internal/rows/merge.hpp"
#include "store/internal/segment/run.hpp"
#include "store/internal/sets/subject_sets.hpp"

namespace scenograph::store::internal {

/// The quads that consecutive commits added, and those they removed, each in seven orders. Immutable, thread-safe.
class Segment {
 public:
  /// @param with_removed  whether there are removed quads. @throws as `open_run`
  Segment(const std::filesystem::path& folder, bool with_added, bool with_removed);

  /// Null if no quad has the sign.
  [[nodiscard]] const std::shared_ptr<const Run>& run(Order order, Sign sign) const {
    return runs_[static_cast<std::size_t>(order)][sign == Sign::Added ? 0 : 1];
  }

  /// The characteristic sets of what was added. Null if nothing was, or if they cannot be read: plans are worse then,
  /// and `verify` tells why.
  [[nodiscard]] const SubjectSetIndex* subject_sets() const { return subject_sets_ ? &*subject_sets_ : nullptr; }

  [[nodiscard]] std::uint64_t file_bytes() const;

 private:
  std::array<std::array<std::shared_ptr<const Run>, 2>, order_count> runs_;
  std::optional<SubjectSetIndex> subject_sets_;
  std::uint64_t subject_sets_bytes_ = 0;
};

/// The run's file in the segment's folder.
[[nodiscard]] std::filesystem::path run_file(const std::filesystem::path& folder, Order order, Sign sign);

}  // namespace scenograph::store::internal
