#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "store/term_id.hpp"

namespace scenograph::sparql {

/// Rows as columns of term ids; Undefined is an unbound variable. Which column is which variable is known to whoever
/// built the operator.
struct Batch {
  static constexpr std::size_t capacity = 2048;

  std::size_t size = 0;
  std::vector<std::vector<store::TermId>> columns;  ///< each at least `size` long

  /// Empties it and sets the number of columns; keeps their memory.
  void reset(std::size_t width) {
    size = 0;
    columns.resize(width);
    for (auto& column : columns) column.clear();
  }

  /// Appends row `row` of `other`, whose columns are a prefix of this one's; the rest become Undefined.
  void append(const Batch& other, std::size_t row) {
    for (std::size_t i = 0; i < other.columns.size(); ++i) columns[i].push_back(other.columns[i][row]);
    for (std::size_t i = other.columns.size(); i < columns.size(); ++i) columns[i].emplace_back();
    ++size;
  }

  [[nodiscard]] bool is_full() const { return size >= capacity; }
};

/// A stream of solutions in batches of columns, read once from front to back by one thread.
class Operator {
 public:
  Operator() = default;
  Operator(const Operator&) = delete;
  Operator& operator=(const Operator&) = delete;
  virtual ~Operator() = default;

  /// Fills `batch` with the next 1 to Batch::capacity rows.
  ///
  /// @return  false at the end; `batch` is then empty.
  /// @throws  Error(Code::Timeout, Code::Cancelled) by the query's budget, Error(Code::OutOfMemory) past its memory.
  [[nodiscard]] virtual bool next(Batch& batch) = 0;
};

using OperatorPtr = std::unique_ptr<Operator>;

}  // namespace scenograph::sparql
