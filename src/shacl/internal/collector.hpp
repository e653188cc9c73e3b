#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "base/budget.hpp"
#include "shacl/internal/evaluator.hpp"
#include "shacl/internal/nodes.hpp"
#include "shacl/validate.hpp"

namespace scenograph::shacl {

/// Counts all findings by check, and keeps the first ones of each severity. One thread. Memory: `max_results` findings
/// of each severity, charged to the budget.
class Collector {
 public:
  struct Kept {
    std::uint32_t check;
    store::TermId focus;
    store::TermId value;
    std::vector<Message> messages;
    std::vector<Annotation> annotations;
  };

  /// Everything must outlive it.
  Collector(const Shapes& shapes, const Nodes& nodes, const Options& options, base::Budget& budget)
      : shapes_(&shapes), nodes_(&nodes), options_(&options), charge_(budget), texts_charge_(budget) {}

  void add(Finding finding);

  /// Whether `Options::stop_at` was reached; what is added from then on counts for nothing.
  [[nodiscard]] bool has_enough() const noexcept { return has_enough_; }

  /// Puts the most severe and most frequent checks first in the report; their results follow, sorted and cut to the
  /// limit.
  [[nodiscard]] std::vector<Kept> finish(Report& report);

 private:
  using Key = std::tuple<ShapeId, const Constraint*, store::TermId>;

  [[nodiscard]] std::uint32_t check_of(const Finding& finding);

  const Shapes* shapes_;
  const Nodes* nodes_;
  const Options* options_;
  base::Charge charge_;
  base::Charge texts_charge_;
  std::vector<Check> checks_;
  std::map<Key, std::uint32_t> ids_;
  Key last_{};
  std::uint32_t last_check_ = 0;
  std::vector<Kept> kept_;
  std::array<std::size_t, 3> kept_by_severity_{};
  bool has_enough_ = false;
};

/// From `Shape::severity`.
[[nodiscard]] Severity severity_of(const std::string& iri);

/// What a finding's check is to say of all its results.
[[nodiscard]] Check make_check(const Shapes& shapes, const Nodes& nodes, const Finding& finding);

}  // namespace scenograph::shacl
