#include "sources/internal/json_splitter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "sources/encoding.hpp"
#include "sources/internal/json_walk.hpp"

namespace scenograph::sources::internal {

JsonSplitter::JsonSplitter(std::unique_ptr<base::ByteSource> source, std::vector<Route> routes,
                           const ReadOptions& options)
    : window_(to_utf8(std::move(source), options.encoding)), routes_(std::move(routes)), options_(options) {}

std::optional<JsonSplitter::Element> JsonSplitter::next() {
  window_.drop(std::exchange(taken_, 0));
  while (true) {
    const char c = peek_token();
    if (open_.empty()) {
      if (c == '\0') return std::nullopt;
      if (auto found = top_level()) return found;
    } else if (auto found = child()) {
      return found;
    }
  }
}

// Drops white space; '\0' at the end of the source.
char JsonSplitter::peek_token() {
  while (true) {
    const std::string_view text = window_.data();
    const std::size_t at = text.find_first_not_of(" \t\r\n");
    window_.drop(std::min(at, text.size()));
    if (at != std::string_view::npos && text[at] == '\0') fail(0, "a NUL byte; this is not JSON");
    if (at != std::string_view::npos) return window_.data()[0];
    if (!window_.grow()) return '\0';
  }
}

// Whether there is a byte at `offset`, reading on if need be.
bool JsonSplitter::more(std::size_t offset) {
  while (offset >= window_.data().size()) {
    check_size(offset);
    if (!window_.grow()) return false;
  }
  return true;
}

void JsonSplitter::check_size(std::size_t size) const {
  const bool whole = routes_.empty();
  const std::size_t limit = whole ? options_.max_document : options_.max_record;
  if (size <= limit) return;
  throw base::Error(base::Code::TooLarge,
                    whole ? fmt::format("the document is larger than {} bytes; use an iterator such as $[*] that can "
                                        "be read piece by piece, or raise --max-document",
                                        limit)
                          : fmt::format("a record is larger than {} bytes; raise --max-record", limit),
                    {options_.source_name, window_.line_of(0), window_.column_of(0)});
}

// Past the closing quote of the string that opens at `offset`.
std::size_t JsonSplitter::string_end(std::size_t offset) {
  std::size_t at = offset + 1;
  while (true) {
    if (!more(at)) fail(offset, "the text ends inside a string that starts here");
    const std::string_view text = window_.data();
    while (at < text.size() && text[at] != '"' && text[at] != '\\') ++at;
    if (at == text.size()) continue;
    if (text[at] == '"') return at + 1;
    at += 2;
  }
}

// Past the value at `offset`.
std::size_t JsonSplitter::value_end(std::size_t offset) {
  std::string closing;
  std::size_t at = offset;
  while (more(at)) {
    const char c = window_.data()[at];
    if (c == '"') {
      at = string_end(at);
    } else if (c == '{' || c == '[') {
      if (closing.size() == max_json_depth) fail(at, "arrays and objects are nested deeper than 256");
      closing += c == '{' ? '}' : ']';
      ++at;
      continue;
    } else if (c == '}' || c == ']') {
      if (closing.empty()) return at;
      if (c != closing.back()) fail(at, fmt::format("«{}» where «{}» is owed", c, closing.back()));
      closing.pop_back();
      ++at;
    } else if (closing.empty() && (c == ',' || c == ' ' || c == '\n' || c == '\r' || c == '\t')) {
      return at;
    } else {
      ++at;
      continue;
    }
    if (closing.empty()) return at;
  }
  if (!closing.empty()) fail(at, fmt::format("the text ends too early: «{}» is owed", closing.back()));
  return at;
}

std::optional<JsonSplitter::Element> JsonSplitter::top_level() {
  path_.clear();
  if (routes_.empty()) return element(0);
  return enter_or_skip(false);
}

// Moves by one child of the innermost frame, or out of it.
std::optional<JsonSplitter::Element> JsonSplitter::child() {
  Frame& frame = open_.back();
  char c = peek_token();
  if (c == '\0') fail(0, fmt::format("the text ends too early: «{}» is owed", frame.closing));
  if (c == frame.closing) {
    window_.drop(1);
    open_.pop_back();
    if (!path_.empty()) path_.pop_back();
    return std::nullopt;
  }
  if (!frame.first) {
    if (c != ',') fail(0, fmt::format("a comma or «{}» is expected here", frame.closing));
    window_.drop(1);
    c = peek_token();
  }
  frame.first = false;
  const bool wanted = frame.every;
  const std::size_t route = frame.route;
  if (frame.closing == '}') path_.push_back(member_name());
  if (peek_token() == '\0') fail(0, "the text ends too early: a value is expected");
  if (wanted) {
    if (frame.closing == '}') path_.pop_back();
    return element(route);
  }
  return enter_or_skip(true);
}

// At a value: opens it if a route leads through or ends here, else drops it.
std::optional<JsonSplitter::Element> JsonSplitter::enter_or_skip(bool is_member) {
  const char c = window_.data()[0];
  const auto route = route_here();
  if ((c == '{' || c == '[') && route) {
    window_.drop(1);
    open_.push_back({.closing = c == '{' ? '}' : ']', .every = true, .route = *route});
  } else if (c == '{' && leads_further()) {
    window_.drop(1);
    open_.push_back({.closing = '}'});
  } else {
    const std::size_t end = value_end(0);
    if (end == 0) fail(0, fmt::format("«{}» does not belong here", c));
    const JsonFault fault = c == '{' || c == '[' ? JsonFault{} : find_json_fault(window_.data().substr(0, end));
    if (!fault.message.empty()) fail(fault.offset, fault.message);
    window_.drop(end);
    if (is_member) path_.pop_back();
  }
  return std::nullopt;
}

bool JsonSplitter::leads_further() const {
  return std::any_of(routes_.begin(), routes_.end(), [&](const Route& route) {
    return route.size() > path_.size() && std::equal(path_.begin(), path_.end(), route.begin());
  });
}

std::optional<std::size_t> JsonSplitter::route_here() const {
  const auto found = std::find(routes_.begin(), routes_.end(), path_);
  if (found == routes_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - routes_.begin());
}

std::string JsonSplitter::member_name() {
  if (peek_token() != '"') fail(0, "a quoted name is expected here");
  const std::size_t end = string_end(0);
  const Values name = query_json(window_.data().substr(0, end), {});
  window_.drop(end);
  if (peek_token() != ':') fail(0, "a colon is expected after the name");
  window_.drop(1);
  return name.empty() ? std::string() : name.front().text;
}

JsonSplitter::Element JsonSplitter::element(std::size_t route) {
  const std::size_t end = value_end(0);
  if (end == 0) fail(0, fmt::format("a value is expected instead of «{}»", window_.data()[0]));
  check_size(end);
  taken_ = end;
  return {route, window_.data().substr(0, end), window_.line_of(0), window_.column_of(0)};
}

void JsonSplitter::fail(std::size_t offset, const std::string& message) const {
  throw base::Error(base::Code::BadSyntax, message,
                    {options_.source_name, window_.line_of(offset), window_.column_of(offset)});
}

}  // namespace scenograph::sources::internal
