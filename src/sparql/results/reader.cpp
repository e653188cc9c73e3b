#include "sparql/results/reader.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "sparql/results/row_reader.hpp"

namespace scenograph::sparql {

namespace results {

std::size_t Columns::number_of(std::string_view name) {
  const auto known = numbers_.find(name);
  if (known != numbers_.end()) return known->second;
  numbers_.emplace(name, names_.size());
  names_.emplace_back(name);
  return names_.size() - 1;
}

namespace {

/// What no IRI may hold, as Turtle's grammar says; stricter checks would refuse what public endpoints do answer.
bool is_no_iri_character(char c) {
  constexpr std::string_view refused = "<>\"{}|^`\\";
  return static_cast<unsigned char>(c) <= 0x20 || refused.find(c) != std::string_view::npos;
}

}  // namespace

std::string why_not_term(const rdf::Term& term) {
  const auto is_tag_character = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  if (base::find_invalid_utf8(term.value) != std::string::npos) return "a term is not UTF-8";
  if (term.is_blank() && term.value.empty()) return "a blank node has no label";
  if (!std::all_of(term.language.begin(), term.language.end(), is_tag_character)) {
    return "«" + term.language + "» is no language tag";
  }
  const std::string& iri = term.is_iri() ? term.value : term.datatype;
  if (term.is_iri() && iri.empty()) return "an IRI is empty";
  if (std::any_of(iri.begin(), iri.end(), is_no_iri_character)) return "<" + iri + "> is no IRI";
  return {};
}

}  // namespace results

std::unique_ptr<ResultReader> read_results(std::unique_ptr<base::ByteSource> source, ResultFormat format,
                                           std::string source_name, std::shared_ptr<base::Budget> budget) {
  auto input = std::make_unique<results::Input>(std::move(source), std::move(source_name), std::move(budget));
  switch (format) {
    case ResultFormat::Json:
      return results::make_json_reader(std::move(input));
    case ResultFormat::Xml:
      return results::make_xml_reader(std::move(input));
    case ResultFormat::Csv:
      return results::make_csv_reader(std::move(input));
    case ResultFormat::Tsv:
      return results::make_tsv_reader(std::move(input));
    default:
      throw base::Error(base::Code::BadArgument, "a table is for people; take results in json, xml, csv or tsv");
  }
}

}  // namespace scenograph::sparql
