#include "jsonld/internal/mended_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "jsonld/internal/bundled.hpp"
#include "jsonld/internal/keywords.hpp"
#include "jsonld/internal/schema_terms.hpp"
#include "markup/entities.hpp"

namespace scenograph::jsonld {

namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view not_in_iris = " \t\r\n<>\"{}|\\^`";

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool is_web(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.");
}

/// Characters that make a closer look at an address worth while.
constexpr std::array<bool, 256> make_suspect() {
  std::array<bool, 256> suspect{};
  for (const std::string_view set : {not_in_iris, std::string_view(",;&")}) {
    for (const char c : set) suspect[static_cast<unsigned char>(c)] = true;
  }
  return suspect;
}

/// Whether another address begins after a comma, a semicolon or a blank.
bool holds_several(std::string_view text) {
  for (std::size_t at = text.find("http", 1); at != std::string_view::npos; at = text.find("http", at + 4)) {
    if (std::string_view(" ,;\n").find(text[at - 1]) != std::string_view::npos && is_web(text.substr(at))) return true;
  }
  return false;
}

}  // namespace

bool is_odd_text(std::string_view text) noexcept {
  if (text.empty() || (blanks.find(text.front()) != std::string_view::npos && trimmed(text).empty())) return true;
  if (may_hold_json(text)) return true;
  if (text.find('&') != std::string_view::npos && markup::has_html_entity(text) && !has_markup(text)) return true;
  return false;
}

bool is_odd_address(std::string_view text) noexcept {
  static constexpr auto suspect = make_suspect();
  const bool plain =
      std::none_of(text.begin(), text.end(), [](char c) { return suspect[static_cast<unsigned char>(c)]; });
  if (plain) return text.empty() || text.starts_with("www.");
  return is_odd_text(text) || text.starts_with("www.") || text.find_first_of(not_in_iris) != std::string_view::npos ||
         holds_several(text);
}

std::string_view trimmed(std::string_view text) noexcept {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

std::string_view keyword_meant(std::string_view key) {
  static constexpr std::array<std::string_view, 13> keywords = {
      "@context", "@id",      "@type",  "@value",    "@language", "@graph",    "@list",
      "@set",     "@reverse", "@index", "@included", "@nest",     "@direction"};
  if (key == "context" || key == "graph") return key == "context" ? "@context" : "@graph";
  if (key.find('@') == std::string_view::npos) return {};
  std::string folded = "@";
  for (const char c : key) {
    if (c != '@' && c != ' ' && c != ':') folded += c;
  }
  folded = lower_case(folded);
  const auto* found = std::find(keywords.begin(), keywords.end(), folded);
  return found == keywords.end() || *found == key ? std::string_view() : *found;
}

std::optional<std::string> declared_prefix(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> prefixes = {
      {{"schema", "http://schema.org/"},
       {"dc", "http://purl.org/dc/elements/1.1/"},
       {"dcterms", "http://purl.org/dc/terms/"},
       {"foaf", "http://xmlns.com/foaf/0.1/"},
       {"skos", "http://www.w3.org/2004/02/skos/core#"},
       {"owl", "http://www.w3.org/2002/07/owl#"},
       {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
       {"xsd", "http://www.w3.org/2001/XMLSchema#"}}};
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos || name.substr(colon + 1).starts_with("//")) return std::nullopt;
  for (const auto& [prefix, space] : prefixes) {
    if (name.substr(0, colon) == prefix) return std::string(space) + std::string(name.substr(colon + 1));
  }
  return std::nullopt;
}

std::optional<std::string_view> schema_local_anyhow(std::string_view iri) noexcept {
  for (const std::string_view space : {"http://www.schema.org/", "https://www.schema.org/"}) {
    if (iri.starts_with(space)) return iri.substr(space.size());
  }
  return schema_local_name(iri);
}

bool is_schema_org_host(std::string_view address) {
  const std::string lower = lower_case(trimmed(address));
  std::string_view host = lower;
  if (const std::size_t scheme = host.find_first_of(":/"); scheme != std::string_view::npos && scheme <= 6) {
    host.remove_prefix(std::min(host.find_first_not_of(":/", scheme), host.size()));
  }
  host = host.substr(0, host.find_first_of("/#?:"));
  return host == "schema.org" || host.ends_with(".schema.org");
}

bool is_misspelt_schema_org(std::string_view address) {
  return is_schema_org_host(address) && !(is_absolute_iri(address) && is_bundled(address));
}

bool has_markup(std::string_view text) noexcept {
  for (std::size_t at = text.find('<'); at != std::string_view::npos && at + 1 < text.size();
       at = text.find('<', at + 1)) {
    const char next = static_cast<char>(text[at + 1] | 0x20);
    if (text[at + 1] == '/' || text[at + 1] == '!' || (next >= 'a' && next <= 'z')) return true;
  }
  return false;
}

bool may_hold_json(std::string_view text) noexcept {
  if (text.size() < 2 || (text.front() != '{' && text.front() != '[')) return false;
  return text.back() == (text.front() == '{' ? '}' : ']');
}

std::optional<Value> json_in(std::string_view text) {
  try {
    Value value = parse_json(text, {});
    if (value.is_object()) return value;
    const Value& first = value.array().empty() ? value : value.array().front();
    if (first.is_object() || first.is_string()) return value;
  } catch (const base::Error&) {
    return std::nullopt;
  }
  return std::nullopt;
}

std::vector<std::string_view> addresses_in(std::string_view text) {
  std::vector<std::string_view> found;
  std::size_t begin = 0;
  const auto add = [&](std::string_view part) {
    part = trimmed(part);
    while (!part.empty() && (part.back() == ',' || part.back() == ';')) part.remove_suffix(1);
    if (!part.empty()) found.push_back(part);
  };
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (std::string_view(" ,;\n\t").find(text[at - 1]) == std::string_view::npos || !is_web(text.substr(at))) continue;
    add(text.substr(begin, at - begin));
    begin = at;
  }
  add(text.substr(begin));
  if (!std::all_of(found.begin(), found.end(), is_web)) found.clear();
  return found;
}

bool is_sentence(std::string_view text) noexcept {
  return text.find(' ') != std::string_view::npos && text.find(' ') < text.find('/') && !is_web(text);
}

std::string mended_address(std::string_view text) {
  std::string out(text.starts_with("www.") ? "https://" : "");
  bool hash = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool second_hash = c == '#' && hash;
    const bool bare_percent = c == '%' && (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2]));
    hash = hash || c == '#';
    if (static_cast<unsigned char>(c) <= 0x20 || bare_percent || second_hash ||
        not_in_iris.find(c) != std::string_view::npos) {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out;
}

std::string mended_language(std::string_view tag) {
  std::string out(trimmed(tag));
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

}  // namespace scenograph::jsonld
