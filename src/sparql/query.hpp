#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.hpp"
#include "rdf/term.hpp"
#include "rdf/term_list.hpp"
#include "sparql/custom_functions.hpp"
#include "sparql/service_client.hpp"
#include "store/graph_set.hpp"
#include "store/store.hpp"

namespace scenograph::sparql {

enum class QueryForm : std::uint8_t { Select, Ask, Construct, Describe };

/// Text is indented, for people; Json is one object an operator, as docs/http.md has it.
enum class ExplainFormat : std::uint8_t { Text, Json };

/// "text" or "json". @throws Error(Code::BadArgument)
[[nodiscard]] ExplainFormat parse_explain_format(std::string_view name);

/// How patterns that form cycles are joined: one after the other, all at once, or as costs less. The answer is the
/// same.
enum class CyclicJoins : std::uint8_t { ByCost, OneByOne, AtOnce };

/// How to read a query, and what it may see.
struct QueryOptions {
  store::GraphSet readable = store::GraphSet::all();  ///< graphs the caller may see; nothing reads past it

  /// Whether the default graph of a query without dataset clause is the union of the readable graphs (a triple held by
  /// several comes once), rather than the store's unnamed graph alone.
  bool union_default_graph = true;

  /// The dataset of the protocol (SPARQL 1.1 Protocol, section 2.1.4). If either is given, FROM and FROM NAMED are
  /// ignored. Graph IRIs that the store does not hold are empty graphs.
  std::vector<std::string> default_graphs;
  std::vector<std::string> named_graphs;

  std::string base;             ///< base IRI that relative IRIs of the text are resolved against; empty: none
  bool usual_prefixes = false;  ///< whether prefixes that the text does not declare are `syntax::usual_prefixes`

  std::uint64_t max_results = 0;  ///< solutions or triples; reading past them throws Error(Code::TooLarge); 0: no limit
  std::string_view max_results_remedy =
      "add LIMIT, or raise it with --max-results";  ///< ends its message; outlives all

  std::shared_ptr<const ServiceClient> services;  ///< asks what SERVICE asks; null: SERVICE is refused
  std::shared_ptr<CustomFunctions> functions;     ///< besides those of the engine; may be null

  CyclicJoins cyclic_joins = CyclicJoins::ByCost;
};

/// Solutions as columns of equal length, in the order of `QueryResult::variables`. A cell is a place in `terms`, where
/// equal terms mostly share one.
struct SolutionBatch {
  using Place = std::uint32_t;
  static constexpr Place unbound = 0xFFFFFFFF;

  std::size_t size = 0;
  std::vector<std::vector<Place>> columns;
  rdf::TermList terms;

  /// The term of a cell, valid until `terms` changes; nullopt is unbound.
  [[nodiscard]] std::optional<rdf::TermView> at(std::size_t column, std::size_t row) const {
    const Place place = columns[column][row];
    return place == unbound ? std::nullopt : std::optional(terms[place]);
  }
};

/// A running query, read once from front to back by one thread. Work is done as batches are asked for; the snapshot
/// and the budget are held as long as this lives.
///
/// Each reader may throw Error(Code::Timeout, Code::Cancelled, Code::OutOfMemory) by the budget's limits,
/// Error(Code::TooLarge) by `QueryOptions::max_results`.
class QueryResult {
 public:
  virtual ~QueryResult() = default;

  [[nodiscard]] virtual QueryForm form() const = 0;

  /// Names without "?", in the order of projection; empty unless Select.
  [[nodiscard]] virtual const std::vector<std::string>& variables() const = 0;

  /// Fills `batch` with the next solutions; @return false at the end. REQUIRES: Select.
  [[nodiscard]] virtual bool next(SolutionBatch& batch) = 0;

  /// The answer, found at the first call. REQUIRES: Ask.
  [[nodiscard]] virtual bool boolean() = 0;

  /// Replaces `triples` by the next ones, none of them repeated within the result; @return false at the end.
  /// REQUIRES: Construct or Describe.
  [[nodiscard]] virtual bool next(std::vector<rdf::Triple>& triples) = 0;

  /// The operators so far: estimated rows, actual rows, time and memory of each, as a tree. Complete once all is read.
  [[nodiscard]] virtual std::string explain(ExplainFormat format) const = 0;
};

/// Parses and plans `text`; runs it as the result is read.
///
/// @param budget  deadline and memory; null means no limits.
/// @throws  Error(Code::BadSyntax) with line and column in `text`; Error(Code::Unsupported) naming a function that is
/// not
///          there; Error(Code::Denied) for SERVICE without `services`.
///
/// Source: SPARQL 1.1 Query Language; SPARQL 1.1 Federated Query.
[[nodiscard]] std::unique_ptr<QueryResult> run_query(store::Snapshot snapshot, std::string_view text,
                                                     const QueryOptions& options = {},
                                                     std::shared_ptr<base::Budget> budget = nullptr);

/// Runs the query to its end, throws the rows away, and tells how: the algebra, then the operators as
/// `QueryResult::explain` gives them, the time that planning and all took, and the most memory that was charged.
///
/// @param budget  as for `run_query`, and not null.
[[nodiscard]] std::string explain(store::Snapshot snapshot, std::string_view text, const QueryOptions& options,
                                  const std::shared_ptr<base::Budget>& budget, ExplainFormat format);

}  // namespace scenograph::sparql
