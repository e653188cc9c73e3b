#include "shacl/validate.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "rdf/vocab.hpp"
#include "shacl/internal/collector.hpp"
#include "shacl/internal/describe.hpp"
#include "shacl/internal/validation.hpp"

namespace scenograph::shacl {

using store::TermId;

namespace {

void write_results(const store::View& view, const Options& options, Nodes& nodes, PathReader& reader,
                   std::vector<Collector::Kept> kept, Report& report) {
  std::vector<TermId> ids;
  for (const auto& result : kept) ids.push_back(result.focus);
  sort_unique(ids);
  report.entities_failed = ids.size();
  report.entities = describe(view, options.graphs, nodes, reader, ids);
  for (const auto& result : kept) {
    if (!result.value.is_undefined()) ids.push_back(result.value);
  }
  sort_unique(ids);
  const auto terms = nodes.terms(ids);
  const auto term_of = [&](TermId id) -> const rdf::Term& {
    return terms[static_cast<std::size_t>(std::lower_bound(ids.begin(), ids.end(), id) - ids.begin())];
  };
  report.results.reserve(kept.size());
  for (auto& result : kept) {
    auto& made = report.results.emplace_back();
    made.focus_node = term_of(result.focus);
    if (!result.value.is_undefined()) made.value = term_of(result.value);
    made.check = result.check;
    made.messages = std::move(result.messages);
  }
}

/// Lets `work` check what it wants, and reports on it.
template <typename Work>
Report report_on(const store::View& view, const Shapes& shapes, const Options& options, base::Budget& budget,
                 const Work& work) {
  Nodes nodes(view);
  Collector collector(shapes, nodes, options.max_results, budget);
  Validation validation(view, shapes, options, nodes, budget,
                        [&collector](const Finding& finding) { collector.add(finding); });
  work(validation);
  Report report;
  report.focus_nodes = validation.checked();
  write_results(view, options, nodes, validation.reader(), collector.finish(report), report);
  report.notices = shapes.notices;
  return report;
}

}  // namespace

std::uint64_t Report::count(Severity severity) const noexcept {
  return std::accumulate(checks.begin(), checks.end(), std::uint64_t{0}, [severity](std::uint64_t sum, const Check& c) {
    return c.severity == severity ? sum + c.count : sum;
  });
}

bool Report::has(Severity least) const noexcept {
  return std::any_of(checks.begin(), checks.end(), [least](const Check& check) { return check.severity <= least; });
}

std::optional<Severity> parse_severity(std::string_view name) {
  if (name == "violation") return Severity::Violation;
  if (name == "warning") return Severity::Warning;
  if (name == "info") return Severity::Info;
  return std::nullopt;
}

Report validate(const store::View& view, const Shapes& shapes, const Options& options, base::Budget& budget) {
  return report_on(view, shapes, options, budget, [](Validation& validation) {
    validation.each_shape([&](ShapeId shape) { validation.check(shape, validation.focus_nodes(shape)); });
  });
}

Report validate_changes(const store::View& view, const Shapes& shapes, std::span<const store::QuadId> changes,
                        const Options& options, base::Budget& budget) {
  const auto above = view.find(rdf::Term::iri(rdf::rdfs::subClassOf));
  std::vector<store::QuadId> seen;
  for (const store::QuadId& change : changes) {
    if (!options.graphs.contains(change.graph)) continue;
    if (above && change.predicate == *above) return validate(view, shapes, options, budget);
    seen.push_back(change);
  }
  return report_on(view, shapes, options, budget, [&](Validation& validation) {
    validation.each_shape([&](ShapeId shape) { validation.check_touched(shape, seen); });
  });
}

}  // namespace scenograph::shacl
