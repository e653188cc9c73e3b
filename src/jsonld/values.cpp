#include "jsonld/internal/values.hpp"

#include <iterator>

namespace scenograph::jsonld {

bool is_node_object(const Value& value) {
  return value.is_object() && !value.has("@value") && !value.has("@list") && !value.has("@set");
}

bool is_graph_object(const Value& value) {
  if (!value.has("@graph")) return false;
  for (const auto& [key, member] : value.object()) {
    if (key != "@graph" && key != "@id" && key != "@index") return false;
  }
  return true;
}

Value::Array to_array(Value value) {
  if (value.is_array()) return std::move(value.array());
  Value::Array array;
  array.push_back(std::move(value));
  return array;
}

void append_to(Value::Object& object, const std::string& key, Value value) {
  Value& slot = object.try_emplace(key, Value::Array{}).first->second;
  if (!slot.is_array()) slot = to_array(std::move(slot));
  Value::Array& array = slot.array();
  if (value.is_array()) {
    std::move(value.array().begin(), value.array().end(), std::back_inserter(array));
  } else {
    array.push_back(std::move(value));
  }
}

void add_value(Value::Object& object, const std::string& key, Value value, bool as_array) {
  if (value.is_array()) {
    if (as_array) object.try_emplace(key, Value::Array{});
    for (Value& each : value.array()) add_value(object, key, std::move(each), as_array);
    return;
  }
  const auto found = object.find(key);
  if (found != object.end() || as_array) return append_to(object, key, std::move(value));
  object.emplace(key, std::move(value));
}

}  // namespace scenograph::jsonld
