#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rdf/term.hpp"
#include "shacl/quality.hpp"
#include "store/store.hpp"

namespace scenograph::ingest {

/// What the graph of scores is to hold.
struct StoredScores {
  rdf::Term graph;
  std::string base_iri;
  const shacl::QualityReport* entities = nullptr;  ///< each has measurements; null: none has
  std::vector<rdf::Triple> others;                 ///< whatever else; of no subject that is an entity's measurement
};

/// A score as it is stored: hundredths. REQUIRES: measured.
[[nodiscard]] int hundredths(double score);
[[nodiscard]] rdf::Term decimal(double score);

/// `<base>quality/<what>/…` with the end of an IRI under the base, else `<base>quality/<what>?of=…`.
[[nodiscard]] std::string score_iri(std::string_view base_iri, std::string_view what, std::string_view of);

/// Adds the four triples of a measurement.
void add_measurement(std::vector<rdf::Triple>& out, const rdf::Term& measurement, const rdf::Term& of,
                     shacl::Metric metric, double score);

/// Makes the graph hold exactly that; only the difference is written. Measurements of entities are told by what they
/// measure: what is there already is not looked up by name. Cost: a pass over the graph, and some look-ups for each
/// measurement that is new. Memory: 1 bit a measurement, and what changes.
void write_difference(store::Transaction& transaction, const StoredScores& scores);

/// The same for a graph that is empty, however much it is to hold, in a commit of its own.
///
/// @param view  that the report is of
/// @throws Error(Code::Busy) if something was written to the graph meanwhile.
store::CommitResult write_first(store::Store& store, const store::View& view, const StoredScores& scores,
                                const store::CommitNote& note);

}  // namespace scenograph::ingest
