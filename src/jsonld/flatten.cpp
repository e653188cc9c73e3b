#include "jsonld/internal/node_map.hpp"
#include "jsonld/processor.hpp"

// Source: JSON-LD 1.1 Processing Algorithms and API, section 7.1.

namespace scenograph::jsonld {

namespace {

/// The nodes of which something is said.
Value::Array described(NodeGraph& graph) {
  Value::Array nodes;
  for (auto& [id, node] : graph) {
    if (node.size() > 1) nodes.emplace_back(std::move(node));
  }
  return nodes;
}

}  // namespace

Value flatten(const Value& expanded) {
  NodeMap map = make_node_map(expanded);
  NodeGraph& nodes = map.at("@default");
  for (auto& [name, graph] : map) {
    if (name == "@default") continue;
    Value::Object& node = nodes[name];
    node.try_emplace("@id", name);
    node.insert_or_assign("@graph", described(graph));
  }
  return described(nodes);
}

}  // namespace scenograph::jsonld
