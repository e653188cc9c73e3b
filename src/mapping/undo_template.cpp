#include <algorithm>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "mapping/fields.hpp"
#include "mapping/internal/template.hpp"

namespace scenograph::mapping {

namespace {

using internal::TemplatePart;
using Values = std::vector<std::string_view>;

/// The values if each reference takes as little as it can.
std::optional<Values> shortest(const std::vector<TemplatePart>& parts, std::string_view iri) {
  Values values;
  std::size_t at = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!parts[i].is_reference) {
      if (iri.substr(at).substr(0, parts[i].text.size()) != parts[i].text) return std::nullopt;
      at += parts[i].text.size();
      continue;
    }
    std::size_t end = iri.size();
    if (i + 2 == parts.size()) {  // the words at the end stand where the IRI ends
      if (iri.size() - at < parts[i + 1].text.size()) return std::nullopt;
      end = iri.size() - parts[i + 1].text.size();
    } else if (i + 1 < parts.size()) {
      end = iri.find(parts[i + 1].text, at + 1);
    }
    if (end == std::string_view::npos || end <= at) return std::nullopt;
    values.push_back(iri.substr(at, end - at));
    at = end;
  }
  return at == iri.size() ? std::optional(values) : std::nullopt;
}

/// The values if each takes as much as it can, seen from the end.
std::optional<Values> longest(const std::vector<TemplatePart>& parts, std::string_view iri) {
  Values values;
  std::size_t end = iri.size();
  for (std::size_t i = parts.size(); i-- > 0;) {
    if (!parts[i].is_reference) {
      if (!iri.substr(0, end).ends_with(parts[i].text)) return std::nullopt;
      end -= parts[i].text.size();
      continue;
    }
    std::size_t start = 0;
    if (i == 1) {
      start = parts[0].text.size();
    } else if (i > 0) {
      if (end == 0) return std::nullopt;
      start = iri.substr(0, end - 1).rfind(parts[i - 1].text);
      if (start != std::string_view::npos) start += parts[i - 1].text.size();
    }
    if (start == std::string_view::npos || start >= end) return std::nullopt;
    values.push_back(iri.substr(start, end - start));
    end = start;
  }
  std::reverse(values.begin(), values.end());
  return end == 0 ? std::optional(values) : std::nullopt;
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// Nullopt if there is a character that templates of IRIs would have encoded.
std::optional<std::string> decoded(std::string_view text) {
  constexpr std::string_view reserved = ":/?#[]@!$&'()*+,;=";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (reserved.find(text[i]) != std::string_view::npos) return std::nullopt;
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (i + 2 >= text.size() || digit(text[i + 1]) < 0 || digit(text[i + 2]) < 0) return std::nullopt;
    out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
    i += 2;
  }
  if (base::find_invalid_utf8(out) != std::string::npos) return std::nullopt;
  return out;
}

/// None of a faulty template.
std::vector<TemplatePart> parts_of(std::string_view text) {
  try {
    return internal::parse_template(text);
  } catch (const base::Error&) {
    return {};
  }
}

bool has_neighbours(const std::vector<TemplatePart>& parts) {
  const auto both = [](const TemplatePart& a, const TemplatePart& b) { return a.is_reference && b.is_reference; };
  return std::adjacent_find(parts.begin(), parts.end(), both) != parts.end();
}

}  // namespace

std::optional<std::vector<std::pair<std::string, std::string>>> undo_template(std::string_view text,
                                                                              std::string_view iri) {
  const std::vector<TemplatePart> parts = parts_of(text);
  if (parts.empty() || has_neighbours(parts)) return std::nullopt;
  if (parts.size() == 1 && parts[0].is_reference) return {{{parts[0].text, std::string(iri)}}};
  const auto values = shortest(parts, iri);
  if (!values || longest(parts, iri) != values) return std::nullopt;
  std::vector<std::pair<std::string, std::string>> found;
  auto value = values->begin();
  for (const TemplatePart& part : parts) {
    if (!part.is_reference) continue;
    auto plain = decoded(*value++);
    if (!plain) return std::nullopt;
    const auto same = [&part](const auto& known) { return known.first == part.text; };
    const auto known = std::find_if(found.begin(), found.end(), same);
    if (known == found.end()) {
      found.emplace_back(part.text, std::move(*plain));
    } else if (known->second != *plain) {
      return std::nullopt;
    }
  }
  return found;
}

}  // namespace scenograph::mapping
