#include "shacl/validate.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "rdf/vocab.hpp"
#include "shacl/internal/classes.hpp"
#include "shacl/internal/default_messages.hpp"
#include "shacl/internal/describe.hpp"
#include "shacl/internal/evaluator.hpp"
#include "shacl/internal/message_text.hpp"
#include "shacl/internal/nodes.hpp"
#include "shacl/internal/path_reader.hpp"
#include "shacl/internal/reach.hpp"
#include "shacl/internal/rule_runner.hpp"
#include "shacl/internal/shapes_graph.hpp"

namespace scenograph::shacl {

using store::TermId;

namespace {

constexpr std::size_t block_nodes = 65'536;

Severity severity_of(const std::string& iri) {
  if (iri == sh("Warning")) return Severity::Warning;
  return iri == sh("Info") ? Severity::Info : Severity::Violation;
}

/// Counts all findings by check, and keeps the first ones of each severity.
class Collector {
 public:
  struct Kept {
    std::uint32_t check;
    TermId focus;
    TermId value;
    std::vector<Message> messages;
  };

  Collector(const Shapes& shapes, const Nodes& nodes, std::size_t max_results, base::Budget& budget)
      : shapes_(shapes), nodes_(nodes), max_results_(max_results), charge_(budget), texts_charge_(budget) {}

  void add(const Finding& finding) {
    const auto check = check_of(finding);
    ++checks_[check].count;
    auto& kept = kept_by_severity_[static_cast<std::size_t>(checks_[check].severity)];
    if (kept == max_results_) return;
    ++kept;
    if (kept_.size() == kept_.capacity()) charge_.set(2 * (kept_.size() + 1) * sizeof(Kept));
    for (const Message& message : finding.messages) texts_charge_.add(sizeof(Message) + message.text.size());
    kept_.push_back({check, finding.focus, finding.value, finding.messages});
  }

  /// Puts the most severe and most frequent checks first; their results follow, sorted and cut to the limit.
  std::vector<Kept> finish(Report& report) {
    std::vector<std::uint32_t> order(checks_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) {
      return std::tuple(checks_[a].severity, checks_[b].count) < std::tuple(checks_[b].severity, checks_[a].count);
    });
    std::vector<std::uint32_t> place(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
      place[order[i]] = i;
      report.total += checks_[order[i]].count;
      report.checks.push_back(std::move(checks_[order[i]]));
    }
    for (auto& kept : kept_) kept.check = place[kept.check];
    std::sort(kept_.begin(), kept_.end(), [](const Kept& a, const Kept& b) {
      return std::tie(a.check, a.focus, a.value, a.messages) < std::tie(b.check, b.focus, b.value, b.messages);
    });
    if (kept_.size() > max_results_) kept_.resize(max_results_);
    report.conforms = report.total == 0;
    return std::move(kept_);
  }

 private:
  using Key = std::tuple<ShapeId, const Constraint*, TermId>;

  std::uint32_t check_of(const Finding& finding) {
    const Key key{finding.shape, finding.constraint, finding.path};
    if (!checks_.empty() && key == last_) return last_check_;
    const auto [it, is_new] = ids_.try_emplace(key, static_cast<std::uint32_t>(checks_.size()));
    if (is_new) checks_.push_back(make_check(finding));
    last_ = key;
    last_check_ = it->second;
    return last_check_;
  }

  Check make_check(const Finding& finding) const {
    const Shape& shape = shapes_.at(finding.shape);
    Check check;
    check.source_shape = shape.id;
    check.component = finding.constraint->component;
    check.component_iri = component_iri(*finding.constraint);
    if (check.component == Component::Sparql) check.source_constraint = finding.constraint->rule->source;
    if (!finding.path.is_undefined()) {
      check.path = Path{Path::Kind::Predicate, nodes_.term(finding.path), {}};
    } else if (shape.is_property()) {
      check.path = shape.path.front();
    }
    check.severity_iri = shape.severity;
    check.severity = severity_of(shape.severity);
    check.messages = own_messages(shape, finding);
    check.own_messages = !check.messages.empty();
    if (!check.own_messages) check.messages = default_messages(*finding.constraint);
    check.names = shape.names;
    return check;
  }

  /// What the shapes graph says of all results of the check: of messages that name variables of one result, without
  /// these; of a query that makes its messages itself, the first one.
  static std::vector<Message> own_messages(const Shape& shape, const Finding& finding) {
    if (!finding.constraint->rule) return shape.messages;
    const auto& messages = finding.constraint->rule->messages;
    if (messages.empty()) return finding.messages;
    return fill_in(messages, [](std::string_view) { return "…"; });
  }

  const Shapes& shapes_;
  const Nodes& nodes_;
  std::size_t max_results_;
  base::Charge charge_;
  base::Charge texts_charge_;
  std::vector<Check> checks_;
  std::map<Key, std::uint32_t> ids_;
  Key last_{};
  std::uint32_t last_check_ = 0;
  std::vector<Kept> kept_;
  std::array<std::size_t, 3> kept_by_severity_{};
};

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

/// One validation under way. Its members point at each other.
class Validation {
 public:
  Validation(const store::View& view, const Shapes& shapes, const Options& options, base::Budget& budget)
      : view_(view),
        shapes_(shapes),
        options_(options),
        nodes_(view),
        reader_(view, options.graphs, nodes_, budget),
        classes_(shapes, nodes_, reader_),
        collector_(shapes, nodes_, options.max_results, budget),
        runner_(view, shapes, options, nodes_, budget),
        evaluator_(shapes, nodes_, reader_, classes_, runner_, budget,
                   [this](const Finding& finding) { collector_.add(finding); }) {}
  Validation(const Validation&) = delete;
  Validation& operator=(const Validation&) = delete;

