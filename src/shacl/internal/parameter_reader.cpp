#include "shacl/internal/parameter_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <variant>

#include "rdf/vocab.hpp"
#include "sparql/exec/regex.hpp"

namespace scenograph::shacl {

using base::Code;
using base::Error;

namespace {

constexpr std::array<std::string_view, 6> node_kinds{"BlankNode",          "IRI",         "Literal", "BlankNodeOrIRI",
                                                     "BlankNodeOrLiteral", "IRIOrLiteral"};

enum class Arity : std::uint8_t { One, Many };
enum class Where : std::uint8_t { AnyShape, PropertyShape };

const rdf::Term& true_term() {
  static const rdf::Term term = rdf::Term::literal("true", rdf::xsd::boolean);
  return term;
}

Error bad_value(const ParameterSite& site, const rdf::Term& term, std::string_view wanted) {
  return ill_formed(site.label, fmt::format("sh:{} {} is not {}", site.name, display(term), wanted));
}

void require_iri(const ParameterSite& site, const rdf::Term& term) {
  if (!term.is_iri()) throw bad_value(site, term, "an IRI");
}

Constraint& add(Shape& shape, Component component) {
  auto& made = shape.constraints.emplace_back();
  made.component = component;
  return made;
}

}  // namespace

struct ParameterReader::Parameter {
  std::string_view name;
  Arity arity;
  Where where;
  void (ParameterReader::*read)(const ParameterSite&, Component, Shape&) const;
  Component component;
};

Error ill_formed(const std::string& label, const std::string& why) {
  return {Code::BadData, fmt::format("shape {} is ill-formed: {}", label, why)};
}

void ParameterReader::read(const rdf::Term& node, Shape& shape) const {
  for (const Parameter& parameter : parameters()) {
    const ParameterSite site{node, shape.label, parameter.name, graph_->objects(node, sh(parameter.name))};
    if (site.values.empty()) continue;
    if (parameter.arity == Arity::One) require_one(shape.label, site.values, parameter.name);
    if (parameter.where == Where::PropertyShape && !shape.is_property()) {
      throw ill_formed(shape.label, fmt::format("sh:{} needs a property shape, one with sh:path", parameter.name));
    }
    (this->*parameter.read)(site, parameter.component, shape);
  }
}

bool ParameterReader::reads(std::string_view local_name) {
  return std::any_of(parameters().begin(), parameters().end(),
                     [local_name](const Parameter& parameter) { return parameter.name == local_name; });
}

void ParameterReader::require_one(const std::string& label, const std::vector<rdf::Term>& values,
                                  std::string_view name) const {
  if (values.size() == 1) return;
  throw ill_formed(label, fmt::format("sh:{} has {} values; give one", name, values.size()));
}

bool ParameterReader::is_true(const rdf::Term& node, const std::string& label, std::string_view name) const {
  const auto values = graph_->objects(node, sh(name));
  if (values.empty()) return false;
  require_one(label, values, name);
  if (values.front().datatype != rdf::xsd::boolean) {
    throw ill_formed(label, fmt::format("sh:{} {} is neither true nor false", name, display(values.front())));
  }
  return values.front() == true_term();
}

std::uint64_t ParameterReader::to_count(const ParameterSite& site, const rdf::Term& term) const {
  constexpr std::string_view wanted = "a whole number of 0 or more (xsd:integer)";
  std::string_view digits = term.value;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  const bool numeric = !digits.empty() && digits.size() < 19 &&
                       std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (term.datatype != rdf::xsd::integer || !numeric) throw bad_value(site, term, wanted);
  return std::stoull(std::string(digits));
}

std::vector<rdf::Term> ParameterReader::to_list(const ParameterSite& site, const rdf::Term& head) const {
  auto members = graph_->list(head);
  if (!members) throw ill_formed(site.label, fmt::format("the list of sh:{} is broken", site.name));
  return std::move(*members);
}

void ParameterReader::read_iris(const ParameterSite& site, Component component, Shape& shape) const {
  for (const auto& term : site.values) {
    require_iri(site, term);
    add(shape, component).terms.push_back(term);
  }
}

void ParameterReader::read_terms(const ParameterSite& site, Component component, Shape& shape) const {
  for (const auto& term : site.values) add(shape, component).terms.push_back(term);
}

void ParameterReader::read_bound(const ParameterSite& site, Component component, Shape& shape) const {
  if (!site.values.front().is_literal()) throw bad_value(site, site.values.front(), "a literal");
  read_terms(site, component, shape);
}

void ParameterReader::read_node_kind(const ParameterSite& site, Component component, Shape& shape) const {
  const auto& kind = site.values.front();
  const bool known =
      std::any_of(node_kinds.begin(), node_kinds.end(), [&](std::string_view name) { return kind.value == sh(name); });
  if (!kind.is_iri() || !known) throw bad_value(site, kind, "one of the six node kinds, such as sh:IRI");
  read_terms(site, component, shape);
}

void ParameterReader::read_count(const ParameterSite& site, Component component, Shape& shape) const {
  const auto number = to_count(site, site.values.front());
  add(shape, component).number = number;
}

void ParameterReader::read_pattern(const ParameterSite& site, Component component, Shape& shape) const {
  std::string flags;
  if (const auto given = graph_->objects(site.node, sh("flags")); !given.empty()) {
    require_one(site.label, given, "flags");
    flags = given.front().value;
  }
  for (const auto& term : site.values) {
    if (!term.is_literal() || !term.language.empty()) throw bad_value(site, term, "a text without language");
    const auto compiled = sparql::Regex::compile(term.value, flags);
    if (const auto* problem = std::get_if<std::string>(&compiled)) throw ill_formed(site.label, *problem);
    auto& made = add(shape, component);
    made.pattern = term.value;
    made.flags = flags;
  }
}

void ParameterReader::read_unique_lang(const ParameterSite& site, Component component, Shape& shape) const {
  if (is_true(site.node, site.label, site.name)) add(shape, component);
}

void ParameterReader::read_list(const ParameterSite& site, Component component, Shape& shape) const {
  auto members = to_list(site, site.values.front());
  for (const auto& member : members) {
    if (component == Component::LanguageIn && !member.is_literal()) throw bad_value(site, member, "a language tag");
  }
  add(shape, component).terms = std::move(members);
}

void ParameterReader::read_closed(const ParameterSite& site, Component component, Shape& shape) const {
  if (!is_true(site.node, site.label, "closed")) return;
  std::set<rdf::Term> permitted;
  for (const auto& property : graph_->objects(site.node, sh("property"))) {
    for (const auto& path : graph_->objects(property, sh("path"))) {
      if (path.is_iri()) permitted.insert(path);
    }
  }
  const auto ignored = graph_->objects(site.node, sh("ignoredProperties"));
  if (!ignored.empty()) {
    require_one(site.label, ignored, "ignoredProperties");
    const ParameterSite list{site.node, site.label, "ignoredProperties", ignored};
    for (auto& term : to_list(list, ignored.front())) {
      require_iri(list, term);
      permitted.insert(std::move(term));
    }
  }
  add(shape, component).terms.assign(permitted.begin(), permitted.end());
}

const std::vector<ParameterReader::Parameter>& ParameterReader::parameters() {
  using enum Component;
  constexpr auto one = Arity::One;
  constexpr auto many = Arity::Many;
  constexpr auto any = Where::AnyShape;
  constexpr auto property = Where::PropertyShape;
  static const std::vector<Parameter> table{
      {"class", many, any, &ParameterReader::read_iris, Class},
      {"datatype", one, any, &ParameterReader::read_iris, Datatype},
      {"nodeKind", one, any, &ParameterReader::read_node_kind, NodeKind},
      {"minCount", one, property, &ParameterReader::read_count, MinCount},
      {"maxCount", one, property, &ParameterReader::read_count, MaxCount},
      {"minExclusive", one, any, &ParameterReader::read_bound, MinExclusive},
      {"minInclusive", one, any, &ParameterReader::read_bound, MinInclusive},
      {"maxExclusive", one, any, &ParameterReader::read_bound, MaxExclusive},
      {"maxInclusive", one, any, &ParameterReader::read_bound, MaxInclusive},
      {"minLength", one, any, &ParameterReader::read_count, MinLength},
      {"maxLength", one, any, &ParameterReader::read_count, MaxLength},
      {"pattern", many, any, &ParameterReader::read_pattern, Pattern},
      {"languageIn", one, any, &ParameterReader::read_list, LanguageIn},
      {"uniqueLang", one, property, &ParameterReader::read_unique_lang, UniqueLang},
      {"equals", many, any, &ParameterReader::read_iris, Equals},
      {"disjoint", many, any, &ParameterReader::read_iris, Disjoint},
      {"lessThan", many, property, &ParameterReader::read_iris, LessThan},
      {"lessThanOrEquals", many, property, &ParameterReader::read_iris, LessThanOrEquals},
      {"closed", one, any, &ParameterReader::read_closed, Closed},
      {"hasValue", many, any, &ParameterReader::read_terms, HasValue},
      {"in", one, any, &ParameterReader::read_list, In},
  };
  return table;
}

}  // namespace scenograph::shacl
