#pragma once

#include <span>
#include <string>

#include "jsonld/json.hpp"

// Shapes of expanded JSON-LD (JSON-LD 1.1, section 9) and small edits of them.

namespace scenograph::jsonld {

[[nodiscard]] inline bool is_value_object(const Value& value) { return value.has("@value"); }
[[nodiscard]] inline bool is_list_object(const Value& value) { return value.has("@list"); }

/// A map that is neither a value, a list nor a set object.
[[nodiscard]] bool is_node_object(const Value& value);

/// A map with @graph and at most @id and @index besides.
[[nodiscard]] bool is_graph_object(const Value& value);

/// The elements of an array, or the value itself as the only one; for as long as `value` stays as it is.
[[nodiscard]] inline std::span<const Value> items_of(const Value& value) {
  return value.is_array() ? std::span<const Value>(value.array()) : std::span<const Value>(&value, 1);
}
std::span<const Value> items_of(Value&& value) = delete;

/// The value, put into an array unless it is one.
[[nodiscard]] Value::Array to_array(Value value);

/// Appends a value, or each element of an array, to the array under `key`; makes that if need be.
void append_to(Value::Object& object, const std::string& key, Value value);

/// As `append_to`, but a lone value stays bare unless `as_array`.
void add_value(Value::Object& object, const std::string& key, Value value, bool as_array);

}  // namespace scenograph::jsonld
