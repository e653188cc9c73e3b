#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sparql/exec/context.hpp"

namespace scenograph::sparql {

/// Distinct rows of ids, numbered from 0 in the order they were first added. Memory is charged to the budget.
class RowSet {
 public:
  RowSet(Context& context, std::size_t width) : width_(width), charge_(*context.budget) {}

  /// The row's number, and whether it is new.
  std::pair<std::uint32_t, bool> add(std::span<const store::TermId> row);

  [[nodiscard]] std::optional<std::uint32_t> find(std::span<const store::TermId> row) const;

  /// Forgets all rows.
  void clear();

  /// Bytes it would hold with so many more rows.
  [[nodiscard]] std::size_t bytes_with(std::size_t more) const;

  [[nodiscard]] std::span<const store::TermId> row(std::uint32_t number) const {
    return {data_.data() + std::size_t{number} * width_, width_};
  }
  [[nodiscard]] std::size_t size() const { return rows_; }

 private:
  void grow();
  /// The row's slot, or the free one where it would be.
  [[nodiscard]] std::size_t slot_of(std::span<const store::TermId> row, std::uint32_t hash) const;
  [[nodiscard]] std::size_t bytes_of(std::size_t slots) const;

  std::size_t width_;
  std::vector<store::TermId> data_;
  std::vector<std::uint32_t> slots_;  ///< open addressing; number + 1, 0 is free
  std::vector<std::uint32_t> hashes_;
  std::size_t rows_ = 0;
  base::Charge charge_;
};

}  // namespace scenograph::sparql
