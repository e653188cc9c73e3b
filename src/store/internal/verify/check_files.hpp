#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/internal/snapshot.hpp"
#include "store/internal/verify/findings.hpp"
#include "store/internal/verify/tasks.hpp"
#include "store/term_index.hpp"

namespace scenograph::store::internal {

/// What a set of quads comes to, whatever order it is read in.
struct QuadSum {
  std::uint64_t count = 0;
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  void add(const QuadId& quad);
  friend bool operator==(const QuadSum&, const QuadSum&) = default;
};

/// A layer with one sign in all its orders.
struct OrderSums {
  std::string file;          ///< folder or table, for findings
  std::uint64_t wanted = 0;  ///< quads that the manifest speaks of
  bool counted = true;       ///< whether there is such a number
  std::array<std::optional<QuadSum>, order_count> sums;
};

/// Opens the files of a manifest one by one, so that all that is wrong is found.
class FileChecks {
 public:
  /// @param state    with files, if they could be opened; else only its transaction is used.
  /// @param indexes  that vocabularies may have. All must outlive this.
  FileChecks(const StateSource& source, const State& state,
             std::span<const std::shared_ptr<const TermAnalyser>> indexes, Findings& findings);

  /// Adds a task for each file.
  void add_tasks(std::vector<Task>& tasks);

  /// Call it when the tasks are done.
  void compare_orders();

  [[nodiscard]] std::uint64_t files() const { return files_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  void add_segment(const SegmentEntry& entry, const Segment* open, std::vector<Task>& tasks);
  void add_subject_sets(std::uint64_t segment, std::shared_ptr<const Run> spog, std::vector<Task>& tasks);
  void add_vocabulary(const VocabularyEntry& entry, std::shared_ptr<const Vocabulary> open, std::vector<Task>& tasks);
  void add_indexes(std::uint64_t number, const std::shared_ptr<const Vocabulary>& vocabulary, std::vector<Task>& tasks);
  void compare(const OrderSums& sums);
  [[nodiscard]] std::string name_of(const std::filesystem::path& path) const;

  const StateSource& source_;
  const State& state_;
  std::span<const std::shared_ptr<const TermAnalyser>> indexes_;
  Findings& findings_;
  std::vector<std::unique_ptr<OrderSums>> layers_;
  std::uint64_t files_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace scenograph::store::internal
