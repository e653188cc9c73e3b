#include "shacl/quality_weights.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "base/error.hpp"
#include "rdf/decimal.hpp"
#include "rdf/vocab.hpp"
#include "shacl/internal/load_path.hpp"
#include "shacl/internal/shapes_graph.hpp"
#include "syntax/prefixes.hpp"

namespace scenograph::shacl {

using base::Code;
using base::Error;
using rdf::Term;

namespace {

constexpr std::string_view quality_ns = "https://w3id.org/scenograph/quality#";
constexpr std::array<std::string_view, 3> severity_names = {"Violation", "Warning", "Info"};

std::string scg(std::string_view name) { return std::string(rdf::scg::ns).append(name); }

std::string shown(const Term& term) {
  if (term.is_blank()) return "a blank node";
  if (!term.is_iri()) return rdf::to_ntriples(term);
  const auto name = syntax::shorten({{"quality", std::string(quality_ns)}}, term.value);
  return name ? *name : "<" + term.value + ">";
}

/// One number of a duration and its letter; false if there is none. Moves `text` past both.
bool take_part(std::string_view& text, double& number, char& unit) {
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (failure != std::errc() || end == text.data() + text.size()) return false;
  unit = *end;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  return number >= 0;
}

/// Days of an xsd:duration that is not negative, a year being 365.2425 days and a month the twelfth of one.
std::optional<double> parse_days(std::string_view text) {
  constexpr double year = 365.2425;
  if (!text.starts_with('P') || text.size() < 2) return std::nullopt;
  text.remove_prefix(1);
  double days = 0;
  bool is_time = false;
  while (!text.empty()) {
    if (text.front() == 'T' && !is_time && text.size() > 1) {
      is_time = true;
      text.remove_prefix(1);
      continue;
    }
    double number = 0;
    char unit = 0;
    if (!take_part(text, number, unit)) return std::nullopt;
    const std::string_view units = is_time ? "HMS" : "YMD";
    const std::size_t at = units.find(unit);
    if (at == std::string_view::npos) return std::nullopt;
    constexpr std::array<double, 3> of_days = {year, year / 12, 1};
    constexpr std::array<double, 3> of_times = {1.0 / 24, 1.0 / 1440, 1.0 / 86400};
    days += number * (is_time ? of_times : of_days)[at];
  }
  return days;
}

/// The quads without sh:deactivated of shapes with targets: those are deactivated for validation, not for this.
std::vector<rdf::Quad> activated(std::span<const rdf::Quad> quads) {
  std::set<rdf::Term> with_target;
  for (const rdf::Quad& quad : quads) {
    if (quad.predicate.value.starts_with(sh("target"))) with_target.insert(quad.subject);
  }
  std::vector<rdf::Quad> left;
  for (const rdf::Quad& quad : quads) {
    if (quad.predicate.value != sh("deactivated") || !with_target.contains(quad.subject)) left.push_back(quad);
  }
  return left;
}

class Loader {
 public:
  Loader(std::span<const rdf::Quad> quads, const LoadOptions& options) : graph_(quads), options_(options) {
    out_.shapes = load_shapes(activated(quads), options);
  }

  QualityWeights load() {
    read_metrics();
    read_penalties();
    read_freshness();
    for (std::size_t i = 0; i < out_.shapes.shapes.size(); ++i) {
      const Shape& shape = out_.shapes.shapes[i];
      if (shape.has_active_targets()) read_class(static_cast<ShapeId>(i), shape);
    }
    if (out_.classes.empty()) throw Error(Code::BadData, "no node shape has a target: nothing would be scored");
    return std::move(out_);
  }

 private:
  [[nodiscard]] Error ill_formed(const Term& node, const std::string& why) const {
    return Error(Code::BadData, fmt::format("{}: {}", shown(node), why),
                 options_.place_of ? options_.place_of(node) : base::Where{});
  }

  /// The one value of a property. @param place  where a blank node belongs
  [[nodiscard]] std::optional<Term> value(const Term& node, const std::string& predicate, const Term& place) const {
    auto values = graph_.objects(node, predicate);
    if (values.size() > 1) throw ill_formed(place, fmt::format("it has several values of {}", shown_name(predicate)));
    return values.empty() ? std::nullopt : std::optional(std::move(values.front()));
  }

  static std::string shown_name(const std::string& predicate) {
    const auto name = syntax::shorten(syntax::usual_prefixes(), predicate);
    return name ? *name : "<" + predicate + ">";
  }

  [[nodiscard]] double weight(const Term& node, const Term& place) const {
    const auto found = value(node, scg("weight"), place);
    if (!found) throw ill_formed(place, "it has no scg:weight; give it a number, 0 to leave it out");
    const auto number = found->is_literal() ? rdf::Decimal::parse(found->value) : std::nullopt;
    if (!number) throw ill_formed(place, fmt::format("scg:weight is a number such as 2 or 0.5, not {}", shown(*found)));
    if (number->is_negative()) throw ill_formed(place, fmt::format("scg:weight {} is negative", found->value));
    return number->to_double();
  }

  [[nodiscard]] std::vector<Message> texts(const Term& node, const std::string& predicate) const {
    std::vector<Message> out;
    for (const Term& text : graph_.objects(node, predicate)) {
      if (text.is_literal()) out.push_back({text.value, text.language});
    }
    return out;
  }

