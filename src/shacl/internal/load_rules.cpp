#include "shacl/internal/load_rules.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/error.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::shacl {

using base::Code;
using base::Error;

std::vector<Rule> RuleLoader::rules_of(const Shape& shape, ShapeId id) const {
  std::vector<Rule> rules;
  for (const rdf::Term& node : graph_->objects(shape.id, sh("rule"))) {
    if (graph_->contains(node, sh("deactivated"), rdf::Term::literal("true", rdf::xsd::boolean))) continue;
    rules.push_back(rule(shape, node));
    rules.back().shape = id;
  }
  return rules;
}

Rule RuleLoader::rule(const Shape& shape, const rdf::Term& node) const {
  const std::string name = node.is_iri() ? display(node) : std::string("sh:rule");
  const base::Where where = options_->place_of ? options_->place_of(node) : base::Where{};
  Rule made;
  made.label = fmt::format("shape {}: the rule {}", shape.label, name);
  made.order = order_of(*graph_, node);
  for (const rdf::Term& condition : graph_->objects(node, sh("condition"))) {
    made.conditions.push_back(shape_of_(condition, made.label + " › sh:condition"));
  }
  if (!graph_->objects(node, sh("construct")).empty()) {
    made.query = sparql_->construct(shape, node);
    return made;
  }
  const auto ill_formed = [&](const std::string& why) {
    return Error(Code::BadData, fmt::format("{} is ill-formed: {}", made.label, why), where);
  };
  for (const std::string_view part : {"subject", "predicate", "object"}) {
    const auto values = graph_->objects(node, sh(part));
    if (values.empty()) {
      throw ill_formed("it has neither sh:construct, nor all of sh:subject, sh:predicate and sh:object");
    }
    if (values.size() > 1) throw ill_formed(fmt::format("sh:{} has {} values; give one", part, values.size()));
    made.made.push_back(expressions_->read(values.front(), made.label, where));
  }
  return made;
}

}  // namespace scenograph::shacl
