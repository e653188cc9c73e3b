#include "syntax/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/error.hpp"
#include "syntax/internal/sniff_statement.hpp"

namespace scenograph::syntax {

namespace {

struct Traits {
  Format format;
  std::string_view media_type;
  std::string_view name;
  std::string_view extension;
  bool graphs;
};

// In the order of the enumeration.
constexpr std::array<Traits, 7> traits = {{
    {Format::NTriples, "application/n-triples", "ntriples", "nt", false},
    {Format::NQuads, "application/n-quads", "nquads", "nq", true},
    {Format::Turtle, "text/turtle", "turtle", "ttl", false},
    {Format::TriG, "application/trig", "trig", "trig", true},
    {Format::RdfXml, "application/rdf+xml", "rdfxml", "rdf", false},
    {Format::JsonLd, "application/ld+json", "jsonld", "jsonld", true},
    {Format::Html, "text/html", "html", "html", true},
}};

constexpr std::array<Format, 7> by_preference = {Format::Turtle, Format::TriG,   Format::JsonLd, Format::NTriples,
                                                 Format::NQuads, Format::RdfXml, Format::Html};

struct Alias {
  std::string_view text;
  Format format;
};

constexpr std::array<Alias, 6> other_media_types = {{
    {"application/json", Format::JsonLd},
    {"text/plain", Format::NTriples},
    {"application/xml", Format::RdfXml},
    {"text/xml", Format::RdfXml},
    {"application/x-turtle", Format::Turtle},
    {"application/xhtml+xml", Format::Html},
}};

constexpr std::array<Alias, 11> other_names = {{
    {"n-triples", Format::NTriples},
    {"n-quads", Format::NQuads},
    {"rdf/xml", Format::RdfXml},
    {"json-ld", Format::JsonLd},
    {"json", Format::JsonLd},
    {"xml", Format::RdfXml},
    {"owl", Format::RdfXml},
    {"rdfs", Format::RdfXml},
    {"htm", Format::Html},
    {"xhtml", Format::Html},
    {"n3", Format::Turtle},
}};

const Traits& of(Format format) { return traits[static_cast<std::size_t>(format)]; }

constexpr std::string_view blanks = " \t\r\n";

std::string_view trim(std::string_view text) noexcept {
  const std::size_t start = text.find_first_not_of(blanks);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(blanks) - start + 1);
}

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_in_any_case(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

template <std::size_t N>
std::optional<Format> look_up(const std::array<Alias, N>& aliases, std::string_view text) noexcept {
  const auto found = std::find_if(aliases.begin(), aliases.end(),
                                  [text](const Alias& alias) { return same_in_any_case(alias.text, text); });
  return found == aliases.end() ? std::nullopt : std::optional(found->format);
}

std::optional<Format> format_of_name(std::string_view name) noexcept {
  for (const Traits& each : traits) {
    if (same_in_any_case(each.name, name) || same_in_any_case(each.extension, name)) return each.format;
  }
  return look_up(other_names, name);
}

bool contains_in_any_case(std::string_view text, std::string_view wanted) noexcept {
  return std::search(text.begin(), text.end(), wanted.begin(), wanted.end(),
                     [](char x, char y) { return lower(x) == lower(y); }) != text.end();
}

std::optional<Format> sniff_angle_bracket(std::string_view start) {
  if (contains_in_any_case(start, "<rdf:RDF") || contains_in_any_case(start, "22-rdf-syntax-ns#\"")) {
    return Format::RdfXml;
  }
  if (contains_in_any_case(start, "<html") || contains_in_any_case(start, "<!doctype html")) return Format::Html;
  if (start.starts_with("<?xml")) return Format::RdfXml;
  const std::size_t end = start.find('>');
  const bool is_iri = start.substr(0, end).find_first_of(": #/") != std::string_view::npos;
  const bool is_tag = start.substr(0, end).find_first_of(" =") != std::string_view::npos || start.starts_with("<!");
  if (is_iri && !is_tag) return sniff_statement(start);
  return is_tag ? std::optional(Format::Html) : std::nullopt;
}

}  // namespace

std::span<const Format> all_formats() noexcept { return by_preference; }

std::string_view media_type(Format format) noexcept { return of(format).media_type; }

std::string_view name_of(Format format) noexcept { return of(format).name; }

std::string_view extension_of(Format format) noexcept { return of(format).extension; }

bool has_graphs(Format format) noexcept { return of(format).graphs; }

Format parse_format(std::string_view text) {
  const std::string_view wanted = trim(text);
  if (const auto format = format_of_name(wanted)) return *format;
  if (const auto format = format_of_media_type(wanted)) return *format;
  std::string names;
  for (const Traits& each : traits) names += fmt::format("{}{}", names.empty() ? "" : ", ", each.name);
  throw base::Error(base::Code::BadArgument, fmt::format("«{}» is no format known here; use one of {}", wanted, names));
}

std::optional<Format> format_of_media_type(std::string_view media_type) noexcept {
  const std::string_view type = trim(media_type.substr(0, media_type.find(';')));
  for (const Traits& each : traits) {
    if (same_in_any_case(each.media_type, type)) return each.format;
  }
  return look_up(other_media_types, type);
}

std::optional<Format> format_of_path(std::string_view path) noexcept {
  std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view ending = path.substr(dot);
  if (same_in_any_case(ending, ".gz") || same_in_any_case(ending, ".zst")) return format_of_path(path.substr(0, dot));
  if (path.find('/', dot) != std::string_view::npos) return std::nullopt;
  return format_of_name(path.substr(dot + 1));
}

std::optional<Format> sniff(std::string_view start) {
  if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
  start = trim(start);
  while (start.starts_with('#')) {
    const std::size_t end = start.find('\n');
    if (end == std::string_view::npos) return Format::Turtle;
    start = trim(start.substr(end));
  }
  if (start.empty()) return std::nullopt;
  if (start.front() == '{' || start.front() == '[') {
    const std::string_view next = trim(start.substr(1));
    const bool is_json = next.empty() || std::string_view("\"{[]}").find(next.front()) != std::string_view::npos;
    return is_json ? Format::JsonLd : sniff_statement(start);
  }
  if (start.front() == '<') return sniff_angle_bracket(start);
  if (start.front() == '@' || start.starts_with("_:")) return sniff_statement(start);
  const std::string_view word = start.substr(0, start.find_first_of(blanks));
  if (same_in_any_case(word, "PREFIX") || same_in_any_case(word, "BASE")) return sniff_statement(start);
  if (same_in_any_case(word, "GRAPH")) return Format::TriG;
  return std::nullopt;
}

}  // namespace scenograph::syntax
