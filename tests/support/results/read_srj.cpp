#include <simdjson.h>

#include "support/results/solutions.hpp"

namespace scenograph::tests {

namespace {

rdf::Term term_of(simdjson::dom::object object) {
  const auto member = [&object](std::string_view name) {
    std::string_view value;
    return object[name].get(value) == simdjson::SUCCESS ? value : std::string_view();
  };
  const std::string_view type = member("type");
  if (type == "uri") return rdf::Term::iri(member("value"));
  if (type == "bnode") return rdf::Term::blank(member("value"));
  const std::string_view language = member("xml:lang");
  return language.empty() ? rdf::Term::literal(member("value"), member("datatype"))
                          : rdf::Term::lang_literal(member("value"), language);
}

}  // namespace

Solutions read_srj(std::string_view text) {
  simdjson::dom::parser parser;
  const simdjson::dom::element document = parser.parse(simdjson::padded_string(text));
  Solutions out;
  bool answer = false;
  if (document["boolean"].get(answer) == simdjson::SUCCESS) {
    out.boolean = answer;
    return out;
  }
  for (const auto name : document["head"]["vars"].get_array()) out.variables.emplace_back(name.get_string().value());
  for (const auto binding : document["results"]["bindings"].get_array()) {
    auto& row = out.rows.emplace_back();
    for (const auto field : binding.get_object()) row[std::string(field.key)] = term_of(field.value.get_object());
  }
  return out;
}

}  // namespace scenograph::tests
