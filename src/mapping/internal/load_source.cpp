#include "mapping/internal/load_source.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "mapping/internal/document.hpp"

namespace scenograph::mapping::internal {

namespace {

constexpr std::string_view csvw = "http://www.w3.org/ns/csvw#";

[[noreturn]] void bad(const std::string& message) { throw base::Error(base::Code::BadData, message); }

std::optional<std::string> text_of(const Document& document, const rdf::Term& node, std::string_view name) {
  const auto found = document.objects(node, name);
  if (found.empty()) return std::nullopt;
  return found[0].value;
}

std::string csvw_iri(std::string_view name) { return std::string(csvw).append(name); }

char one_character(const std::string& text, std::string_view what) {
  if (text == "\\t") return '\t';
  if (text.size() != 1) bad(fmt::format("the {} «{}» is not one ASCII character", what, text));
  return text[0];
}

void load_dialect(const Document& document, const rdf::Term& node, Source& source) {
  for (const rdf::Term& dialect : document.objects(node, csvw_iri("dialect"))) {
    if (const auto text = text_of(document, dialect, csvw_iri("delimiter"))) {
      source.dialect.delimiter = one_character(*text, "csvw:delimiter");
    }
    if (const auto text = text_of(document, dialect, csvw_iri("quoteChar"))) {
      source.dialect.quote = text->empty() ? '\0' : one_character(*text, "csvw:quoteChar");
    }
    if (const auto text = text_of(document, dialect, csvw_iri("encoding"))) source.encoding = *text;
    const auto header = text_of(document, dialect, csvw_iri("header"));
    if (header && (*header == "false" || *header == "0")) source.dialect.header = false;
    const auto trim = text_of(document, dialect, csvw_iri("trim"));
    if (trim && (*trim == "true" || *trim == "1")) source.dialect.trim = true;
  }
}

Formulation formulation_of(const Document& document, const rdf::Term& node, const std::filesystem::path& path) {
  const auto given = text_of(document, node, "referenceFormulation");
  if (given == rml_iri("CSV")) return Formulation::Csv;
  if (given == rml_iri("JSONPath") || given == rml_iri("JSONLines")) return Formulation::Json;
  if (!given) {
    if (path.extension() == ".csv" || path.extension() == ".tsv") return Formulation::Csv;
    if (path.extension() == ".json" || path.extension() == ".jsonl") return Formulation::Json;
    bad("the logical source has no rml:referenceFormulation; write rml:CSV or rml:JSONPath");
  }
  throw base::Error(
      base::Code::Unsupported,
      fmt::format("the reference formulation <{}> is not supported; use rml:CSV or rml:JSONPath", *given));
}

// The file of an rml:source: a name as such, or a node with rml:path (RML-IO) or csvw:url.
std::filesystem::path path_of(const Document& document, const rdf::Term& source, const std::filesystem::path& folder) {
  if (source.is_literal()) return folder / source.value;
  auto path = text_of(document, source, "path");
  if (!path) path = text_of(document, source, csvw_iri("url"));
  if (!path) bad("the rml:source names no file; write rml:path \"file.csv\"");
  const auto root = text_of(document, source, "root");
  if (root == rml_iri("CurrentWorkingDirectory")) return *path;
  if (!root || *root == rml_iri("MappingDirectory")) return folder / *path;
  return std::filesystem::path(*root) / *path;
}

void load_encoding(const Document& document, const rdf::Term& node, Source& source) {
  const auto given = text_of(document, node, "encoding");
  if (!given) return;
  source.encoding = given->starts_with(rml_ns) ? given->substr(rml_ns.size()) : *given;
}

}  // namespace

void load_source(const Document& document, const rdf::Term& node, const std::filesystem::path& folder,
                 TriplesMap& triples_map) {
  const auto sources = document.objects(node, "source");
  if (sources.size() != 1) bad("the logical source must have exactly one rml:source");
  Source& source = triples_map.source;
  source.path = path_of(document, sources[0], folder).lexically_normal();
  source.formulation = formulation_of(document, node, source.path);
  if (source.path.extension() == ".tsv") source.dialect.delimiter = '\t';
  for (const rdf::Term& holder : {node, sources[0]}) {
    if (holder.is_literal()) continue;
    load_dialect(document, holder, source);
    load_encoding(document, holder, source);
    for (const rdf::Term& null : document.objects(holder, "null")) triples_map.nulls.push_back(null.value);
  }
  const auto iterator = text_of(document, node, "iterator");
  if (source.formulation == Formulation::Json) triples_map.iterator = iterator.value_or("$");
}

}  // namespace scenograph::mapping::internal
