#include "shacl/internal/node_runner.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>
#include <vector>

#include "shacl/internal/sparql_function.hpp"

namespace scenograph::shacl {

using store::TermId;

namespace {

std::size_t position(const std::vector<TermId>& sorted, TermId id) {
  return static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), id) - sorted.begin());
}

/// All nodes of the rows, sorted, each once.
std::vector<TermId> distinct(const Rows& rows) {
  std::vector<TermId> nodes = rows.nodes;
  sort_unique(nodes);
  return nodes;
}

/// Calls `sink` with one of each of the choices, in all combinations; of none, Undefined.
template <typename Sink>
void each_combination(const std::vector<std::span<const TermId>>& choices, const Sink& sink) {
  std::vector<std::size_t> places(choices.size());
  std::vector<TermId> chosen(choices.size());
  for (;;) {
    for (std::size_t i = 0; i < choices.size(); ++i) chosen[i] = choices[i].empty() ? TermId() : choices[i][places[i]];
    sink(chosen);
    std::size_t at = 0;  // as a counter counts
    while (at < places.size() && ++places[at] >= choices[at].size()) places[at++] = 0;
    if (at == places.size()) return;
  }
}

/// Calls of one function, each for a row: calls for the same arguments are one.
class Calls {
 public:
  static constexpr std::size_t at_once = 65'536;

  Calls(const SparqlFunction& function, RuleRunner& runner, base::Budget& budget)
      : function_(function), runner_(runner), charge_(budget) {}

  void add(std::size_t row, const std::vector<TermId>& arguments) {
    cells_.insert(cells_.end(), arguments.begin(), arguments.end());
    rows_.push_back(row);
    if (rows_.size() == at_once) make();
  }

  /// Row by row, sorted, each once.
  [[nodiscard]] Rows finish(std::size_t rows) {
    make();
    std::sort(values_.begin(), values_.end());
    values_.erase(std::unique(values_.begin(), values_.end()), values_.end());
    Rows out;
    auto next = values_.begin();
    for (std::size_t row = 0; row < rows; ++row) {
      for (; next != values_.end() && next->first == row; ++next) out.nodes.push_back(next->second);
      out.end_row();
    }
    return out;
  }

 private:
  [[nodiscard]] std::span<const TermId> arguments_of(std::size_t call) const {
    const std::size_t width = function_.parameters.size();
    return std::span(cells_).subspan(call * width, width);
  }

  void make() {
    std::vector<std::size_t> order(rows_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (!function_.varies) {
      std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
        return std::ranges::lexicographical_compare(arguments_of(a), arguments_of(b));
      });
    }
    std::vector<TermId> distinct_cells;
    std::vector<std::size_t> numbers;  // of the distinct call that each one of `order` is
    std::size_t calls = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
      const auto own = arguments_of(order[i]);
      const bool is_new = i == 0 || function_.varies || !std::ranges::equal(own, arguments_of(order[i - 1]));
      if (is_new) distinct_cells.insert(distinct_cells.end(), own.begin(), own.end());
      calls += is_new ? 1 : 0;
      numbers.push_back(calls - 1);
    }
    charge_.set((2 * cells_.size() + values_.size() * 2 + 4 * order.size()) * sizeof(TermId));
    const std::vector<TermId> found = runner_.call(function_, distinct_cells, calls);
    for (std::size_t i = 0; i < order.size(); ++i) {
      const TermId value = found[numbers[i]];
      if (!value.is_undefined()) values_.emplace_back(rows_[order[i]], value);
    }
    cells_.clear();
    rows_.clear();
  }

  const SparqlFunction& function_;
  RuleRunner& runner_;
  base::Charge charge_;
  std::vector<TermId> cells_;
  std::vector<std::size_t> rows_;                       // of the calls to be made
  std::vector<std::pair<std::size_t, TermId>> values_;  // row, value
};

}  // namespace

