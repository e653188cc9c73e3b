#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace scenograph::sources {

/// The kind a value has in its source; everything in CSV is a String. Json is an array or an object, as JSON text.
enum class ValueType : std::uint8_t { Null, Boolean, Integer, Double, String, Json };

/// One value of a record: "true", "-3", "2.5", characters, or JSON text; empty for Null. UTF-8.
struct Value {
  ValueType type = ValueType::Null;
  std::string text;

  friend bool operator==(const Value&, const Value&) = default;
};

using Values = std::vector<Value>;

}  // namespace scenograph::sources
