#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/budget.hpp"
#include "rdf/term.hpp"
#include "shacl/internal/classes.hpp"
#include "shacl/internal/nodes.hpp"
#include "shacl/internal/path_reader.hpp"
#include "shacl/internal/rule_runner.hpp"
#include "shacl/shapes.hpp"
#include "shacl/validate.hpp"
#include "sparql/exec/regex.hpp"
#include "store/term_id.hpp"

namespace scenograph::shacl {

struct Values;

/// A column of focus nodes, sorted; a node comes as often as it was reached. What is learnt of it is kept with it.
struct Column {
  std::vector<store::TermId> nodes;
  bool repeats = false;                                               ///< whether a node comes twice
  std::unordered_map<std::uint32_t, std::unique_ptr<Values>> values;  ///< by `Shape::path_id`
  std::unique_ptr<Values> itself;                                     ///< value nodes of a node shape
};

/// The value nodes of a column, row by row.
struct Values {
  Rows rows;
  std::unique_ptr<Column> distinct_nodes;       ///< made when first needed
  std::optional<std::vector<rdf::Term>> terms;  ///< of the distinct nodes; made when first needed
  std::optional<base::Charge> charge;
};

/// One thing that does not conform. Undefined members are absent.
struct Finding {
  ShapeId shape{};
  const Constraint* constraint = nullptr;
  store::TermId focus;
  store::TermId value;
  store::TermId path;             ///< in place of the shape's: of Closed, and of queries that bind ?path
  std::vector<Message> messages;  ///< of this result alone; may be empty
  std::vector<Annotation> annotations{};
};

/// Sorted nodes, each once.
[[nodiscard]] std::vector<store::TermId> without_repeats(const std::vector<store::TermId>& sorted);

/// Checks whole columns of focus nodes against shapes: each constraint reads the column of values that its path leads
/// to, and finds which rows fail. Values of one path are read once for all constraints of a column. One thread.
class Evaluator {
 public:
  using Sink = std::function<void(const Finding&)>;

  Evaluator(const Shapes& shapes, Nodes& nodes, PathReader& reader, Classes& classes, RuleRunner& runner,
            base::Budget& budget, Sink sink);

  /// Tells the sink of everything in the column that does not conform. REQUIRES: sorted nodes.
  void validate(ShapeId shape, std::vector<store::TermId> nodes);

  /// Which of the nodes do not conform; the sink is not told. REQUIRES: sorted nodes.
  [[nodiscard]] std::vector<bool> failed(ShapeId shape, std::vector<store::TermId> nodes);

 private:
  using Flags = std::vector<bool>;

  /// One constraint over one column.
  struct Task {
    ShapeId shape{};
    const Constraint& constraint;
    Column& column;
    Values& values;
    Flags& failed;  // rows of the column
    bool report;    // whether to tell the sink
  };

  [[nodiscard]] Flags failed(ShapeId id, Column& column, bool report);
  void check(Task& task);
  void fail(Task& task, std::size_t row, store::TermId value = {}, store::TermId path = {});

  // What a column leads to.
  [[nodiscard]] Column make_column(std::vector<store::TermId> nodes) const;
  [[nodiscard]] Values& values_of(const Shape& shape, Column& column);
  [[nodiscard]] Rows follow(const Path& path, const Column& column);
  [[nodiscard]] Column& distinct(Column& column, Values& values);
  [[nodiscard]] const std::vector<rdf::Term>& terms(Column& column, Values& values);

  // Constraints on each value: flags of the distinct values that fail.
  [[nodiscard]] std::optional<Flags> bad_values(Task& task);
  [[nodiscard]] Flags bad_class(Task& task);
  [[nodiscard]] Flags bad_datatype(Task& task);
  [[nodiscard]] Flags bad_node_kind(Task& task);
  [[nodiscard]] Flags out_of_range(Task& task);
  [[nodiscard]] Flags bad_length(Task& task);
  [[nodiscard]] Flags bad_pattern(Task& task);
  [[nodiscard]] Flags bad_language(Task& task);
  [[nodiscard]] Flags not_in(Task& task);
  [[nodiscard]] Flags bad_logic(Task& task);
  [[nodiscard]] Flags not_true(Task& task);

  // Constraints on all values of a row.
  void check_count(Task& task);
  void check_unique_lang(Task& task);
  void check_pair(Task& task);
  void check_less_than(Task& task, const Rows& others);
  void check_property(Task& task);
  void check_qualified(Task& task);
  void check_closed(Task& task);
  void check_has_value(Task& task);

  // Queries.
  void check_sparql(Task& task);
  void check_select(Task& task);
  void check_ask(Task& task);
  void describe(Finding& finding, const RuleRunner::Solution* solution) const;
  [[nodiscard]] std::vector<Annotation> annotations_for(const Finding& finding,
                                                        const RuleRunner::Solution* solution) const;
  [[nodiscard]] std::vector<Message> messages_for(const Finding& finding, const RuleRunner::Solution* solution) const;

  const Shapes* shapes_;
  Nodes* nodes_;
  PathReader* reader_;
  Classes* classes_;
  RuleRunner* runner_;
  base::Budget* budget_;
  Sink sink_;
  std::unordered_map<const Constraint*, sparql::Regex> patterns_;
};

}  // namespace scenograph::shacl