Rows NodeRunner::run(const NodeExpression& expression, std::span<const TermId> focus) {
  using Kind = NodeExpression::Kind;
  switch (expression.kind) {
    case Kind::Constant:
      return constant(expression, focus.size());
    case Kind::Path:
      return path(expression, focus);
    case Kind::Filter:
      return filter(expression, focus);
    case Kind::Intersection:
    case Kind::Union:
      return together(expression, focus);
    case Kind::Function:
      return call(expression, focus);
    case Kind::Focus:
      break;
  }
  Rows rows;
  for (const TermId node : focus) {
    rows.nodes.push_back(node);
    rows.end_row();
  }
  return rows;
}

Rows NodeRunner::constant(const NodeExpression& expression, std::size_t size) {
  Rows rows;
  rows.nodes.assign(size, nodes_->id(expression.constant));
  for (std::uint32_t i = 1; i <= size; ++i) rows.offsets.push_back(i);
  return rows;
}

Rows NodeRunner::path(const NodeExpression& expression, std::span<const TermId> focus) {
  const Rows starts = run(expression.parts.front(), focus);
  const std::vector<TermId> from = distinct(starts);
  const Rows reached = reader_->follow(*expression.path, from);
  Rows rows;
  for (std::size_t row = 0; row < starts.size(); ++row) {
    std::vector<TermId> own;
    for (const TermId start : starts.of(row)) {
      const auto ends = reached.of(position(from, start));
      own.insert(own.end(), ends.begin(), ends.end());
    }
    sort_unique(own);
    rows.nodes.insert(rows.nodes.end(), own.begin(), own.end());
    rows.end_row();
  }
  return rows;
}

Rows NodeRunner::filter(const NodeExpression& expression, std::span<const TermId> focus) {
  const Rows all = run(expression.parts.front(), focus);
  const std::vector<TermId> nodes = distinct(all);
  const std::vector<bool> failed = evaluator_->failed(*expression.shape, nodes);
  Rows rows;
  for (std::size_t row = 0; row < all.size(); ++row) {
    for (const TermId node : all.of(row)) {
      if (!failed[position(nodes, node)]) rows.nodes.push_back(node);
    }
    rows.end_row();
  }
  return rows;
}

/// Union and intersection; the parts' rows are sorted.
Rows NodeRunner::together(const NodeExpression& expression, std::span<const TermId> focus) {
  Rows rows = run(expression.parts.front(), focus);
  for (std::size_t i = 1; i < expression.parts.size(); ++i) {
    const Rows others = run(expression.parts[i], focus);
    Rows joined;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const auto one = rows.of(row);
      const auto other = others.of(row);
      const auto out = std::back_inserter(joined.nodes);
      if (expression.kind == NodeExpression::Kind::Union) {
        std::set_union(one.begin(), one.end(), other.begin(), other.end(), out);
      } else {
        std::set_intersection(one.begin(), one.end(), other.begin(), other.end(), out);
      }
      joined.end_row();
    }
    rows = std::move(joined);
  }
  return rows;
}

/// For all combinations of what the arguments lead to; an optional one that leads nowhere is not given.
Rows NodeRunner::call(const NodeExpression& expression, std::span<const TermId> focus) {
  const SparqlFunction& function = *expression.function;
  std::vector<Rows> arguments;
  for (const NodeExpression& part : expression.parts) arguments.push_back(run(part, focus));
  Calls calls(function, *runner_, *budget_);
  for (std::size_t row = 0; row < focus.size(); ++row) {
    std::vector<std::span<const TermId>> choices(function.parameters.size());
    bool is_callable = true;
    for (std::size_t i = 0; i < choices.size(); ++i) {
      if (i < arguments.size()) choices[i] = arguments[i].of(row);
      is_callable = is_callable && (!choices[i].empty() || function.parameters[i].optional);
    }
    if (!is_callable) continue;
    each_combination(choices, [&](const std::vector<TermId>& chosen) { calls.add(row, chosen); });
  }
  return calls.finish(focus.size());
}

}  // namespace scenograph::shacl
