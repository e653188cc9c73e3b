#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.hpp"
#include "rdf/term.hpp"
#include "sparql/service_client.hpp"
#include "store/graph_set.hpp"
#include "store/store.hpp"

namespace scenograph::sparql {

/// Reads the document at an address for LOAD, all its quads into the sink. Called before the update's transaction
/// opens.
using DocumentLoader =
    std::function<void(const std::string& address, const std::shared_ptr<base::Budget>& budget, const rdf::QuadSink&)>;

/// How to read an update, and what it may see and change.
struct UpdateOptions {
  store::GraphSet readable = store::GraphSet::all();  ///< graphs the caller may see; others are not changed either

  /// Whether WHERE without USING or WITH sees the union of the readable graphs, rather than the store's unnamed graph
  /// alone. Templates without GRAPH change the unnamed graph in any case.
  bool union_default_graph = true;

  /// The dataset of the protocol for WHERE (SPARQL 1.1 Protocol, section 2.2.3).
  std::vector<std::string> using_graphs;
  std::vector<std::string> using_named;

  std::string base;             ///< base IRI that relative IRIs of the text are resolved against; empty: none
  bool usual_prefixes = false;  ///< whether prefixes that the text does not declare are `syntax::usual_prefixes`
  std::string actor;            ///< for the change log

  DocumentLoader load;                            ///< null: LOAD is refused
  std::shared_ptr<const ServiceClient> services;  ///< asks what SERVICE asks; null: SERVICE is refused
};

/// Runs the operations of a request one after the other, each seeing what those before it did, in one transaction: all
/// of them become visible and durable at once, or none if this throws. Waits until no other transaction is open.
///
/// A graph is there as long as it holds a quad: CREATE leaves no trace, DROP is CLEAR, and neither fails for a graph
/// that is not there. Quads whose template has no value, or none that may stand there, are passed over.
///
/// Documents that LOAD names are fetched before the transaction opens, so that nobody waits for them, and held in
/// memory. LOAD SILENT of one that cannot be had whole loads nothing of it.
///
/// @param budget  deadline and memory, for documents and for solutions waiting to be applied; null means no limits.
/// @throws  Error(Code::BadSyntax) with line and column in `text`; Error(Code::NotFound) for ADD, MOVE or COPY from a
///          graph that is not there; Error(Code::BadArgument) for CREATE of one that is, and for USING or WITH together
///          with the protocol's dataset; Error(Code::Denied) for LOAD and SERVICE that nothing allows, and for graphs
///          outside `readable`; what loading, services and the store throw.
///
/// Source: SPARQL 1.1 Update, section 3.
store::CommitResult run_update(store::Store& store, std::string_view text, const UpdateOptions& options = {},
                               std::shared_ptr<base::Budget> budget = nullptr);

}  // namespace scenograph::sparql
