#include "jsonld/internal/locate.hpp"

#include <algorithm>

#include "jsonld/json.hpp"

namespace scenograph::jsonld {

namespace {

constexpr unsigned most_escaped = 1000;  ///< keys with escapes, which are slow to compare

}  // namespace

std::size_t Locator::find(const Path& path, bool key) {
  std::size_t at = solid(0);
  std::size_t key_at = at;
  bool in_list = false;
  for (const Step& step : path) {
    if (step.is_key()) {
      if (!enter_object(at, step.key, key_at)) return at;
    } else {
      if (!enter_array(at, step.index, !in_list)) return at;
      in_list = true;
      key_at = at;
    }
  }
  return key ? key_at : at;
}

std::size_t Locator::solid(std::size_t at) const {
  const std::size_t found = text_.find_first_not_of(" \t\r\n", at);
  return std::min(found, text_.size());
}

std::size_t Locator::after_text(std::size_t at) const {
  for (++at; at < text_.size() && text_[at] != '"'; ++at) {
    if (text_[at] == '\\') ++at;
  }
  return std::min(at + 1, text_.size());
}

std::size_t Locator::after_value(std::size_t at) const {
  std::size_t depth = 0;
  while (at < text_.size()) {
    const char c = text_[at];
    if (c == '"') {
      at = after_text(at);
    } else if (c == '{' || c == '[') {
      ++depth;
      ++at;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return at;
      --depth;
      ++at;
    } else if (depth == 0 && c == ',') {
      return at;
    } else {
      ++at;
      continue;
    }
    if (depth == 0) return at;
  }
  return at;
}

bool Locator::is_named(std::size_t begin, std::size_t end, std::string_view key) {
  const std::string_view raw = text_.substr(begin, end - begin);
  if (raw.find('\\') == std::string_view::npos) return raw.size() >= 2 && raw.substr(1, raw.size() - 2) == key;
  if (raw.size() - 2 <= key.size() || ++escaped_ > most_escaped) return false;
  return parse_json("[" + std::string(raw) + "]", {}).array().front().is(key);
}

bool Locator::enter_object(std::size_t& at, std::string_view key, std::size_t& key_at) {
  if (at >= text_.size() || text_[at] != '{') return false;
  for (std::size_t next = solid(at + 1); next < text_.size() && text_[next] == '"'; next = solid(next + 1)) {
    const std::size_t end = after_text(next);
    const std::size_t value = solid(solid(end) + 1);
    if (is_named(next, end, key)) {
      key_at = next;
      at = value;
      return true;
    }
    next = solid(after_value(value));
    if (next >= text_.size() || text_[next] != ',') break;
  }
  return false;
}

bool Locator::enter_array(std::size_t& at, std::size_t index, bool outermost) {
  if (at >= text_.size() || text_[at] != '[') return false;
  const bool known = outermost && list_ == at && element_ != 0 && index_ <= index;
  const std::size_t list = at;
  std::size_t next = known ? element_ : solid(at + 1);
  for (std::size_t i = known ? index_ : 0; i < index; ++i) {
    next = solid(after_value(next));
    if (next >= text_.size() || text_[next] != ',') return false;
    next = solid(next + 1);
  }
  at = next;
  if (outermost) {
    list_ = list;
    index_ = index;
    element_ = next;
  }
  return true;
}

}  // namespace scenograph::jsonld
