#include <map>

#include "jsonld/internal/values.hpp"
#include "jsonld/internal/writer.hpp"

namespace scenograph::jsonld {

namespace {

using Object = Value::Object;
using Array = Value::Array;

constexpr unsigned max_depth = 100;  // of nested nodes; deeper ones stay at the top

bool is_reference(const Value& value) { return value.is_object() && value.object().size() == 1 && value.has("@id"); }

class Nester {
 public:
  Value run(Array flat) {
    count(flat);
    return nest_graph(std::move(flat));
  }

 private:
  /// How often each node is referred to and described, in all graphs.
  struct Counts {
    unsigned references = 0;
    unsigned descriptions = 0;
  };

  void count(const Array& nodes) {
    for (const Value& node : nodes) {
      ++counts_[node.find("@id")->string()].descriptions;
      for (const auto& [key, value] : node.object()) {
        if (key == "@graph") {
          count(value.array());
          ++counts_[node.find("@id")->string()].descriptions;
        } else if (key != "@type" && key != "@id") {
          count_references(value);
        } else if (key == "@type") {
          for (const Value& type : value.array()) ++counts_[type.string()].references;
        }
      }
    }
  }

  void count_references(const Value& values) {
    for (const Value& value : values.array()) {
      if (is_reference(value)) ++counts_[value.find("@id")->string()].references;
      if (const Value* list = value.find("@list")) count_references(*list);
    }
  }

  using Nodes = std::map<std::string, Value>;

  [[nodiscard]] bool is_nested(const std::string& id) const {
    const auto found = counts_.find(id);
    return found != counts_.end() && found->second.references == 1 && found->second.descriptions == 1;
  }

  Value nest_graph(Array flat) {
    std::vector<std::string> order;
    Nodes nodes;
    for (Value& node : flat) {
      const std::string id = node.find("@id")->string();
      order.push_back(id);
      if (Value* graph = node.find("@graph")) *graph = nest_graph(std::move(graph->array()));
      nodes.emplace(id, std::move(node));
    }
    Array result;
    for (const bool roots : {true, false}) {  // then what is left: circles, and what lies too deep
      for (const std::string& id : order) {
        if (roots && is_nested(id)) continue;
        auto node = nodes.extract(id);
        if (node.empty()) continue;
        embed(node.mapped(), nodes, 1);
        result.push_back(std::move(node.mapped()));
      }
    }
    return result;
  }

  void embed(Value& node, Nodes& nodes, unsigned depth) {
    for (auto& [key, value] : node.object()) {
      if (key.front() != '@') embed_values(value, nodes, depth);
    }
  }

  void embed_values(Value& values, Nodes& nodes, unsigned depth) {
    for (Value& value : values.array()) {
      if (Value* list = value.find("@list")) embed_values(*list, nodes, depth);
      if (depth >= max_depth || !is_reference(value)) continue;
      const std::string id = value.find("@id")->string();
      if (!is_nested(id)) continue;
      auto node = nodes.extract(id);
      if (node.empty()) continue;
      value = std::move(node.mapped());
      if (id.starts_with("_:")) value.object().erase("@id");
      embed(value, nodes, depth + 1);
    }
  }

  std::map<std::string, Counts> counts_;
};

}  // namespace

Value nest(Value flat) { return Nester().run(std::move(flat.array())); }

}  // namespace scenograph::jsonld
