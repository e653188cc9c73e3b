#include "shacl/internal/load_expression.hpp"

#include <fmt/format.h>

#include "rdf/vocab.hpp"
#include "shacl/internal/load_path.hpp"

namespace scenograph::shacl {

using base::Code;
using base::Error;

/// What an expression belongs to, for messages and places, and how much of it was read.
struct ExpressionLoader::Site {
  const std::string& label;
  const base::Where& where;
  std::size_t expressions = 0;

  [[nodiscard]] Error ill_formed(const std::string& why) const {
    return {Code::BadData, fmt::format("{} is ill-formed: {}", label, why), where};
  }
};

NodeExpression ExpressionLoader::read(const rdf::Term& node, const std::string& label, const base::Where& where) const {
  Site site{label, where};
  return expression(site, node, 0);
}

rdf::Term ExpressionLoader::only(const Site& site, const rdf::Term& node, std::string_view name) const {
  auto values = graph_->objects(node, sh(name));
  if (values.size() != 1) throw site.ill_formed(fmt::format("sh:{} has {} values; give one", name, values.size()));
  return std::move(values.front());
}

std::vector<NodeExpression> ExpressionLoader::list(Site& site, const rdf::Term& head, std::size_t depth) const {
  const auto members = graph_->list(head);
  if (!members || members->empty()) throw site.ill_formed("a list of node expressions is empty or broken");
  std::vector<NodeExpression> made;
  for (const rdf::Term& member : *members) made.push_back(expression(site, member, depth + 1));
  return made;
}

/// Where a path or a filter starts: sh:nodes, else the focus node.
NodeExpression ExpressionLoader::start_of(Site& site, const rdf::Term& node, std::size_t depth) const {
  if (graph_->objects(node, sh("nodes")).empty()) return {};
  return expression(site, only(site, node, "nodes"), depth + 1);
}

/// Expressions that share parts are as large as if they did not.
void ExpressionLoader::count(Site& site, std::size_t depth) const {
  constexpr std::size_t most_expressions = 10'000;
  if (options_->check) options_->check();
  if (depth > options_->max_depth) {
    throw Error(Code::TooLarge,
                fmt::format("{}: node expressions nest deeper than {}", site.label, options_->max_depth), site.where);
  }
  if (++site.expressions > most_expressions) {
    throw Error(Code::TooLarge,
                fmt::format("{}: more than {} node expressions within one", site.label, most_expressions), site.where);
  }
}

NodeExpression ExpressionLoader::expression(Site& site, const rdf::Term& node, std::size_t depth) const {
  using Kind = NodeExpression::Kind;
  count(site, depth);
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
    return call(site, node, depth);
  }
  return made;
}

/// A blank node with one triple whose object is a list: the predicate is the function (section 6.4).
NodeExpression ExpressionLoader::call(Site& site, const rdf::Term& node, std::size_t depth) const {
  const rdf::Triple* found = nullptr;
  for (const rdf::Triple& triple : graph_->of(node)) {
    const bool is_list =
        triple.object == rdf::Term::iri(rdf::rdf::nil) || !graph_->objects(triple.object, rdf::rdf::first).empty();
    if (!is_list) continue;
    if (found != nullptr) throw site.ill_formed("a node expression calls several functions; nest it");
    found = &triple;
  }
  if (found == nullptr) {
    throw Error(Code::Unsupported,
                fmt::format("{}: a node expression is none of sh:this, a term, sh:path, sh:filterShape, "
                            "sh:intersection, sh:union and a function with a list of arguments; say it in SPARQL",
                            site.label),
                site.where);
  }
  NodeExpression made;
  made.kind = NodeExpression::Kind::Function;
  if (found->object.value != rdf::rdf::nil) made.parts = list(site, found->object, depth);
  made.function = sparql_->function(found->predicate.value);
  if (made.function == nullptr) {
    made.function = SparqlLoader::engine_function(found->predicate.value, made.parts.size());
  }
  if (made.function == nullptr) {
    throw Error(Code::Unsupported,
                fmt::format("{}: there is no function {}; define it as a sh:SPARQLFunction", site.label,
                            display(found->predicate)),
                site.where);
  }
  const std::size_t most = made.function->parameters.size();
  if (made.parts.size() > most) {
    throw site.ill_formed(fmt::format("{} takes {} argument(s) at most, here are {}", display(found->predicate), most,
                                      made.parts.size()));
  }
  return made;
}

}  // namespace scenograph::shacl
