#include "jsonld/json.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace scenograph::jsonld {

namespace {

using base::Code;
using base::Error;
namespace ondemand = simdjson::ondemand;

constexpr unsigned max_depth = 256;

class JsonReader {
 public:
  JsonReader(std::string_view text, std::string_view source_name) : text_(text), source_name_(source_name) {}

  Value read() {
    if (const std::size_t bad = base::find_invalid_utf8(text_.text()); bad != std::string_view::npos) {
      throw Error(Code::BadSyntax, "a byte that is not UTF-8; convert the document to UTF-8", place(bad));
    }
    if (const auto error = parser_.iterate(text_.padded).get(document_); error != simdjson::SUCCESS) {
      throw Error(Code::BadSyntax, fmt::format("this is not JSON: {}", simdjson::error_message(error)), place(0));
    }
    ondemand::json_type type{};
    check(document_.type().get(type));
    Value value;
    if (type == ondemand::json_type::array || type == ondemand::json_type::object) {
      ondemand::value root;
      check(document_.get_value().get(root));
      value = convert(root, 1);
    } else {
      throw Error(Code::BadSyntax, "the document is neither a JSON object nor a JSON array", place(0));
    }
    const char* more = nullptr;
    if (document_.current_location().get(more) == simdjson::SUCCESS)
      throw fault("there is more after the end of the JSON");
    return value;
  }

 private:
  struct Text {
    explicit Text(std::string_view text) : padded(text) {}
    [[nodiscard]] std::string_view text() const { return {padded.data(), padded.size()}; }
    simdjson::padded_string padded;
  };

  [[nodiscard]] base::Where place(std::size_t offset) const {
    const std::string_view before = text_.text().substr(0, offset);
    const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    const auto line = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')) + 1;
    std::uint64_t column = 1;
    for (const char c : before.substr(line_start)) column += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    return {std::string(source_name_), line, column};
  }

  [[nodiscard]] Error fault(std::string message) {
    const char* at = nullptr;
    const bool known = document_.current_location().get(at) == simdjson::SUCCESS;
    const std::size_t offset = known ? static_cast<std::size_t>(at - text_.padded.data()) : text_.padded.size();
    return {Code::BadSyntax, std::move(message), place(std::min(offset, text_.padded.size()))};
  }

  void check(simdjson::error_code error) {
    if (error == simdjson::SUCCESS) return;
    throw fault(fmt::format("this is not JSON: {}", simdjson::error_message(error)));
  }

  Value convert(ondemand::value value, unsigned depth) {
    if (depth > max_depth) throw fault(fmt::format("JSON nested more than {} deep", max_depth));
    ondemand::json_type type{};
    check(value.type().get(type));
    switch (type) {
      case ondemand::json_type::object:
        return convert_object(value, depth);
      case ondemand::json_type::array:
        return convert_array(value, depth);
      case ondemand::json_type::string: {
        std::string_view text;
        check(value.get_string().get(text));
        return text;
      }
      case ondemand::json_type::number:
        return convert_number(value);
      case ondemand::json_type::boolean: {
        bool truth = false;
        check(value.get_bool().get(truth));
        return Value(truth);
      }
      case ondemand::json_type::null:
        break;
    }
    bool null = false;
    check(value.is_null().get(null));
    if (!null) throw fault("this is not JSON: null was expected");
    return {};
  }

  Value convert_object(ondemand::value& value, unsigned depth) {
    ondemand::object source;
    check(value.get_object().get(source));
    Value::Object object;
    for (auto field : source) {
      std::string_view key;
      check(field.unescaped_key().get(key));
      std::string name(key);
      ondemand::value member;
      check(field.value().get(member));
      object.insert_or_assign(std::move(name), convert(member, depth + 1));
    }
    return object;
  }

  Value convert_array(ondemand::value& value, unsigned depth) {
    ondemand::array source;
    check(value.get_array().get(source));
    Value::Array array;
    for (auto element : source) {
      ondemand::value member;
      check(element.get(member));
      array.push_back(convert(member, depth + 1));
    }
    return array;
  }

  Value convert_number(ondemand::value& value) {
    ondemand::number number;
    if (value.get_number().get(number) == simdjson::SUCCESS) {
      if (number.is_int64()) return Value(number.get_int64());
      return Value(number.is_double() ? number.get_double() : static_cast<double>(number.get_uint64()));
    }
    double real = 0;
    check(value.get_double().get(real));
    return Value(real);
  }

