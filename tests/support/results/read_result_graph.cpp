#include <algorithm>

#include "support/results/solutions.hpp"

namespace scenograph::tests {

namespace {

constexpr std::string_view rs = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#";

std::vector<rdf::Term> objects(const std::vector<rdf::Quad>& graph, const rdf::Term& subject, std::string_view name) {
  std::vector<rdf::Term> out;
  for (const rdf::Quad& quad : graph) {
    if (quad.subject == subject && quad.predicate.value == std::string(rs).append(name)) out.push_back(quad.object);
  }
  return out;
}

}  // namespace

Solutions read_result_graph(const std::vector<rdf::Quad>& graph) {
  Solutions out;
  const auto set = std::find_if(graph.begin(), graph.end(), [](const rdf::Quad& quad) {
    return quad.object.value == std::string(rs).append("ResultSet");
  });
  if (set == graph.end()) return out;
  for (const rdf::Term& answer : objects(graph, set->subject, "boolean")) out.boolean = answer.value == "true";
  for (const rdf::Term& name : objects(graph, set->subject, "resultVariable")) out.variables.push_back(name.value);
  std::vector<std::pair<long, std::map<std::string, rdf::Term>>> rows;
  for (const rdf::Term& solution : objects(graph, set->subject, "solution")) {
    auto& [index, row] = rows.emplace_back();
    for (const rdf::Term& place : objects(graph, solution, "index")) {
      index = std::stol(place.value);
      out.ordered = true;
    }
    for (const rdf::Term& binding : objects(graph, solution, "binding")) {
      row[objects(graph, binding, "variable").at(0).value] = objects(graph, binding, "value").at(0);
    }
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [index, row] : rows) out.rows.push_back(std::move(row));
  return out;
}

}  // namespace scenograph::tests
