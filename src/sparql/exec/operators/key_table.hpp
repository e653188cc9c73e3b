#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"
#include "sparql/exec/operators/join_columns.hpp"

namespace scenograph::sparql {

/// The rows of a join's right side by the terms they share with the left, all of which both sides bind. Rows of equal
/// terms lie together.
class KeyTable {
 public:
  /// Rows from `first` on.
  struct Rows {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };

  /// @param keeps_rows  whether `term` is going to be asked for; if not, only the shared terms are kept.
  KeyTable(Context& context, JoinColumns columns, bool keeps_rows);

  /// Reads `right`. Cost: some 20 ns a row; 12 to 24 bytes a row and 8 for each of its terms are charged, and 8 more
  /// while rows are put in order. REQUIRES: empty.
  ///
  /// @param may_stop  whether to leave off where the budget says that it is time to spill.
  /// @return          whether it came to the end.
  /// @throws          Error(Code::OutOfMemory), Error(Code::TooLarge) past 2^32 - 1 rows.
  bool build(Operator& right, bool may_stop);

  /// Forgets all rows.
  void clear();

  [[nodiscard]] std::size_t size() const { return rows_; }

  /// The right rows for each of the left's, in the order they came.
  void find(const Batch& left, std::vector<Rows>& found);

  /// Of a column of the right side, by rows.
  [[nodiscard]] std::span<const store::TermId> column(std::size_t right) const { return data_[right]; }

  [[nodiscard]] const JoinColumns& columns() const { return columns_; }

 private:
  /// The rows of one key; of several shared terms, the key is a hash.
  struct Slot {
    std::uint64_t key = 0;  ///< 0: free
    Rows rows;
  };

  void append(const Batch& batch);
  void put_in_groups(std::size_t first);
  void put_in_order();
  void grow();
  void charge();

  /// Sets `keys_` to the keys of rows; @param column  gives the column of a shared term, by its place in the list.
  template <typename Column>
  void make_keys(std::size_t rows, Column column);
  [[nodiscard]] std::size_t first_slot(std::uint64_t key) const {
    return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ULL) >> shift_);
  }

  Context& context_;
  JoinColumns columns_;
  bool keeps_rows_;
  std::vector<std::vector<store::TermId>> data_;  ///< of the columns that are not kept, empty
  std::size_t rows_ = 0;
  std::vector<Slot> slots_;
  unsigned shift_ = 0;
  std::vector<std::uint64_t> keys_;
  // While it is built, slots have the number of a group for `first`.
  std::vector<std::uint32_t> group_of_row_;
  std::vector<Rows> groups_;  ///< the first row, how many
  base::Charge charge_;
};

}  // namespace scenograph::sparql
