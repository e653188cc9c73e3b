#include "sources/internal/json_walk.hpp"

#include <fmt/format.h>

#include "base/error.hpp"

namespace scenograph::sources::internal {

namespace {

namespace dom = simdjson::dom;

template <typename Each>
void each_child(const dom::element& element, const Each& each) {
  if (dom::array array; element.get(array) == simdjson::SUCCESS) {
    for (const dom::element child : array) each(std::string_view(), child);
  } else if (dom::object object; element.get(object) == simdjson::SUCCESS) {
    for (const auto& [name, child] : object) each(name, child);
  }
}

// Depth is bounded by the parser's max_json_depth.
void select_deep(const dom::element& element, std::span<const PathStep> path, std::vector<dom::element>& found) {
  const bool every = path[0].kind == PathStep::Kind::DeepEvery;
  each_child(element, [&](std::string_view name, const dom::element& child) {
    if (every || (element.is_object() && name == path[0].name)) select(child, path.subspan(1), found);
    select_deep(child, path, found);
  });
}

void select_index(const dom::element& element, std::span<const PathStep> path, std::vector<dom::element>& found) {
  dom::array array;
  if (element.get(array) != simdjson::SUCCESS) return;
  const std::int64_t wanted = path[0].index;
  std::int64_t left = wanted >= 0 ? wanted : wanted + static_cast<std::int64_t>(array.size());
  if (left < 0) return;
  for (const dom::element child : array) {
    if (left-- == 0) return select(child, path.subspan(1), found);
  }
}

}  // namespace

void select(const dom::element& element, std::span<const PathStep> path, std::vector<dom::element>& found) {
  if (path.empty()) {
    found.push_back(element);
    return;
  }
  switch (path[0].kind) {
    case PathStep::Kind::Name: {
      dom::object object;
      dom::element child;
      if (element.get(object) == simdjson::SUCCESS && object.at_key(path[0].name).get(child) == simdjson::SUCCESS) {
        select(child, path.subspan(1), found);
      }
      return;
    }
    case PathStep::Kind::Index:
      return select_index(element, path, found);
    case PathStep::Kind::Every:
      return each_child(element,
                        [&](std::string_view, const dom::element& child) { select(child, path.subspan(1), found); });
    case PathStep::Kind::Deep:
    case PathStep::Kind::DeepEvery:
      return select_deep(element, path, found);
  }
}

Value to_value(const dom::element& element) {
  switch (element.type()) {
    case dom::element_type::NULL_VALUE:
      return {};
    case dom::element_type::BOOL:
      return {ValueType::Boolean, bool(element) ? "true" : "false"};
    case dom::element_type::INT64:
      return {ValueType::Integer, fmt::format("{}", std::int64_t(element))};
    case dom::element_type::UINT64:
      return {ValueType::Integer, fmt::format("{}", std::uint64_t(element))};
    case dom::element_type::DOUBLE:
      return {ValueType::Double, fmt::format("{}", double(element))};
    case dom::element_type::STRING:
      return {ValueType::String, std::string(std::string_view(element))};
    case dom::element_type::ARRAY:
    case dom::element_type::OBJECT:
      return {ValueType::Json, simdjson::to_string(element)};
  }
  return {};
}

namespace {

/// Goes through a text as RFC 8259 has it and stops at the first fault.
class JsonChecker {
 public:
  explicit JsonChecker(std::string_view text) : text_(text) {}

  JsonFault check() {
    space();
    while (!failed_) {
      if (value_next_) {
        value();
      } else if (open_.empty()) {
        if (at_ < text_.size()) fail("there is text after the end of the document");
        break;
      } else {
        after_value();
      }
      space();
    }
    return fault_;
  }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void space() {
    while (at_ < text_.size() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')) ++at_;
  }

  void fail(std::string message) {
    if (at_ >= text_.size()) message = "the text ends too early: " + message;
    fault_ = {at_, std::move(message)};
    failed_ = true;
  }

  void value() {
    const char c = peek();
    if (c == '{' || c == '[') return open(c);
    value_next_ = false;
    if (c == '"') return string();
    if (c == '-' || (c >= '0' && c <= '9')) return number();
    for (const std::string_view word : {"true", "false", "null"}) {
      if (text_.substr(at_).starts_with(word)) {
        at_ += word.size();
        return;
      }
    }
    fail("a value is expected here");
  }

  void open(char bracket) {
    if (open_.size() == max_json_depth) return fail("arrays and objects are nested deeper than 256");
    open_.push_back(bracket == '{' ? '}' : ']');
    ++at_;
    space();
    if (peek() == open_.back()) {
      value_next_ = false;
    } else if (bracket == '{') {
      member();
    }
  }

  void member() {
    if (peek() != '"') return fail("a quoted name is expected here");
    string();
    space();
    if (failed_) return;
    if (peek() != ':') return fail("a colon is expected after the name");
    ++at_;
    value_next_ = true;
  }

  void after_value() {
    if (peek() == open_.back() && at_ < text_.size()) {
      ++at_;
      open_.pop_back();
      return;
    }
    if (peek() != ',') return fail(fmt::format("a comma or «{}» is expected here", open_.back()));
    ++at_;
    space();
    if (open_.back() == '}') return member();
    value_next_ = true;
  }

  void string() {
    for (++at_; at_ < text_.size() && peek() != '"'; ++at_) {
      if (static_cast<unsigned char>(peek()) < 0x20) return fail("a string holds a line break or control character");
      if (peek() == '\\') {
        ++at_;
        if (std::string_view("\"\\/bfnrtu").find(peek()) == std::string_view::npos) {
          return fail("a backslash starts no known escape");
        }
      }
    }
    if (at_ >= text_.size()) return fail("a string is not closed");
    ++at_;
  }

  void number() {
    const std::size_t start = at_;
    while (at_ < text_.size() && std::string_view("+-.eE0123456789").find(peek()) != std::string_view::npos) ++at_;
    simdjson::dom::parser parser;
    simdjson::dom::element element;
    const std::string number(text_.substr(start, at_ - start));
    if (parser.parse(number).get(element) != simdjson::SUCCESS) {
      at_ = start;
      fail("the number is malformed or too large");
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string open_;  // the closing brackets owed
  bool value_next_ = true;
  bool failed_ = false;
  JsonFault fault_;
};

}  // namespace

JsonFault find_json_fault(std::string_view text) { return JsonChecker(text).check(); }

}  // namespace scenograph::sources::internal

namespace scenograph::sources {

Values query_json(std::string_view json, const JsonPath& path) {
  simdjson::dom::parser parser;
  if (parser.allocate(json.size() + 1, internal::max_json_depth) != simdjson::SUCCESS) {
    throw base::Error(base::Code::OutOfMemory, "the JSON text is too large");
  }
  simdjson::dom::element document;
  if (const auto error = parser.parse(json.data(), json.size()).get(document); error != simdjson::SUCCESS) {
    internal::JsonFault fault = internal::find_json_fault(json);
    if (fault.message.empty()) fault.message = simdjson::error_message(error);
    throw base::Error(base::Code::BadSyntax, "not JSON: " + fault.message);
  }
  std::vector<simdjson::dom::element> found;
  internal::select(document, path, found);
  Values values;
  for (const simdjson::dom::element& element : found) values.push_back(internal::to_value(element));
  return values;
}

}  // namespace scenograph::sources
