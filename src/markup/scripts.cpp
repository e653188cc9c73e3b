#include "markup/scripts.hpp"

#include <gumbo.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "rdf/iri.hpp"

namespace scenograph::markup {

namespace {

/// Longer tags are passed over: comparing their attributes takes time by the square of their number.
constexpr std::size_t longest_tag = std::size_t{1} << 13U;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool starts_with_tag(std::string_view html, std::string_view tag) {
  if (html.size() <= tag.size()) return false;
  for (std::size_t i = 0; i < tag.size(); ++i) {
    if (lower(html[i]) != tag[i]) return false;
  }
  return std::string_view(" \t\r\n\f/>").find(html[tag.size()]) != std::string_view::npos;
}

/// Where the tag that begins at `start` ends, quotes heeded.
std::size_t tag_end(std::string_view html, std::size_t start) {
  char quote = '\0';
  for (std::size_t i = start; i < html.size(); ++i) {
    if (quote != '\0') {
      if (html[i] == quote) quote = '\0';
    } else if (html[i] == '"' || html[i] == '\'') {
      quote = html[i];
    } else if (html[i] == '>') {
      return i + 1;
    }
  }
  return html.size();
}

std::size_t find_closing(std::string_view html, std::size_t from, std::string_view closing_tag) {
  for (std::size_t i = html.find("</", from); i != std::string_view::npos; i = html.find("</", i + 2)) {
    if (starts_with_tag(html.substr(i), closing_tag)) return i;
  }
  return html.size();
}

struct FreeOutput {
  void operator()(GumboOutput* output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};

const GumboElement* find_element(const GumboNode* node, GumboTag tag) {
  if (node->type != GUMBO_NODE_ELEMENT) return nullptr;
  if (node->v.element.tag == tag) return &node->v.element;
  const GumboVector& children = node->v.element.children;
  for (unsigned i = 0; i < children.length; ++i) {
    const auto* found = find_element(static_cast<const GumboNode*>(children.data[i]), tag);
    if (found != nullptr) return found;
  }
  return nullptr;
}

/// The attributes of one start tag, entities decoded.
class Tag {
 public:
  Tag(std::string_view text, GumboTag tag)
      : text_(text), output_(gumbo_parse_with_options(&kGumboDefaultOptions, text_.data(), text_.size())) {
    element_ = find_element(output_->root, tag);
  }

  [[nodiscard]] std::optional<std::string> attribute(const char* name) const {
    const GumboAttribute* found = element_ == nullptr ? nullptr : gumbo_get_attribute(&element_->attributes, name);
    return found == nullptr ? std::nullopt : std::optional<std::string>(found->value);
  }

 private:
  std::string text_;
  std::unique_ptr<GumboOutput, FreeOutput> output_;
  const GumboElement* element_ = nullptr;
};

bool is_json_ld(std::string_view type) {
  type = type.substr(0, type.find(';'));
  while (!type.empty() && type.back() == ' ') type.remove_suffix(1);
  while (!type.empty() && type.front() == ' ') type.remove_prefix(1);
  std::string folded(type);
  std::transform(folded.begin(), folded.end(), folded.begin(), lower);
  return folded == "application/ld+json";
}

class Scanner {
 public:
  Scanner(std::string_view html, std::string_view address) : html_(html), page_{std::string(address), {}} {}

  Page run() {
    for (std::size_t at = html_.find('<'); at != std::string_view::npos; at = html_.find('<', at)) at = step(at);
    return std::move(page_);
  }

 private:
  /// Deals with the markup at `at`; @return where to go on.
  std::size_t step(std::size_t at) {
    const std::string_view rest = html_.substr(at);
    if (rest.starts_with("<!--")) {
      const std::size_t end = html_.find("-->", at + 4);
      return end == std::string_view::npos ? html_.size() : end + 3;
    }
    if (starts_with_tag(rest, "<script")) return on_script(at);
    if (starts_with_tag(rest, "<style")) return find_closing(html_, at, "</style");
    if (starts_with_tag(rest, "<textarea")) return find_closing(html_, at, "</textarea");
    if (starts_with_tag(rest, "<base") && !has_base_) return on_base(at);
    return at + 1;
  }

  std::size_t on_base(std::size_t at) {
    const std::size_t end = tag_end(html_, at);
    if (end - at > longest_tag) return end;
    const Tag tag(html_.substr(at, end - at), GUMBO_TAG_BASE);
    if (const auto href = tag.attribute("href")) {
      has_base_ = true;
      page_.base = page_.base.empty() ? *href : rdf::resolve_iri(page_.base, *href);
    }
    return end;
  }

  std::size_t on_script(std::size_t at) {
    const std::size_t start = tag_end(html_, at);
    const std::size_t end = find_closing(html_, start, "</script");
    const std::string_view text = html_.substr(at, start - at);
    if (text.size() > longest_tag) return end;
    if (text.find('+') == std::string_view::npos && text.find('&') == std::string_view::npos) return end;
    const Tag tag(text, GUMBO_TAG_SCRIPT);
    if (!is_json_ld(tag.attribute("type").value_or(""))) return end;
    advance_to(start);
    page_.scripts.push_back(
        {std::string(html_.substr(start, end - start)), tag.attribute("id").value_or(""), line_, column_});
    return end;
  }

  void advance_to(std::size_t offset) {
    for (; counted_ < offset; ++counted_) {
      if (html_[counted_] == '\n') {
        ++line_;
        column_ = 1;
      } else if ((static_cast<unsigned char>(html_[counted_]) & 0xC0U) != 0x80U) {
        ++column_;
      }
    }
  }

  std::string_view html_;
  Page page_;
  bool has_base_ = false;
  std::size_t counted_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t column_ = 1;
};

}  // namespace

Page find_scripts(std::string_view html, std::string_view address) { return Scanner(html, address).run(); }

}  // namespace scenograph::markup
