#include "markup/entities.hpp"

#include <gumbo.h>

#include <algorithm>
#include <unordered_map>

namespace scenograph::markup {

namespace {

constexpr std::size_t longest_entity = 33;  ///< "&CounterClockwiseContourIntegral;"
constexpr std::size_t most_known = 512;     ///< names kept in one text

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// The length of the reference at the beginning of `text`, & and ; included; 0 if there is none.
std::size_t entity_size(std::string_view text) {
  std::size_t at = text.substr(1).starts_with('#') ? 2 : 1;
  const std::size_t begin = at;
  while (at < text.size() && at < longest_entity && is_alphanumeric(text[at])) ++at;
  return at > begin && at < text.size() && text[at] == ';' ? at + 1 : 0;
}

/// What HTML makes of one reference; itself if that is unknown.
std::string decoded(const std::string& entity) {
  GumboOutput* output = gumbo_parse(entity.c_str());
  std::string text;
  const GumboVector& top = output->root->v.element.children;
  for (unsigned i = 0; i < top.length; ++i) {
    const auto* body = static_cast<const GumboNode*>(top.data[i]);
    if (body->type != GUMBO_NODE_ELEMENT || body->v.element.tag != GUMBO_TAG_BODY) continue;
    for (unsigned j = 0; j < body->v.element.children.length; ++j) {
      const auto* node = static_cast<const GumboNode*>(body->v.element.children.data[j]);
      if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) text += node->v.text.text;
    }
  }
  gumbo_destroy_output(&kGumboDefaultOptions, output);
  return text.empty() ? entity : text;
}

}  // namespace

bool has_html_entity(std::string_view text) noexcept {
  for (std::size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
    if (entity_size(text.substr(at)) != 0) return true;
  }
  return false;
}

std::optional<std::string> decode_html_entities(std::string_view text) {
  std::unordered_map<std::string, std::string> known;
  std::string out;
  bool changed = false;
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('&'), text.size());
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const std::size_t size = entity_size(text);
    if (size == 0) {
      out += '&';
      text.remove_prefix(1);
      continue;
    }
    const std::string entity(text.substr(0, size));
    if (known.size() >= most_known) known.clear();
    // A letter before keeps white space that HTML would take for the space between tags.
    auto found = known.find(entity);
    if (found == known.end()) found = known.emplace(entity, decoded("x" + entity).substr(1)).first;
    changed = changed || found->second != entity;
    out += found->second;
    text.remove_prefix(size);
  }
  if (!changed) return std::nullopt;
  return out;
}

}  // namespace scenograph::markup
