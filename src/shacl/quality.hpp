#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/budget.hpp"
#include "shacl/quality_weights.hpp"
#include "store/graph_set.hpp"
#include "store/view.hpp"

namespace scenograph::shacl {

struct QualityOptions {
  store::GraphSet graphs = store::GraphSet::all();  ///< the data that is scored
  std::vector<store::TermId> not_sources{};         ///< graphs that speak of others, such as provenance
  std::string part_prefix{};                        ///< IRIs that start so are parts of other entities; "": none
  std::int64_t today = 0;                           ///< in days since 1970-01-01
  std::unordered_map<store::TermId, std::int64_t> changed{};  ///< graphs: the day of their last change, likewise
};

/// By `Metric`, 0 to 1; `not_measured` of those that do not apply.
using Scores = std::array<double, metric_count>;
inline constexpr double not_measured = std::numeric_limits<double>::quiet_NaN();

/// Something to add or to mend, and what it would bring.
struct Improvement {
  std::optional<std::size_t> rule;  ///< index in `QualityWeights::rules`; none: results of the validation
  std::uint64_t entities = 0;       ///< that lack it
  double gain = 0;                  ///< of the overall score, if none did
};

/// Of one entity, or the means over several ones.
struct Quality {
  std::uint64_t entities = 0;  ///< 0: nothing is scored
  Scores scores{not_measured, not_measured, not_measured, not_measured, not_measured};
  std::vector<Improvement> improvements;  ///< with the largest gain first
};

/// The scores of all entities and of the graphs that describe them. Holds ids of the view it was made from.
class QualityReport {
 public:
  virtual ~QualityReport() = default;

  /// Sorted, each once.
  [[nodiscard]] virtual std::span<const store::TermId> entities() const = 0;

  /// Of one of them, by its place.
  [[nodiscard]] virtual Scores scores(std::size_t entity) const = 0;

  /// Graphs that describe any of them, sorted; may hold the default graph.
  [[nodiscard]] virtual std::vector<store::TermId> sources() const = 0;

  /// Over the entities that any of these graphs speaks of; each counts once.
  [[nodiscard]] virtual Quality of_sources(std::span<const store::TermId> graphs) const = 0;

  [[nodiscard]] virtual Quality of_all() const = 0;
};

/// Scores every entity: the nodes with an IRI that shapes of the weights target, but those under `part_prefix`.
///
/// Completeness and links are what an entity earned of what the shapes that target it could bring. Validity is 1, less
/// a penalty for each result of `shapes` about the entity or, over at most four steps, about parts that it refers to:
/// blank nodes, nodes under `part_prefix`, and instances of the part classes that are no entities themselves. Freshness
/// is 2^(-age / half-life) of schema:dateModified, else of the latest change of a graph that speaks of the entity; it
/// does not apply where neither is known, and where all dates of `QualityClass::until` are past.
///
/// Cost: as `validate` with both shapes graphs, and a pass over the subjects. Memory: 50 bytes an entity, and 16 for
/// each result about a part. The weights and the budget must outlive the report. @throws as `validate`.
[[nodiscard]] std::unique_ptr<QualityReport> score(const store::View& view, const QualityWeights& weights,
                                                   const Shapes& shapes, const QualityOptions& options,
                                                   base::Budget& budget);

/// The same of one entity, at the cost of what is around it; nothing is scored if it is none.
[[nodiscard]] Quality score_entity(const store::View& view, const QualityWeights& weights, const Shapes& shapes,
                                   const QualityOptions& options, store::TermId entity, base::Budget& budget);

/// What to add or to mend: "an image". @param language  "fr" or "en"
[[nodiscard]] std::string_view improvement_name(const QualityWeights& weights, const Improvement& improvement,
                                                std::string_view language);

/// The same with the entities it concerns: "an image on 312 performances".
[[nodiscard]] std::string improvement_text(const QualityWeights& weights, const Improvement& improvement,
                                           std::string_view language);

/// "0.75" or, in French, "0,75"; "–" of what is not measured.
[[nodiscard]] std::string score_text(double score, std::string_view language);

}  // namespace scenograph::shacl
