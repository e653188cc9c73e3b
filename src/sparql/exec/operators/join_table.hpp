#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"
#include "sparql/exec/operators/join_columns.hpp"

namespace scenograph::sparql {

/// All rows of a join's right side, found by the terms they share with a left row. Unbound variables on either side are
/// compatible with anything (SPARQL 1.1 Query, section 18.3); rows are grouped by which shared variables they bind, and
/// hashed on what both sides bind, so that no pair of rows is looked at in vain for want of a key.
class JoinTable {
 public:
  JoinTable(Context& context, JoinColumns columns);

  /// Reads `right`. REQUIRES: empty.
  ///
  /// @param may_stop  whether to leave off where the budget says that it is time to spill.
  /// @return          whether it came to the end.
  /// @throws          Error(Code::OutOfMemory), Error(Code::TooLarge) past 2^32 - 1 rows.
  bool build(Operator& right, bool may_stop);

  /// Forgets all rows.
  void clear();

  [[nodiscard]] std::size_t size() const { return rows_; }

  /// Sets `matches` to the right rows compatible with the left row.
  ///
  /// @param needs_overlap  only those that bind some variable both sides bind (MINUS).
  void find(const Batch& left, std::size_t row, bool needs_overlap, std::vector<std::uint32_t>& matches);

  /// Whether there is such a right row.
  [[nodiscard]] bool contains(const Batch& left, std::size_t row, bool needs_overlap);

  /// Appends the left row merged with right row `match`.
  void append(Batch& out, const Batch& left, std::size_t row, std::uint32_t match) const;

  [[nodiscard]] const JoinColumns& columns() const { return columns_; }

 private:
  /// Rows of one group, chained by the hash of the shared variables in `subset`.
  struct Index {
    std::uint64_t subset = 0;
    std::vector<std::uint32_t> heads;
  };
  struct Group {
    std::uint64_t mask = 0;  ///< shared variables that its rows bind
    std::vector<std::uint32_t> rows;
    std::unordered_map<std::uint64_t, std::size_t> by_subset;
    std::vector<Index> indexes;
    std::vector<std::vector<std::uint32_t>> next;  ///< per index: place in `rows` of the chain's next
  };

  template <typename Visit>
  void visit(const Batch& left, std::size_t row, bool needs_overlap, Visit visit);
  std::size_t index_of(Group& group, std::uint64_t subset);
  [[nodiscard]] bool equal(const Batch& left, std::size_t row, std::uint32_t match, std::uint64_t subset) const;
  [[nodiscard]] std::uint64_t hash_right(std::uint32_t row, std::uint64_t subset) const;

  Context& context_;
  JoinColumns columns_;
  std::vector<std::vector<store::TermId>> data_;
  std::size_t rows_ = 0;
  std::vector<Group> groups_;
  base::Charge charge_;
};

}  // namespace scenograph::sparql
