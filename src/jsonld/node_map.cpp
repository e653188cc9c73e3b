#include "jsonld/internal/node_map.hpp"

#include <algorithm>
#include <utility>

#include "jsonld/internal/keywords.hpp"
#include "jsonld/internal/values.hpp"

namespace scenograph::jsonld {

namespace {

using Object = Value::Object;
using Array = Value::Array;

/// Arrays up to this length are searched, longer ones have a set of what they hold.
constexpr std::size_t longest_searched = 16;

class NodeMapMaker {
 public:
  NodeMap run(const Value& expanded) {
    map_["@default"];
    add(expanded, {"@default", nullptr, nullptr, nullptr, false});
    return std::move(map_);
  }

 private:
  /// Where what is added belongs.
  struct Place {
    std::string graph;
    const std::string* subject = nullptr;  ///< nullptr: nowhere but in the graph
    const std::string* property = nullptr;
    Array* list = nullptr;  ///< rather than in the property
    bool reverse = false;   ///< the subject is the property's value
  };

  void add(const Value& element, const Place& place) {
    if (element.is_array()) {
      for (const Value& each : element.array()) add(each, place);
    } else if (is_value_object(element)) {
      put(renamed_type(element), place);
    } else if (is_list_object(element)) {
      add_list(element, place);
    } else if (element.is_object()) {
      add_node(element, place);
    }
  }

  Value renamed_type(const Value& value) {
    const Value* type = value.find("@type");
    if (type == nullptr || !type->is_string() || !is_blank_name(type->string())) return value;
    Value renamed = value;
    *renamed.find("@type") = names_.rename(type->string());
    return renamed;
  }

  void put(Value value, const Place& place) {
    if (place.list != nullptr) {
      place.list->push_back(std::move(value));
    } else if (place.subject != nullptr) {
      unique_.add(map_[place.graph][*place.subject], *place.property, std::move(value));
    }
  }

  void add_list(const Value& element, const Place& place) {
    Array items;
    Place inner = place;
    inner.list = &items;
    add(*element.find("@list"), inner);
    Value list = Object{{"@list", std::move(items)}};
    if (place.list != nullptr) {
      place.list->push_back(std::move(list));
    } else if (place.subject != nullptr) {
      append_to(map_[place.graph][*place.subject], *place.property, std::move(list));
    }
  }

  void add_node(const Value& element, const Place& place) {
    const Value* given = element.find("@id");
    if (given != nullptr && !given->is_string()) return;
    const std::string id = given != nullptr ? names_.rename(given->string()) : names_.fresh();
    Object& node = map_[place.graph][id];
    node.try_emplace("@id", id);
    const Value reference = Object{{"@id", id}};
    if (place.reverse) {
      unique_.add(node, *place.property, Object{{"@id", *place.subject}});
    } else {
      put(reference, place);
    }
    for (const auto& [key, value] : element.object()) {
      if (is_keyword(key)) {
        add_keyword(node, id, key, value, place.graph);
      } else {
        add_property(node, id, key, value, place.graph);
      }
    }
  }

  void add_keyword(Object& node, const std::string& id, const std::string& key, const Value& value,
                   const std::string& graph) {
    if (key == "@type") {
      for (const Value& type : items_of(value)) unique_.add(node, key, names_.rename(type.string()));
    } else if (key == "@index") {
      const auto [index, is_new] = node.try_emplace(key, value);
      if (!is_new && index->second != value) throw data_error("conflicting indexes", id);
    } else if (key == "@reverse") {
      for (const auto& [property, values] : value.object()) add(values, {graph, &id, &property, nullptr, true});
    } else if (key == "@graph") {
      map_[id];
      add(value, {id, nullptr, nullptr, nullptr, false});
    } else if (key == "@included") {
      add(value, {graph, nullptr, nullptr, nullptr, false});
    }
  }

  void add_property(Object& node, const std::string& id, const std::string& key, const Value& value,
                    const std::string& graph) {
    const std::string property = names_.rename(key);
    node.try_emplace(property, Array{});
    add(value, {graph, &id, &property, nullptr, false});
  }

  NodeMap map_;
  BlankNames names_;
  UniqueValues unique_;
};

}  // namespace

std::string BlankNames::rename(const std::string& name) {
  if (!is_blank_name(name)) return name;
  const auto [known, is_new] = names_.try_emplace(name);
  if (is_new) known->second = fresh();
  return known->second;
}

void UniqueValues::add(Object& node, const std::string& property, Value value) {
  Array& array = node.try_emplace(property, Array{}).first->second.array();
  if (array.size() < longest_searched) {
    if (std::find(array.begin(), array.end(), value) == array.end()) array.push_back(std::move(value));
    return;
  }
  auto [known, is_new] = known_.try_emplace(&array);
  if (is_new) {
    for (const Value& each : array) known->second.insert(to_json(each));
  }
  if (known->second.insert(to_json(value)).second) array.push_back(std::move(value));
}

NodeMap make_node_map(const Value& expanded) { return NodeMapMaker().run(expanded); }

NodeGraph merge_graphs(const NodeMap& graphs) {
  NodeGraph merged;
  UniqueValues unique;
  for (const auto& [name, graph] : graphs) {
    for (const auto& [id, node] : graph) {
      Object& target = merged[id];
      for (const auto& [key, value] : node) {
        if (is_keyword(key) && key != "@type") {
          target.try_emplace(key, value);
          continue;
        }
        target.try_emplace(key, Array{});
        for (const Value& each : value.array()) {
          if (is_list_object(each)) {
            append_to(target, key, each);
          } else {
            unique.add(target, key, each);
          }
        }
      }
    }
  }
  return merged;
}

}  // namespace scenograph::jsonld
