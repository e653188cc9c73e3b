#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/scratch_file.hpp"
#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"

namespace scenograph::sparql {

/// Rows that are sorted a part at a time, on disk, and then merged. One thread; the context must outlive it.
class SortedRuns {
 public:
  using Row = std::span<const store::TermId>;

  /// How the present rows of the runs compare.
  class Order {
   public:
    virtual ~Order() = default;
    /// Takes the next row of a run in, in place of the one before.
    virtual void set(std::size_t run, Row row) = 0;
    /// Whether the present row of one run comes before that of another.
    [[nodiscard]] virtual bool before(std::size_t a, std::size_t b) const = 0;
  };

  SortedRuns(Context& context, std::size_t width) : context_(context), width_(width), charge_(*context.budget) {}

  [[nodiscard]] bool empty() const { return starts_.empty(); }

  /// Writes one run: the rows of the columns in this order. @throws what the budget and its scratch files throw.
  template <typename Number>
  void add(const std::vector<std::vector<store::TermId>>& columns, const std::vector<Number>& order) {
    begin_run();
    std::vector<store::TermId> row(width_);
    for (const Number number : order) {
      for (std::size_t i = 0; i < width_; ++i) row[i] = columns[i][number];
      write(row);
    }
    end_run();
  }

  /// Begins a run whose rows are written one by one.
  void begin_run();
  void write(Row row);
  void end_run();

  /// Starts to merge. @param order  equal rows come by their runs.
  void merge(std::unique_ptr<Order> order);

  /// Appends the next rows, at most `most`.
  void read(Batch& batch, std::uint64_t most);

 private:
  struct Run {
    explicit Run(base::ScratchReader its_reader) : reader(std::move(its_reader)) {}

    base::ScratchReader reader;
    std::vector<store::TermId> row;
  };

  /// Reads the run's next row. @return false at its end.
  bool advance(std::size_t run);
  [[nodiscard]] bool is_after(std::size_t a, std::size_t b) const;

  Context& context_;
  std::size_t width_;
  std::unique_ptr<base::ScratchFile> file_;
  std::vector<std::uint64_t> starts_;
  std::vector<Run> runs_;
  std::vector<std::size_t> heap_;  ///< runs that are not at their end, the first one on top
  std::unique_ptr<Order> order_;
  std::size_t written_ = 0;
  base::Charge charge_;
};

/// By the ids of one column.
[[nodiscard]] std::unique_ptr<SortedRuns::Order> make_id_order(std::size_t column);

}  // namespace scenograph::sparql