  Text text_;
  std::string_view source_name_;
  ondemand::parser parser_;
  ondemand::document document_;
};

/// As ECMAScript writes numbers (RFC 8785, section 3.2.2.3).
std::string number_text(double number) {
  if (number == 0) return "0";
  std::array<char, 32> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific).ptr;
  std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  std::string out;
  if (text.front() == '-') {
    out = "-";
    text.remove_prefix(1);
  }
  const std::size_t e = text.find('e');
  int exponent = 0;
  const std::string_view power = text.substr(text[e + 1] == '+' ? e + 2 : e + 1);
  std::from_chars(power.data(), power.data() + power.size(), exponent);
  std::string digits(1, text.front());
  if (e > 2) digits += text.substr(2, e - 2);
  const int count = static_cast<int>(digits.size());
  const int point = exponent + 1;  // digits before the decimal point
  if (point > 21 || point < -5) {
    const std::string fraction = count > 1 ? "." + digits.substr(1) : "";
    return fmt::format("{}{}{}e{}{}", out, digits.front(), fraction, exponent < 0 ? "-" : "+", std::abs(exponent));
  }
  if (point <= 0) return out + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  if (point >= count) return out + digits + std::string(static_cast<std::size_t>(point - count), '0');
  return out + digits.substr(0, static_cast<std::size_t>(point)) + "." + digits.substr(static_cast<std::size_t>(point));
}

void append_string(std::string& out, std::string_view text) {
  static constexpr std::string_view names = "btnvfr";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte >= 0x08 && byte <= 0x0D && byte != 0x0B) {
      out += '\\';
      out += names[byte - 0x08U];
    } else if (byte < 0x20) {
      out += fmt::format("\\u{:04x}", byte);
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_break(std::string& out, unsigned indent, unsigned depth) {
  if (indent != 0) out.append(1, '\n').append(std::size_t{indent} * depth, ' ');
}

void append(std::string& out, const Value& value, unsigned indent, unsigned depth);

void append_object(std::string& out, const Value::Object& object, unsigned indent, unsigned depth) {
  out += '{';
  bool first = true;
  for (const auto& [key, member] : object) {
    if (!first) out += ',';
    first = false;
    append_break(out, indent, depth + 1);
    append_string(out, key);
    out += indent != 0 ? ": " : ":";
    append(out, member, indent, depth + 1);
  }
  if (!first) append_break(out, indent, depth);
  out += '}';
}

void append(std::string& out, const Value& value, unsigned indent, unsigned depth) {
  if (value.is_object()) return append_object(out, value.object(), indent, depth);
  if (value.is_array()) {
    out += '[';
    bool first = true;
    for (const Value& member : value.array()) {
      if (!first) out += ',';
      first = false;
      append_break(out, indent, depth + 1);
      append(out, member, indent, depth + 1);
    }
    if (!first) append_break(out, indent, depth);
    out += ']';
  } else if (value.is_string()) {
    append_string(out, value.string());
  } else if (value.is_integer()) {
    out += std::to_string(value.integer());
  } else if (value.is_number()) {
    out += number_text(value.number());
  } else if (value.is_bool()) {
    out += value.boolean() ? "true" : "false";
  } else {
    out += "null";
  }
}

/// Integers beyond 2^53 as the nearest double, as ECMAScript reads them.
Value with_doubles(const Value& value) {
  if (value.is_integer()) {
    constexpr std::int64_t exact = std::int64_t{1} << 53U;
    const bool is_exact = value.integer() <= exact && value.integer() >= -exact;
    return is_exact ? value : Value(value.number());
  }
  if (value.is_array()) {
    Value::Array array;
    for (const Value& member : value.array()) array.push_back(with_doubles(member));
    return array;
  }
  if (!value.is_object()) return value;
  Value::Object object;
  for (const auto& [key, member] : value.object()) object.emplace(key, with_doubles(member));
  return object;
}

}  // namespace

double Value::number() const {
  return is_integer() ? static_cast<double>(std::get<std::int64_t>(data_)) : std::get<double>(data_);
}

const Value* Value::find(std::string_view key) const {
  if (!is_object()) return nullptr;
  const auto found = object().find(key);
  return found == object().end() ? nullptr : &found->second;
}

Value* Value::find(std::string_view key) {
  if (!is_object()) return nullptr;
  const auto found = object().find(key);
  return found == object().end() ? nullptr : &found->second;
}

Value parse_json(std::string_view text, std::string_view source_name) { return JsonReader(text, source_name).read(); }

std::string to_json(const Value& value, unsigned indent) {
  std::string out;
  append(out, value, indent, 0);
  return out;
}

std::string to_canonical_json(const Value& value) { return to_json(with_doubles(value)); }

}  // namespace scenograph::jsonld
