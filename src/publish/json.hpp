#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scenograph::publish {

/// Appends `text` as a JSON string, quotes included. "<" and U+2028/9 are escaped as well, so that the result can stand
/// in a script element. REQUIRES: UTF-8.
void append_json_string(std::string& out, std::string_view text);

/// Writes one JSON value, commas and escapes seen to. Keys and values must alternate as JSON has them.
class JsonWriter {
 public:
  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(bool flag) { return raw(flag ? "true" : "false"); }
  JsonWriter& value(int number) { return value(std::int64_t{number}); }
  JsonWriter& value(std::int64_t number) { return raw(std::to_string(number)); }
  JsonWriter& value(double number);

  /// A value that is JSON already.
  JsonWriter& raw(std::string_view json);

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate();

  std::string out_;
  bool needs_comma_ = false;
};

}  // namespace scenograph::publish
