#include "jsonld/internal/keywords.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rdf/iri.hpp"

namespace scenograph::jsonld {

namespace {

constexpr std::array<std::string_view, 28> keywords = {
    "@base",       "@container", "@context", "@default",     "@direction", "@embed",     "@explicit",
    "@graph",      "@id",        "@import",  "@included",    "@index",     "@json",      "@language",
    "@list",       "@nest",      "@none",    "@omitDefault", "@prefix",    "@propagate", "@protected",
    "@requireAll", "@reverse",   "@set",     "@type",        "@value",     "@version",   "@vocab"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

bool is_keyword(std::string_view text) noexcept {
  return text.starts_with('@') && std::find(keywords.begin(), keywords.end(), text) != keywords.end();
}

bool is_framing_keyword(std::string_view text) noexcept {
  return text == "@default" || text == "@embed" || text == "@explicit" || text == "@omitDefault" ||
         text == "@requireAll";
}

bool is_keyword_like(std::string_view text) noexcept {
  return text.size() > 1 && text.front() == '@' && std::all_of(text.begin() + 1, text.end(), is_letter);
}

bool is_absolute_iri(std::string_view text) noexcept { return rdf::split_iri(text).scheme.has_value(); }

bool is_direction(std::string_view text) noexcept { return text == "rtl" || text == "ltr"; }

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

base::Error data_error(std::string_view code, std::string_view about) {
  return {base::Code::BadData, about.empty() ? std::string(code) : fmt::format("{}: {}", code, about)};
}

}  // namespace scenograph::jsonld
