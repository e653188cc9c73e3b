#include "shacl/internal/load_rules.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/error.hpp"
#include "rdf/vocab.hpp"
#include "shacl/internal/load_path.hpp"

namespace scenograph::shacl {

using base::Code;
using base::Error;

/// What an expression belongs to, for messages and places.
struct RuleLoader::Site {
  const Shape& shape;
  const rdf::Term& rule;
  std::string label;
  base::Where where;

  [[nodiscard]] Error ill_formed(const std::string& why) const {
    return {Code::BadData, fmt::format("{} is ill-formed: {}", label, why), where};
  }
};

rdf::Term RuleLoader::only(const Site& site, const rdf::Term& node, std::string_view name) const {
  auto values = graph_->objects(node, sh(name));
  if (values.size() != 1) throw site.ill_formed(fmt::format("sh:{} has {} values; give one", name, values.size()));
  return std::move(values.front());
}

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
  const Site site{shape, node, fmt::format("shape {}: the rule {}", shape.label, name),
                  options_->place_of ? options_->place_of(node) : base::Where{}};
  Rule made;
  made.label = site.label;
  made.order = order_of(*graph_, node);
  for (const rdf::Term& condition : graph_->objects(node, sh("condition"))) {
    made.conditions.push_back(shape_of_(condition, site.label + " › sh:condition"));
  }
  if (!graph_->objects(node, sh("construct")).empty()) {
    made.query = sparql_->construct(shape, node);
    return made;
  }
  for (const std::string_view part : {"subject", "predicate", "object"}) {
    if (graph_->objects(node, sh(part)).empty()) {
      throw site.ill_formed("it has neither sh:construct, nor all of sh:subject, sh:predicate and sh:object");
    }
    made.made.push_back(expression(site, only(site, node, part), 0));
  }
  return made;
}

std::vector<NodeExpression> RuleLoader::list(const Site& site, const rdf::Term& head, std::size_t depth) const {
  const auto members = graph_->list(head);
  if (!members || members->empty()) throw site.ill_formed("a list of node expressions is empty or broken");
  std::vector<NodeExpression> made;
  for (const rdf::Term& member : *members) made.push_back(expression(site, member, depth + 1));
  return made;
}

/// Where a path or a filter starts: sh:nodes, else the focus node.
NodeExpression RuleLoader::start_of(const Site& site, const rdf::Term& node, std::size_t depth) const {
  if (graph_->objects(node, sh("nodes")).empty()) return {};
  return expression(site, only(site, node, "nodes"), depth + 1);
}

NodeExpression RuleLoader::expression(const Site& site, const rdf::Term& node, std::size_t depth) const {
  using Kind = NodeExpression::Kind;
  if (options_->check) options_->check();
  if (depth > options_->max_depth) {
    throw Error(Code::TooLarge,
                fmt::format("{}: node expressions nest deeper than {}", site.label, options_->max_depth));
  }
  NodeExpression made;
  if (node == rdf::Term::iri(sh("this"))) return made;
  if (!node.is_blank()) {
    made.kind = Kind::Constant;
    made.constant = node;
    return made;
  }
  const auto has = [&](std::string_view name) { return !graph_->objects(node, sh(name)).empty(); };
  if (has("path")) {
    made.kind = Kind::Path;
    made.path = load_path(*graph_, only(site, node, "path"), site.label, options_->max_depth);
    made.parts.push_back(start_of(site, node, depth));
  } else if (has("filterShape")) {
    made.kind = Kind::Filter;
    made.shape = shape_of_(only(site, node, "filterShape"), site.label + " › sh:filterShape");
    made.parts.push_back(start_of(site, node, depth));
  } else if (has("intersection")) {
    made.kind = Kind::Intersection;
    made.parts = list(site, only(site, node, "intersection"), depth);
  } else if (has("union")) {
    made.kind = Kind::Union;
    made.parts = list(site, only(site, node, "union"), depth);
  } else {
    throw Error(Code::Unsupported,
                fmt::format("{}: a node expression is none of sh:this, a term, sh:path, sh:filterShape, "
                            "sh:intersection and sh:union; write a sh:SPARQLRule for more",
                            site.label),
                site.where);
  }
  return made;
}

}  // namespace scenograph::shacl
