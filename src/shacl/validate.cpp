#include "shacl/validate.hpp"

#include <algorithm>
#include <numeric>
#include <thread>
#include <utility>

#include "rdf/vocab.hpp"
#include "shacl/internal/blocks.hpp"
#include "shacl/internal/collector.hpp"
#include "shacl/internal/describe.hpp"
#include "shacl/internal/validation.hpp"

namespace scenograph::shacl {

using store::TermId;

namespace {

void write_results(const store::View& view, const Options& options, Nodes& nodes, base::Budget& budget,
                   std::vector<Collector::Kept> kept, Report& report) {
  std::vector<TermId> ids;
  for (const auto& result : kept) ids.push_back(result.focus);
  sort_unique(ids);
  report.entities_failed = ids.size();
  PathReader reader(view, options.graphs, nodes, budget);
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
    made.annotations = std::move(result.annotations);
  }
}

/// Nodes that shapes name as their targets and the data does not know, each once for every such shape.
std::uint64_t unknown_targets(const store::View& view, const Shapes& shapes) {
  std::uint64_t count = 0;
  for (const Shape& shape : shapes.shapes) {
    if (!shape.has_active_targets()) continue;
    for (const Target& target : shape.targets) {
      if (target.kind != TargetKind::Node) continue;
      const auto id = view.find(target.term);
      if (!id || view.count({*id, {}, {}, {}}) + view.count({{}, {}, *id, {}}) == 0) ++count;
    }
  }
  return count;
}

/// Has `work` find all there is to report.
///
/// @param work  called with the nodes and the collector; returns how many nodes it checked.
template <typename Work>
Report report_on(const store::View& view, const Shapes& shapes, const Options& options, base::Budget& budget,
                 const Work& work) {
  Nodes nodes(view);
  Collector collector(shapes, nodes, options, budget);
  Report report;
  report.focus_nodes = work(nodes, collector);
  write_results(view, options, nodes, budget, collector.finish(report), report);
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
  return report_on(view, shapes, options, budget, [&](Nodes& nodes, Collector& collector) {
    Blocks blocks(shapes, options, collector);
    {
      std::vector<std::jthread> others;
      const auto work = [&] { check_blocks(view, shapes, options, nodes, budget, blocks); };
      for (std::size_t i = 1; i < options.threads; ++i) others.emplace_back(work);
      work();
    }
    blocks.rethrow();
    return blocks.nodes_dealt() - std::min(unknown_targets(view, shapes), blocks.nodes_dealt());
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
  std::ranges::sort(seen, {}, &store::QuadId::predicate);
  return report_on(view, shapes, options, budget, [&](Nodes& nodes, Collector& collector) {
    Validation validation(view, shapes, options, nodes, budget,
                          [&collector](const Finding& finding) { collector.add(finding); });
    std::uint64_t checked = 0;
    for (std::size_t i = 0; i < shapes.shapes.size() && !collector.has_enough(); ++i) {
      if (shapes.shapes[i].has_active_targets()) checked += validation.check_touched(static_cast<ShapeId>(i), seen);
    }
    return checked;
  });
}

}  // namespace scenograph::shacl
