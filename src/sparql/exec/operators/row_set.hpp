#pragma once

#include <cstdint>
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

  [[nodiscard]] std::span<const store::TermId> row(std::uint32_t number) const {
    return {data_.data() + std::size_t{number} * width_, width_};
  }
  [[nodiscard]] std::size_t size() const { return rows_; }

 private:
  void grow();

  std::size_t width_;
  std::vector<store::TermId> data_;
  std::vector<std::uint32_t> slots_;  ///< open addressing; number + 1, 0 is free
  std::vector<std::uint32_t> hashes_;
  std::size_t rows_ = 0;
  base::Charge charge_;
};

}  // namespace scenograph::sparql
