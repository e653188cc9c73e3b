#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "sparql/exec/evaluator.hpp"

namespace scenograph::sparql {

enum class AggregateKind : std::uint8_t { Count, Sum, Min, Max, Avg, Sample, GroupConcat };

/// One aggregate over the rows of a group. Source: SPARQL 1.1 Query, section 18.5.1.
struct Aggregate {
  AggregateKind kind = AggregateKind::Count;
  bool distinct = false;
  EvaluatorPtr argument;  ///< null: COUNT(*)
  int column = -1;        ///< of the argument, if that is a variable and no more
  std::string separator = " ";
};

/// Rows of a batch with the numbers of their groups.
struct GroupedRows {
  const Batch* batch = nullptr;
  std::span<const std::uint32_t> rows;
  std::span<const std::uint32_t> groups;  ///< as many
};

/// What one aggregate knows of all groups so far. Memory is charged to the budget. One thread.
class Accumulator {
 public:
  virtual ~Accumulator() = default;

  /// Makes room for so many groups; the new ones are empty.
  virtual void resize(std::size_t groups) = 0;

  virtual void add(const GroupedRows& rows) = 0;

  /// To be called once all rows were added, before results are asked for.
  virtual void finish() {}

  /// Undefined for an error.
  [[nodiscard]] virtual store::TermId result(std::size_t group) = 0;

  /// Forgets all groups.
  virtual void clear() = 0;

  /// What is held in memory.
  [[nodiscard]] virtual std::size_t bytes() const = 0;
};

/// An accumulator of the aggregate's values, whether distinct or not.
[[nodiscard]] std::unique_ptr<Accumulator> make_accumulator(Context& context, Aggregate aggregate);

}  // namespace scenograph::sparql
