#include "canon/internal/blank_quads.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/error.hpp"

namespace scenograph::canon {

BlankQuads::BlankQuads(const std::vector<rdf::Quad>& dataset) {
  std::unordered_map<std::string_view, Node> known;
  const auto node_of = [&](const rdf::Term& term) {
    if (!term.is_blank()) return no_node;
    const auto [place, is_new] = known.emplace(term.value, static_cast<Node>(labels.size()));
    if (is_new) {
      labels.push_back(term.value);
      around.emplace_back();
    }
    return place->second;
  };
  for (const rdf::Quad& quad : dataset) {
    if (quad.predicate.is_blank()) {
      throw base::Error(base::Code::BadData, "the predicate _:" + quad.predicate.value + " must be an IRI");
    }
    const std::array<Node, 3> nodes = {node_of(quad.subject), node_of(quad.object), node_of(quad.graph)};
    const auto place = static_cast<std::uint32_t>(quads.size());
    for (const Node node : nodes) {
      if (node != no_node && (around[node].empty() || around[node].back() != place)) around[node].push_back(place);
    }
    if (nodes != std::array<Node, 3>{no_node, no_node, no_node}) quads.push_back({&quad, nodes});
  }
}

std::vector<rdf::Quad> distinct(std::vector<rdf::Quad> quads) {
  std::sort(quads.begin(), quads.end());
  quads.erase(std::unique(quads.begin(), quads.end()), quads.end());
  return quads;
}

}  // namespace scenograph::canon
