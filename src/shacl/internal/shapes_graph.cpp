#include "shacl/internal/shapes_graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "rdf/vocab.hpp"
#include "sparql/exec/value.hpp"

namespace scenograph::shacl {

namespace {
constexpr std::string_view sh_namespace = "http://www.w3.org/ns/shacl#";
}

std::string sh(std::string_view local_name) { return fmt::format("{}{}", sh_namespace, local_name); }

std::string display(const rdf::Term& term) {
  if (!term.is_iri()) return rdf::to_ntriples(term);
  if (term.value.starts_with(sh_namespace)) return "sh:" + term.value.substr(sh_namespace.size());
  return fmt::format("<{}>", term.value);
}

ShapesGraph::ShapesGraph(std::span<const rdf::Quad> quads) {
  triples_.reserve(quads.size());
  for (const auto& quad : quads) triples_.push_back({quad.subject, quad.predicate, quad.object});
  std::sort(triples_.begin(), triples_.end());
  triples_.erase(std::unique(triples_.begin(), triples_.end()), triples_.end());
}

std::span<const rdf::Triple> ShapesGraph::of(const rdf::Term& subject) const {
  const auto first = std::lower_bound(triples_.begin(), triples_.end(), subject,
                                      [](const rdf::Triple& t, const rdf::Term& s) { return t.subject < s; });
  const auto last = std::upper_bound(first, triples_.end(), subject,
                                     [](const rdf::Term& s, const rdf::Triple& t) { return s < t.subject; });
  return {first, last};
}

std::vector<rdf::Term> ShapesGraph::objects(const rdf::Term& subject, std::string_view predicate) const {
  std::vector<rdf::Term> found;
  for (const auto& triple : of(subject)) {
    if (triple.predicate.value == predicate) found.push_back(triple.object);
  }
  return found;
}

std::vector<rdf::Term> ShapesGraph::subjects(std::string_view predicate, const rdf::Term& object) const {
  std::vector<rdf::Term> found;
  for (const auto& triple : triples_) {
    if (triple.predicate.value == predicate && triple.object == object) found.push_back(triple.subject);
  }
  return found;
}

bool ShapesGraph::contains(const rdf::Term& subject, std::string_view predicate, const rdf::Term& object) const {
  return std::binary_search(triples_.begin(), triples_.end(), rdf::Triple{subject, rdf::Term::iri(predicate), object});
}

std::optional<std::vector<rdf::Term>> ShapesGraph::list(const rdf::Term& head) const {
  std::vector<rdf::Term> members;
  rdf::Term node = head;
  while (node.value != rdf::rdf::nil || !node.is_iri()) {
    const auto first = objects(node, rdf::rdf::first);
    const auto rest = objects(node, rdf::rdf::rest);
    if (first.size() != 1 || rest.size() != 1 || members.size() > triples_.size()) return std::nullopt;
    members.push_back(first.front());
    node = rest.front();
  }
  return members;
}

double order_of(const ShapesGraph& graph, const rdf::Term& node) {
  const auto orders = graph.objects(node, sh("order"));
  const double order = orders.empty() ? 0 : sparql::parse_double(orders.front().value).value_or(0);
  return std::isnan(order) ? 0 : order;
}

}  // namespace scenograph::shacl
