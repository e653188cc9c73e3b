#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "sparql/exec/operator.hpp"
#include "sparql/exec/operators/index_cursor.hpp"
#include "sparql/exec/operators/scan_pattern.hpp"

namespace scenograph::sparql {

/// A row of the left side by what is looked up for it.
struct KeyedRow {
  IndexKey key;
  std::uint32_t row = 0;
};

/// Which position of a pattern is what to a join by index with left rows: those below `left_width` are the left's
/// columns.
class IndexRoles {
 public:
  using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

  IndexRoles(const ScanPattern& pattern, std::size_t left_width);

  /// Sorts the rows of a batch by their keys.
  void line_up(const Batch& left, std::vector<KeyedRow>& rows) const;

  /// Whether what the keys do not tell fits: positions of one variable, and further columns that are shared.
  [[nodiscard]] bool agrees(const IndexCursor& cursor, const Batch& left, std::uint32_t row) const;
  [[nodiscard]] bool is_alike(const IndexCursor& cursor) const;

  store::Order order = store::Order::Spog;
  std::array<int, 2> keys{ScanPattern::none, ScanPattern::none};  ///< positions that are looked up
  Pairs equal;                                                    ///< position, left column that it must agree with
  Pairs alike;                                                    ///< two positions that must agree
  Pairs added;                                                    ///< position, column of the result
  std::array<bool, 4> wanted{};                                   ///< positions that are read besides the keys

 private:
  void take_keys(const ScanPattern& pattern, std::array<bool, 4> shared);
  [[nodiscard]] IndexKey key_of(const Batch& left, std::uint32_t row) const;

  std::array<int, 2> key_columns_{ScanPattern::none, ScanPattern::none};
};

}  // namespace scenograph::sparql
