#include "shacl/internal/json_parts.hpp"

#include <fmt/format.h>

#include "base/json_text.hpp"

namespace scenograph::shacl {

std::string json_of(const rdf::Term& term) {
  const std::string_view type = term.is_iri() ? "uri" : term.is_blank() ? "bnode" : "literal";
  std::string out = fmt::format(R"({{"type":"{}","value":{})", type, base::json_string(term.value));
  if (!term.language.empty()) out += fmt::format(R"(,"xml:lang":{})", base::json_string(term.language));
  if (!term.datatype.empty()) out += fmt::format(R"(,"datatype":{})", base::json_string(term.datatype));
  return out + '}';
}

std::string json_of(const std::vector<Message>& messages) {
  std::string out = "{";
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const auto& [text, language] = messages[i];
    out += fmt::format("{}{}:{}", i == 0 ? "" : ",", base::json_string(language.empty() ? "und" : language),
                       base::json_string(text));
  }
  return out + '}';
}

std::string json_annotations(const std::vector<Annotation>& annotations) {
  if (annotations.empty()) return {};
  std::string out;
  for (const auto& [property, value] : annotations) {
    out += fmt::format(R"({}{{"property":{},"value":{}}})", out.empty() ? "" : ",", base::json_string(property),
                       json_of(value));
  }
  return fmt::format(R"(,"annotations":[{}])", out);
}

}  // namespace scenograph::shacl
