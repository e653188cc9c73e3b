#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace scenograph::jsonld {

/// A JSON value. Members of objects are kept in the order of their keys; of members with equal keys the last counts.
class Value {
 public:
  using Array = std::vector<Value>;
  using Object = std::map<std::string, Value, std::less<>>;

  Value() = default;  ///< null
  explicit Value(bool value) : data_(value) {}
  explicit Value(std::int64_t value) : data_(value) {}
  explicit Value(double value) : data_(value) {}
  Value(std::string value) : data_(std::move(value)) {}         // NOLINT: a string is a value
  Value(std::string_view value) : data_(std::string(value)) {}  // NOLINT
  Value(const char* value) : data_(std::string(value)) {}       // NOLINT
  Value(Array value) : data_(std::move(value)) {}               // NOLINT
  Value(Object value) : data_(std::move(value)) {}              // NOLINT

  [[nodiscard]] bool is_null() const noexcept { return std::holds_alternative<std::monostate>(data_); }
  [[nodiscard]] bool is_bool() const noexcept { return std::holds_alternative<bool>(data_); }
  [[nodiscard]] bool is_integer() const noexcept { return std::holds_alternative<std::int64_t>(data_); }
  [[nodiscard]] bool is_number() const noexcept { return is_integer() || std::holds_alternative<double>(data_); }
  [[nodiscard]] bool is_string() const noexcept { return std::holds_alternative<std::string>(data_); }
  [[nodiscard]] bool is_array() const noexcept { return std::holds_alternative<Array>(data_); }
  [[nodiscard]] bool is_object() const noexcept { return std::holds_alternative<Object>(data_); }
  [[nodiscard]] bool is_scalar() const noexcept { return is_bool() || is_number() || is_string(); }

  // REQUIRES: a value of that type.
  [[nodiscard]] bool boolean() const { return std::get<bool>(data_); }
  [[nodiscard]] std::int64_t integer() const { return std::get<std::int64_t>(data_); }
  [[nodiscard]] double number() const;
  [[nodiscard]] const std::string& string() const { return std::get<std::string>(data_); }
  [[nodiscard]] const Array& array() const { return std::get<Array>(data_); }
  [[nodiscard]] Array& array() { return std::get<Array>(data_); }
  [[nodiscard]] const Object& object() const { return std::get<Object>(data_); }
  [[nodiscard]] Object& object() { return std::get<Object>(data_); }

  /// The member of an object; nullptr if there is none or this is no object.
  [[nodiscard]] const Value* find(std::string_view key) const;
  [[nodiscard]] Value* find(std::string_view key);
  [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }

  /// Whether this is the string `text`.
  [[nodiscard]] bool is(std::string_view text) const { return is_string() && string() == text; }

  friend bool operator==(const Value& a, const Value& b) { return a.data_ == b.data_; }

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> data_;
};

/// @throws Error(Code::BadSyntax) at the line and column of the first fault, nesting past 256 included.
[[nodiscard]] Value parse_json(std::string_view text, std::string_view source_name);

/// @param indent  blanks a level; 0 writes one line without blanks.
[[nodiscard]] std::string to_json(const Value& value, unsigned indent = 0);

/// The canonical form of RFC 8785 (JCS).
[[nodiscard]] std::string to_canonical_json(const Value& value);

}  // namespace scenograph::jsonld
