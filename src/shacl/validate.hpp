#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/budget.hpp"
#include "rdf/term.hpp"
#include "shacl/origin.hpp"
#include "shacl/shapes.hpp"
#include "store/graph_set.hpp"
#include "store/view.hpp"

namespace scenograph::shacl {

/// How much a result matters; an IRI other than the three of SHACL counts as a Violation.
enum class Severity : std::uint8_t { Violation, Warning, Info };

/// From "violation", "warning" or "info"; nullopt for other words.
[[nodiscard]] std::optional<Severity> parse_severity(std::string_view name);

/// A constraint that some node failed: what all of its results share.
struct Check {
  rdf::Term source_shape;
  Component component = Component::Class;
  std::string component_iri;
  std::optional<rdf::Term> source_constraint;  ///< of sh:sparql and sh:expression: its value
  std::optional<Path> path;                    ///< sh:resultPath
  std::string severity_iri;
  Severity severity = Severity::Violation;
  std::vector<Message> messages;  ///< sh:message; where the shape has none, a sentence in English and one in French
  bool own_messages = false;      ///< whether they come from the shapes graph
  std::vector<Message> names;     ///< sh:name of the property shape: what people call the field
  std::uint64_t count = 0;        ///< results, those not kept included
};

/// One more triple about a result (SHACL Advanced Features, section 4).
struct Annotation {
  std::string property;  ///< IRI
  rdf::Term value;

  friend auto operator<=>(const Annotation&, const Annotation&) = default;
};

/// One validation result (SHACL, section 3.6.2).
struct Result {
  rdf::Term focus_node;
  std::optional<rdf::Term> value;
  std::uint32_t check = 0;          ///< index in `Report::checks`
  std::vector<Message> messages{};  ///< in place of the check's: of a query whose messages tell of this result alone
  std::vector<Annotation> annotations{};  ///< of a query with sh:resultAnnotation
  std::vector<std::uint32_t> fields{};    ///< where in exports it stands: indexes in `Report::fields`; empty: not known
};

/// What people know a focus node by.
struct Entity {
  std::vector<Message> names;        ///< schema:name, else rdfs:label, skos:prefLabel
  std::vector<rdf::Term> types;      ///< rdf:type
  std::optional<rdf::Term> part_of;  ///< of a blank node without name: the node that refers to it
  std::optional<rdf::Term> start;    ///< schema:startDate, which tells the performances of one show apart
  std::vector<Record> records{};     ///< of exports, that speak of it; empty: not known
};

/// The outcome of a validation; depends on neither the store nor the shapes any more.
struct Report {
  bool conforms = true;                            ///< no result at all, of any severity (SHACL, section 3.6.1.1)
  std::vector<Check> checks;                       ///< most severe first, then by count, largest first
  std::vector<Result> results;                     ///< by check, then by focus node; at most `Options::max_results`
  std::unordered_map<rdf::Term, Entity> entities;  ///< of each focus node in `results`, and what they are part of
  std::vector<Field> fields;                       ///< of exports, that results name
  std::vector<base::Diagnostic> notices;           ///< from the shapes: what was not checked
  std::uint64_t focus_nodes = 0;                   ///< checked, each once for every shape that targets it; not those
                                                   ///< that `validate` was to check and the data does not know
  std::uint64_t total = 0;                         ///< results, those not kept included
  std::uint64_t entities_failed = 0;               ///< distinct focus nodes among `results`
  bool stopped = false;                            ///< by `Options::stop_at`: there may be more than this

  [[nodiscard]] const Check& check_of(const Result& result) const { return checks[result.check]; }
  [[nodiscard]] const std::vector<Message>& messages_of(const Result& result) const {
    return result.messages.empty() ? check_of(result).messages : result.messages;
  }
  [[nodiscard]] std::uint64_t count(Severity severity) const noexcept;

  /// Whether there is a result of this severity or of a worse one.
  [[nodiscard]] bool has(Severity least) const noexcept;
};

struct Options {
  store::GraphSet graphs = store::GraphSet::all();  ///< the data graph is the union of these
  std::size_t max_results = 100'000;                ///< kept in the report, the most severe ones; counts stay exact
  std::optional<Severity> stop_at;                  ///< ends at the first result of this severity, or of a worse one
  std::size_t threads = 1;                          ///< of `validate`; more than one need a view that all may read
  /// Runs queries of SHACL-SPARQL once for each focus node even where one run for all of them gives the same results:
  /// to compare the two.
  bool node_by_node = false;
};

/// Validates the data against the shapes.
///
/// Constraints run over columns of at most 65,536 focus nodes and their values, read off the sorted indexes; memory is
/// 8 bytes a focus node and what one such column needs, for each thread. The report is the same for any number of
/// threads. Queries run once for a column where that gives the same as once
/// for each node (internal/set_based.hpp). Checks `budget` at least once a batch.
///
/// @throws  Error(Code::Timeout, Code::Cancelled, Code::OutOfMemory) from the budget; Error(Code::BadData) where a
/// query
///          says that it failed (?failure).
///
/// Source: SHACL, sections 2 to 6.
[[nodiscard]] Report validate(const store::View& view, const Shapes& shapes, const Options& options,
                              base::Budget& budget);

/// Validates what some changes may have touched: the focus nodes from which the shapes reach a triple that came or
/// went, or, of shapes in shapes that report on each value node by itself, these value nodes alone. Others conform as
/// they did before. Shapes with queries, which may read anything, are validated in full, and so is everything where
/// classes became subclasses of others, or ceased to be.
///
/// @param view     the state after the changes, such as a transaction that has not committed yet
/// @param changes  quads that were added or removed, with the ids of `view`; those of other graphs than
///                 `options.graphs` are passed over
/// Cost: in proportion to the changes and to what the shapes read around them, whatever the size of the store.
/// @throws  as `validate`.
[[nodiscard]] Report validate_changes(const store::View& view, const Shapes& shapes,
                                      std::span<const store::QuadId> changes, const Options& options,
                                      base::Budget& budget);

}  // namespace scenograph::shacl
