#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "sparql/exec/operators/row_set.hpp"
#include "sparql/exec/operators/spilled_rows.hpp"

namespace scenograph::sparql {

/// Tells which rows are new. When its memory is full, rows that it does not know are put off: they go to disk, split by
/// hash, and are told apart part by part at the end. One thread; the context must outlive it.
class DistinctSet {
 public:
  /// @param width  of the rows; the columns from `keys` on go with a row but do not tell it from others.
  DistinctSet(Context& context, std::size_t keys, std::size_t width);

  /// To be called before so many rows are added: whether there is memory for them is looked at here.
  void expect(std::size_t rows);

  /// Whether the row is new. False as well for one that is put off.
  [[nodiscard]] bool add(std::span<const store::TermId> row);

  /// Goes on to rows that were put off. REQUIRES: all was added, and `next` gave all of the part before.
  /// @return  whether there are any.
  [[nodiscard]] bool next_part();

  /// The next new rows of the part, in the order they were added. @return false at its end.
  [[nodiscard]] bool next(Batch& batch);

  /// Forgets all rows.
  void clear();

  /// What is held in memory of the rows.
  [[nodiscard]] std::size_t bytes() const { return known_.bytes_with(0); }

 private:
  struct PutOff {
    OperatorPtr rows;
    unsigned level = 0;
  };

  void put_off(std::span<const store::TermId> row);
  void close_part();

  Context& context_;
  std::size_t keys_;
  std::size_t width_;
  RowSet known_;
  bool is_full_ = false;  ///< no more rows become known
  unsigned level_ = 0;    ///< how often what is added has been split
  std::unique_ptr<SpilledRows> spilled_;
  std::vector<PutOff> parts_;  ///< that were not looked at
  OperatorPtr part_;           ///< that is being looked at
  Batch rows_;
  std::vector<store::TermId> row_;
};

}  // namespace scenograph::sparql
