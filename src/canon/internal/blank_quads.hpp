#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "rdf/term.hpp"

namespace scenograph::canon {

/// A blank node's place in the list of all of them.
using Node = std::uint32_t;
inline constexpr Node no_node = ~Node{0};

/// Where a quad may have blank nodes, as RDFC-1.0 calls the places: s, o, g.
inline constexpr std::array<rdf::Term rdf::Quad::*, 3> node_places = {&rdf::Quad::subject, &rdf::Quad::object,
                                                                      &rdf::Quad::graph};
inline constexpr std::string_view place_names = "sog";

/// A quad that names blank nodes, and which ones at the three places.
struct BlankQuad {
  const rdf::Quad* quad;
  std::array<Node, 3> nodes;

  [[nodiscard]] bool names(Node node) const { return nodes[0] == node || nodes[1] == node || nodes[2] == node; }
};

/// A dataset seen from its blank nodes.
struct BlankQuads {
  std::vector<std::string> labels;                 ///< by node
  std::vector<BlankQuad> quads;                    ///< those that name blank nodes
  std::vector<std::vector<std::uint32_t>> around;  ///< by node: places in `quads` of those that name it

  /// @param dataset  without duplicates; must outlive this.
  /// @throws         Error(Code::BadData) for a blank node as a predicate.
  explicit BlankQuads(const std::vector<rdf::Quad>& dataset);
};

/// Appends the quad as a line of N-Quads; `name(node)` is what to write for a blank node, without "_:".
template <typename Name>
void append_line(std::string& out, const rdf::Quad& quad, const std::array<Node, 3>& nodes, const Name& name) {
  const auto append = [&](const rdf::Term& term, Node node) {
    if (node == no_node) {
      rdf::append_ntriples(out, term);
    } else {
      out += "_:";
      out += name(node);
    }
    out += ' ';
  };
  append(quad.subject, nodes[0]);
  append(quad.predicate, no_node);
  append(quad.object, nodes[1]);
  if (!quad.graph.is_default_graph()) append(quad.graph, nodes[2]);
  out += ".\n";
}

/// The quads sorted, each once.
[[nodiscard]] std::vector<rdf::Quad> distinct(std::vector<rdf::Quad> quads);

}  // namespace scenograph::canon
