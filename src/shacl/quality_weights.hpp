#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rdf/term.hpp"
#include "shacl/shapes.hpp"
#include "shacl/validate.hpp"

namespace scenograph::shacl {

/// What is measured of an entity, each between 0 and 1. Overall is the mean of the others by their weights.
enum class Metric : std::uint8_t { Completeness, Validity, Links, Freshness, Overall };
inline constexpr std::size_t metric_count = 5;
inline constexpr std::array<std::string_view, metric_count> metric_names = {"completeness", "validity", "links",
                                                                            "freshness", "overall"};

/// "https://w3id.org/scenograph/quality#completeness"
[[nodiscard]] std::string metric_iri(Metric metric);

/// From "completeness" and the like; nullopt for other words.
[[nodiscard]] std::optional<Metric> parse_metric(std::string_view name);

/// A property shape that entities of one class earn its weight by, if they conform to it.
struct QualityRule {
  rdf::Term id;
  ShapeId shape{};
  std::size_t of_class = 0;  ///< index in `QualityWeights::classes`
  Metric metric = Metric::Completeness;
  double weight = 0;
  std::vector<Message> names;  ///< of what is lacking otherwise: "an image"
};

/// A node shape whose targets are scored.
struct QualityClass {
  ShapeId shape{};
  std::vector<std::size_t> rules;  ///< indices in `QualityWeights::rules`
  std::optional<Path> until;       ///< to dates after which an entity need not be fresh any more
  std::vector<Message> names;      ///< "performance"
  std::vector<Message> plurals;    ///< "performances"
};

/// What counts for the quality of entities and how much: a shapes graph with weights (shapes/quality/weights.ttl
/// explains the form). Immutable once made; any number of threads may score with it.
struct QualityWeights {
  Shapes shapes;
  std::vector<QualityRule> rules;
  std::vector<QualityClass> classes;
  std::array<double, metric_count> weights{};  ///< of metrics; that of Overall is 0
  std::array<double, 3> penalties{};           ///< of one result, by `Severity`
  std::vector<rdf::Term> part_classes;         ///< instances count for what refers to them, though they have an IRI
  double half_life_days = 0;
  double step_days = 0;  ///< ages count in whole steps of this, so that scores do not change daily; 0: they do
  std::array<std::vector<Message>, metric_count> names;
  std::vector<Message> mending;      ///< what to do about results of the validation
  std::vector<rdf::Triple> metrics;  ///< what people and machines are told of the metrics
};

/// Reads weights; the graph members of `quads` are ignored.
///
/// @throws  Error(Code::BadData) naming the node where a weight is lacking, negative or no number, a metric is lacking
///          or unknown, or a shape cannot be scored by, at its place if `options.place_of` knows it; what `load_shapes`
///          throws.
[[nodiscard]] QualityWeights load_quality_weights(std::span<const rdf::Quad> quads, const LoadOptions& options = {});

}  // namespace scenograph::shacl
