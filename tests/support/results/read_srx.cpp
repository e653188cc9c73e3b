#include <expat.h>

#include <stdexcept>

#include "support/results/solutions.hpp"

namespace scenograph::tests {

namespace {

/// What expat's callbacks fill.
struct Document {
  Solutions solutions;
  std::string text;
  std::string binding;
  rdf::Term term;
};

/// The name without its namespace, which expat puts before it.
std::string_view local(const XML_Char* name) {
  const std::string_view whole(name);
  return whole.substr(whole.rfind('\n') + 1);
}

std::string attribute(const XML_Char** attributes, std::string_view wanted) {
  for (; *attributes != nullptr; attributes += 2) {
    if (local(attributes[0]) == wanted) return attributes[1];
  }
  return {};
}

void start(void* data, const XML_Char* name, const XML_Char** attributes) noexcept {
  auto& document = *static_cast<Document*>(data);
  const std::string_view element = local(name);
  document.text.clear();
  if (element == "variable") document.solutions.variables.push_back(attribute(attributes, "name"));
  if (element == "result") document.solutions.rows.emplace_back();
  if (element == "binding") document.binding = attribute(attributes, "name");
  if (element == "literal") {
    const std::string language = attribute(attributes, "lang");
    document.term = language.empty() ? rdf::Term::literal("", attribute(attributes, "datatype"))
                                     : rdf::Term::lang_literal("", language);
  }
}

void end(void* data, const XML_Char* name) noexcept {
  auto& document = *static_cast<Document*>(data);
  const std::string_view element = local(name);
  if (element == "uri") document.term = rdf::Term::iri(document.text);
  if (element == "bnode") document.term = rdf::Term::blank(document.text);
  if (element == "literal") document.term.value = document.text;
  if (element == "binding") document.solutions.rows.back()[document.binding] = document.term;
  if (element == "boolean") document.solutions.boolean = document.text == "true";
}

void characters(void* data, const XML_Char* text, int size) noexcept {
  static_cast<Document*>(data)->text.append(text, static_cast<std::size_t>(size));
}

}  // namespace

Solutions read_srx(std::string_view text) {
  Document document;
  XML_Parser parser = XML_ParserCreateNS(nullptr, '\n');
  XML_SetUserData(parser, &document);
  XML_SetElementHandler(parser, start, end);
  XML_SetCharacterDataHandler(parser, characters);
  const bool sound = XML_Parse(parser, text.data(), static_cast<int>(text.size()), 1) == XML_STATUS_OK;
  XML_ParserFree(parser);
  if (!sound) throw std::runtime_error("the XML of the results is not well-formed");
  return document.solutions;
}

}  // namespace scenograph::tests
