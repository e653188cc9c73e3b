#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "store/internal/load/numbering.hpp"
#include "store/internal/load/quad_keys.hpp"
#include "store/internal/load/view_rows.hpp"
#include "store/internal/sets/subject_sets.hpp"

namespace scenograph::store::internal {

/// What the target of a load has, as far as quads of the load can be there too.
class ExistingQuads {
 public:
  ExistingQuads(const LoadTarget& target, const Numbering& numbering);

  /// Null if the target has no quads at all.
  [[nodiscard]] std::optional<ViewRows> rows(Order order) const;

  /// Whether a quad of the target may hold the id.
  [[nodiscard]] bool may_hold(std::uint64_t id) const;

 private:
  const LoadTarget* target_;
  std::uint64_t size_;
  std::array<std::uint64_t, 4> shared_ids_{};  ///< ids of the load that the target may hold, in each column
};

/// How many quads or distinct members there are for each id of a column, by its index.
[[nodiscard]] std::unordered_map<TermId, std::uint64_t> by_id(const std::vector<std::uint64_t>& counts,
                                                              const UsedIds& column);

/// Turns ascending keys into the rows of a run and counts in passing what that order shows.
class RunOutput {
 public:
  /// @param layout         of the keys.
  /// @param share_of_quad  how much of the work a quad in this order is.
  RunOutput(const LoadPaths& paths, Order order, const KeyLayout& layout, const Numbering& numbering,
            const ExistingQuads& existing, Work& work, double share_of_quad);

  template <typename Key>
  void append(std::span<const Key> keys) {
    for (std::size_t at = 0; at < keys.size(); at += rows_.size()) {
      const std::size_t count = std::min(rows_.size(), keys.size() - at);
      for (std::size_t i = 0; i < count; ++i) indexes_[i] = layout_.unpack(keys[at + i]);
      put_rows(count);
    }
  }

  /// Does nothing the second time.
  void finish();

  /// Adds what was counted.
  void add_to(LoadCounts& counts) const;

 private:
  using Indexes = std::array<std::uint32_t, 4>;  ///< of a quad's members in the columns

  /// Takes the first `count` of `indexes_`.
  void put_rows(std::size_t count);
  void count_row(const Row& row, const Indexes& indexes);
  /// REQUIRES: another first member than that of `last_`.
  void count_first(const Row& row);
  void count_distinct(const Row& row, std::uint32_t predicate);
  void write(std::span<const Row> rows);

  Order order_;
  KeyLayout layout_;
  const Numbering* numbering_;
  const ExistingQuads* existing_;
  Work* work_;
  double share_of_quad_;
  std::array<std::size_t, 4> places_{};        ///< which position stands at each place of the order
  std::array<const std::uint64_t*, 4> ids_{};  ///< the ids of the column at each place
  std::vector<Indexes> indexes_;
  std::vector<Row> rows_;
  std::unique_ptr<RunWriter> writer_;
  std::unique_ptr<RunWriter> graph_writer_;  ///< of the Gspo order, which is written along with Spog
  std::uint64_t written_ = 0;
  std::vector<std::uint64_t> predicates_;
  std::vector<std::uint64_t> graphs_;
  bool counts_distinct_;
  std::vector<std::uint64_t> distinct_;  ///< second members of each predicate
  bool counts_first_;
  std::uint64_t first_ = 0;  ///< distinct first members
  std::optional<SubjectSetCounter> sets_;
  std::filesystem::path sets_path_;
  std::optional<ViewRows> before_;
  Row last_{};
};

}  // namespace scenograph::store::internal