  /// Calls `sink(shape)` for each shape with a target.
  template <typename Sink>
  void each_shape(const Sink& sink) const {
    for (std::size_t i = 0; i < shapes_.shapes.size(); ++i) {
      const Shape& shape = shapes_.shapes[i];
      if (!shape.targets.empty() && !shape.deactivated) sink(static_cast<ShapeId>(i));
    }
  }

  /// All of a shape, sorted, each once.
  [[nodiscard]] std::vector<TermId> focus_nodes(ShapeId shape) {
    std::vector<TermId> all;
    for (const Target& target : shapes_.at(shape).targets) {
      std::vector<TermId> found = nodes_of(target);
      if (all.empty()) {
        all = std::move(found);
      } else {
        all.insert(all.end(), found.begin(), found.end());
      }
    }
    sort_unique(all);
    return all;
  }

  /// Checks what of a shape the changes may concern.
  void check_touched(ShapeId shape, std::span<const store::QuadId> changes) {
    const Reach reach(shapes_, shape);
    if (!reach.is_known()) {
      if (!changes.empty()) check(shape, focus_nodes(shape));
      return;
    }
    const auto are_focus = [&](const std::vector<TermId>& candidates) { return are_focus_of(shape, candidates); };
    for (const Reach::Touched& each : reach.touched(changes, nodes_, reader_, are_focus)) check(each.shape, each.nodes);
  }

  void check(ShapeId shape, const std::vector<TermId>& focus) {
    report_.focus_nodes += focus.size();
    for (std::size_t start = 0; start < focus.size(); start += block_nodes) {
      const auto first = focus.begin() + static_cast<std::ptrdiff_t>(start);
      const auto size = static_cast<std::ptrdiff_t>(std::min(block_nodes, focus.size() - start));
      evaluator_.validate(shape, {first, first + size});
    }
  }

  [[nodiscard]] Report finish() {
    write_results(view_, options_, nodes_, reader_, collector_.finish(report_), report_);
    report_.notices = shapes_.notices;
    return std::move(report_);
  }

 private:
  [[nodiscard]] std::vector<TermId> nodes_of(const Target& target) {
    switch (target.kind) {
      case TargetKind::Node:
        return {nodes_.id(target.term)};
      case TargetKind::Class:
        return classes_.instances(target.term);
      case TargetKind::SubjectsOf:
        return reader_.ends(target.term, false);
      case TargetKind::ObjectsOf:
        return reader_.ends(target.term, true);
      case TargetKind::Sparql:
        break;
    }
    std::vector<TermId> found;
    runner_.select(*target.rule, {}, 1, [&](std::size_t, const RuleRunner::Solution& solution) {
      if (const auto node = solution["this"]) found.push_back(nodes_.id(*node));
    });
    return found;
  }

  [[nodiscard]] std::vector<bool> are_focus_of(ShapeId shape, const std::vector<TermId>& candidates) {
    std::vector<bool> are_focus(candidates.size());
    for (const Target& target : shapes_.at(shape).targets) {
      const std::vector<bool> found = are_of(target, candidates);
      for (std::size_t i = 0; i < found.size(); ++i) are_focus[i] = are_focus[i] || found[i];
    }
    return are_focus;
  }

  /// Which of some nodes (sorted, each once) the target names.
  [[nodiscard]] std::vector<bool> are_of(const Target& target, const std::vector<TermId>& candidates) {
    if (target.kind == TargetKind::Class) return classes_.are_instances(candidates, target.term);
    std::vector<bool> found(candidates.size());
    if (target.kind == TargetKind::Node) {
      const TermId id = nodes_.id(target.term);
      for (std::size_t i = 0; i < found.size(); ++i) found[i] = candidates[i] == id;
      return found;
    }
    const Path predicate{Path::Kind::Predicate, target.term, {}};
    const bool inverse = target.kind == TargetKind::ObjectsOf;
    const Rows rows = reader_.follow(inverse ? Path{Path::Kind::Inverse, {}, {predicate}} : predicate, candidates);
    for (std::size_t i = 0; i < found.size(); ++i) found[i] = !rows.of(i).empty();
    return found;
  }

  const store::View& view_;
  const Shapes& shapes_;
  const Options& options_;
  Nodes nodes_;
  PathReader reader_;
  Classes classes_;
  Collector collector_;
  RuleRunner runner_;
  Evaluator evaluator_;
  Report report_;
};

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
  Validation validation(view, shapes, options, budget);
  validation.each_shape([&](ShapeId shape) { validation.check(shape, validation.focus_nodes(shape)); });
  return validation.finish();
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
  Validation validation(view, shapes, options, budget);
  validation.each_shape([&](ShapeId shape) { validation.check_touched(shape, seen); });
  return validation.finish();
}

}  // namespace scenograph::shacl
