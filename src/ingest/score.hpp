#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.hpp"
#include "shacl/quality.hpp"
#include "store/store.hpp"

namespace scenograph::ingest {

/// The graph of an installation that holds the scores.
[[nodiscard]] std::string quality_graph(std::string_view base_iri);

/// The IRI of a stored mean over the entities of a source, of a contributor or of the dataset.
[[nodiscard]] std::string group_score_iri(std::string_view base_iri, shacl::Metric metric, std::string_view of);

/// The IRI of a contributor, whom the provenance tells of by name.
[[nodiscard]] std::string contributor_iri(std::string_view base_iri, std::string_view name);

/// What the mean over all entities is a score of: the dataset, as VoID describes it.
[[nodiscard]] std::string dataset_iri(std::string_view base_iri);

/// What is scored and when its sources changed, as the provenance graph `<base_iri>graph/provenance` tells; the graph
/// of scores is left out.
///
/// @param readable  the graphs to score, such as those out of quarantine
/// @param today     in days since 1970-01-01
/// Cost: a pass over the provenance graph.
[[nodiscard]] shacl::QualityOptions quality_options(const store::View& view, const store::GraphSet& readable,
                                                    std::string_view base_iri, std::int64_t today);

/// How to score a store.
struct Scoring {
  const shacl::QualityWeights& weights;
  const shacl::Shapes& shapes;  ///< for validity
  std::string base_iri;         ///< ends in "/"
  std::int64_t today = 0;       ///< in days since 1970-01-01
  bool entities = true;         ///< whether scores of single entities are stored
};

/// A source, or a contributor with all of theirs.
struct ScoredGroup {
  std::string name;               ///< of the contributor; empty: nobody is named
  std::vector<rdf::Term> graphs;  ///< sorted; the default graph is one without IRI
  shacl::Quality quality;
};

struct ScoreResult {
  shacl::Quality all;
  std::vector<ScoredGroup> contributors;  ///< by name
  std::vector<ScoredGroup> sources;       ///< by graph; each has one
  store::CommitResult commit;             ///< of `store_scores`; number unchanged if no score did
};

/// Scores what is out of quarantine, and stores nothing. @throws as `shacl::score`.
[[nodiscard]] ScoreResult score(const store::View& view, const Scoring& scoring, base::Budget& budget);

/// Scores what is out of quarantine and makes the graph of scores hold exactly that, writing only the difference, as
/// measurements of the Data Quality Vocabulary: of each entity, source and contributor, and of the whole dataset; with
/// the most worthwhile improvements of all but entities. Values have two decimals.
///
/// Cost: as `score`, and a pass over the graph of scores; the first time 20 quads an entity are loaded.
/// @throws  as `shacl::score` and the store do; Error(Code::Busy) if another scored meanwhile for the first time.
///
/// Source: W3C Working Group Note "Data on the Web Best Practices: Data Quality Vocabulary", 2016.
[[nodiscard]] ScoreResult store_scores(store::Store& store, const Scoring& scoring, base::Budget& budget,
                                       const std::string& actor = {});

/// Today in UTC, in days since 1970-01-01.
[[nodiscard]] std::int64_t today();

}  // namespace scenograph::ingest