  void read_metrics() {
    double sum = 0;
    for (std::size_t i = 0; i < metric_count; ++i) {
      const Term metric = Term::iri(metric_iri(static_cast<Metric>(i)));
      if (graph_.of(metric).empty()) {
        throw Error(Code::BadData, fmt::format("the weights do not speak of the metric {}; scg:weight 0 leaves it out",
                                               shown(metric)));
      }
      if (static_cast<Metric>(i) != Metric::Overall) sum += out_.weights[i] = weight(metric, metric);
      out_.names[i] = texts(metric, std::string(rdf::skos::prefLabel));
      for (const rdf::Triple& triple : graph_.of(metric)) {
        const bool is_setting = triple.predicate.value.starts_with(scg("")) || triple.predicate.value == sh("name");
        if (!triple.object.is_blank() && !is_setting) out_.metrics.push_back(triple);
      }
    }
    if (sum == 0) throw Error(Code::BadData, "every metric has the weight 0: there would be no score");
  }

  void read_penalties() {
    const Term validity = Term::iri(metric_iri(Metric::Validity));
    std::array<bool, 3> known{};
    for (const Term& penalty : graph_.objects(validity, scg("penalty"))) {
      const auto severity = value(penalty, sh("severity"), validity);
      const auto at = std::find_if(severity_names.begin(), severity_names.end(),
                                   [&](std::string_view name) { return severity && severity->value == sh(name); });
      if (at == severity_names.end()) {
        throw ill_formed(validity, "a scg:penalty has sh:severity sh:Violation, sh:Warning or sh:Info, and scg:weight");
      }
      const auto index = static_cast<std::size_t>(at - severity_names.begin());
      out_.penalties[index] = weight(penalty, validity);
      known[index] = true;
    }
    for (std::size_t i = 0; i < known.size(); ++i) {
      if (known[i]) continue;
      throw ill_formed(validity, fmt::format("it has no scg:penalty for sh:{}; 0 leaves it out", severity_names[i]));
    }
    out_.mending = texts(validity, sh("name"));
    out_.part_classes = graph_.objects(validity, scg("partClass"));
  }

  void read_freshness() {
    const Term freshness = Term::iri(metric_iri(Metric::Freshness));
    out_.half_life_days = days(freshness, "halfLife").value_or(0);
    if (out_.half_life_days <= 0) {
      throw ill_formed(freshness, "scg:halfLife is a duration above nothing, such as \"P365D\"^^xsd:duration");
    }
    out_.step_days = days(freshness, "ageStep").value_or(0);
  }

  [[nodiscard]] std::optional<double> days(const Term& node, std::string_view name) const {
    const auto found = value(node, scg(name), node);
    if (!found) return std::nullopt;
    const auto parsed = found->is_literal() ? parse_days(found->value) : std::nullopt;
    if (parsed) return parsed;
    throw ill_formed(node, fmt::format("scg:{} is a duration such as \"P30D\", not {}", name, shown(*found)));
  }

  void read_class(ShapeId id, const Shape& shape) {
    if (shape.is_property()) throw ill_formed(shape.id, "a property shape has no target here; put it in a node shape");
    for (const Target& target : shape.targets) {
      if (target.kind == TargetKind::Sparql) throw ill_formed(shape.id, "targets of weights are no queries");
    }
    QualityClass made{id, {}, {}, shape.names, texts(shape.id, scg("plural"))};
    if (made.plurals.empty()) made.plurals = made.names;
    if (const auto until = value(shape.id, scg("until"), shape.id)) {
      made.until = load_path(graph_, *until, "shape " + shape.label, options_.max_depth);
    }
    for (const Constraint& constraint : shape.constraints) {
      if (constraint.component != Component::Property) {
        throw ill_formed(shape.id, "what counts stands in property shapes (sh:property); other constraints do not");
      }
      const ShapeId property = constraint.shapes.front();
      if (out_.shapes.at(property).deactivated) continue;
      made.rules.push_back(out_.rules.size());
      out_.rules.push_back(rule(property));
      out_.rules.back().of_class = out_.classes.size();
    }
    out_.classes.push_back(std::move(made));
  }

  [[nodiscard]] QualityRule rule(ShapeId id) const {
    const Shape& shape = out_.shapes.at(id);
    for (const Constraint& constraint : shape.constraints) {
      if (constraint.component == Component::Property) {
        throw ill_formed(shape.id, "sh:property within it would report on others; use sh:node or a path");
      }
    }
    if (!shape.id.is_iri()) {
      throw ill_formed(shape.id, fmt::format("{}: property shapes with weights have an IRI", shape.label));
    }
    QualityRule made{shape.id, id, 0, Metric::Completeness, weight(shape.id, shape.id), shape.names};
    const auto metric = value(shape.id, scg("metric"), shape.id);
    for (const Metric each : {Metric::Completeness, Metric::Links}) {
      made.metric = each;
      if (metric && metric->value == metric_iri(each)) return made;
    }
    throw ill_formed(shape.id, fmt::format("scg:metric is quality:completeness or quality:links, {}",
                                           metric ? "there is no " + shown(*metric) : std::string("and it has none")));
  }

  ShapesGraph graph_;
  LoadOptions options_;
  QualityWeights out_;
};

}  // namespace

std::string metric_iri(Metric metric) {
  return std::string(quality_ns).append(metric_names[static_cast<std::size_t>(metric)]);
}

std::optional<Metric> parse_metric(std::string_view name) {
  const auto at = std::find(metric_names.begin(), metric_names.end(), name);
  if (at == metric_names.end()) return std::nullopt;
  return static_cast<Metric>(at - metric_names.begin());
}

QualityWeights load_quality_weights(std::span<const rdf::Quad> quads, const LoadOptions& options) {
  return Loader(quads, options).load();
}

}  // namespace scenograph::shacl
