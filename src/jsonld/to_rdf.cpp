#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "jsonld/internal/keywords.hpp"
#include "jsonld/internal/rdf_writer.hpp"
#include "jsonld/internal/values.hpp"
#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"
#include "syntax/labels.hpp"

// Source: JSON-LD 1.1 Processing Algorithms and API, section 8. The node map is left out: quads come in document order.

namespace scenograph::jsonld {

namespace {

using rdf::Term;
using Object = Value::Object;

const std::string i18n = "https://www.w3.org/ns/i18n#";
const std::string rdf_value = std::string(rdf::rdf::ns) + "value";
const std::string rdf_language = std::string(rdf::rdf::ns) + "language";
const std::string rdf_direction = std::string(rdf::rdf::ns) + "direction";

/// The canonical form of XSD 1.0: one digit, a point, digits, and the exponent.
std::string canonical_double(double number) {
  std::string text = fmt::format("{:.15E}", number);
  const std::size_t e = text.find('E');
  if (e == std::string::npos) return text;  // an infinity
  std::size_t end = text.find_last_not_of('0', e - 1);
  if (text[end] == '.') ++end;
  int exponent = 0;
  const char* start = text.data() + e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(start, text.data() + text.size(), exponent);
  return fmt::format("{}E{}", text.substr(0, end + 1), exponent);
}

Term typed(std::string_view lexical, const std::string& datatype, std::string_view fallback) {
  return Term::literal(lexical, datatype.empty() ? fallback : std::string_view(datatype));
}

}  // namespace

bool is_language_tag(std::string_view tag) {
  std::size_t length = 0;
  bool first = true;
  for (const char c : tag) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9' && !first;
    if (!letter && !digit && (c != '-' || length == 0)) return false;
    first = first && c != '-';
    length = c == '-' ? 0 : length + 1;
    if (length > 8) return false;
  }
  return length != 0;
}

void RdfWriter::write_nodes(const Value& nodes, const Subject& graph) {
  for (const Value& each : items_of(nodes)) {
    if (is_node_object(each)) (void)write_node(each, graph);
  }
}

void RdfWriter::emit(const Subject& subject, const Subject& predicate, const Subject& object, const Subject& graph) {
  if (!subject || !predicate || !object || !graph) return;
  if (!predicate->is_iri() && !options_.generalized_rdf) return;
  sink_({*subject, *predicate, *object, *graph});
}

RdfWriter::Subject RdfWriter::resource(std::string_view text) {
  if (is_blank_name(text)) {
    const std::string_view label = text.substr(2);
    return syntax::is_label(label) ? Subject(Term::blank(syntax::document_label(label))) : std::nullopt;
  }
  const bool two_fragments = text.find('#') != text.rfind('#');
  if (two_fragments || rdf::why_not_iri(text)) return std::nullopt;
  return Term::iri(text);
}

Term RdfWriter::made_up() { return Term::blank(syntax::made_up_label(++labels_)); }

RdfWriter::Subject RdfWriter::write_node(const Value& node, const Subject& graph) {
  const Value* id = node.find("@id");
  Subject subject = id == nullptr ? Subject(made_up()) : id->is_string() ? resource(id->string()) : std::nullopt;
  write_entries(node.object(), subject, graph);
  return subject;
}

void RdfWriter::write_entries(const Object& node, const Subject& subject, const Subject& graph) {
  for (const auto& [property, values] : node) {
    if (property == "@type") {
      for (const Value& type : items_of(values))
        emit(subject, Term::iri(rdf::rdf::type), resource(type.string()), graph);
    } else if (property == "@graph") {
      write_nodes(values, subject);
    } else if (property == "@included") {
      write_nodes(values, graph);
    } else if (property == "@reverse") {
      write_reverse(subject, values.object(), graph);
    } else if (!is_keyword(property)) {
      const Subject predicate = resource(property);
      for (const Value& value : items_of(values)) emit(subject, predicate, write_object(value, graph), graph);
    }
  }
}

void RdfWriter::write_reverse(const Subject& object, const Object& properties, const Subject& graph) {
  for (const auto& [property, values] : properties) {
    const Subject predicate = resource(property);
    for (const Value& value : items_of(values)) emit(write_object(value, graph), predicate, object, graph);
  }
}

RdfWriter::Subject RdfWriter::write_object(const Value& value, const Subject& graph) {
  if (const Value* list = value.find("@list")) return write_list(to_array(*list), graph);
  if (is_value_object(value)) return write_literal(value, graph);
  if (value.is_object()) return write_node(value, graph);
  return std::nullopt;
}

RdfWriter::Subject RdfWriter::write_list(const Value::Array& items, const Subject& graph) {
  Term rest = Term::iri(rdf::rdf::nil);
  for (auto item = items.rbegin(); item != items.rend(); ++item) {
    const Term cell = made_up();
    emit(cell, Term::iri(rdf::rdf::first), write_object(*item, graph), graph);
    emit(cell, Term::iri(rdf::rdf::rest), rest, graph);
    rest = cell;
  }
  return rest;
}

RdfWriter::Subject RdfWriter::write_literal(const Value& object, const Subject& graph) {
  const Value& value = *object.find("@value");
  const Value* type = object.find("@type");
  const std::string datatype = type != nullptr && type->is_string() ? type->string() : "";
  if (datatype == "@json") return Term::literal(to_canonical_json(value), rdf::rdf::JSON);
  if (!datatype.empty() && rdf::why_not_iri(datatype)) return std::nullopt;
  if (value.is_bool()) return typed(value.boolean() ? "true" : "false", datatype, rdf::xsd::boolean);
  if (value.is_number()) return write_number(value, datatype);
  if (!value.is_string()) return std::nullopt;
  const Value* language = object.find("@language");
  if (language != nullptr && !is_language_tag(language->string())) return std::nullopt;
  const Value* direction = object.find("@direction");
  if (direction != nullptr && options_.rdf_direction != RdfDirection::None) {
    return write_directed(value.string(), language, direction->string(), graph);
  }
  if (language != nullptr) return Term::lang_literal(value.string(), language->string());
  return Term::literal(value.string(), datatype);
}

Term RdfWriter::write_number(const Value& value, const std::string& datatype) {
  if (value.is_integer() && datatype != rdf::xsd::double_) {
    return typed(std::to_string(value.integer()), datatype, rdf::xsd::integer);
  }
  const double number = value.number();
  const bool whole = std::trunc(number) == number && std::abs(number) < 1e21;
  if (!whole || datatype == rdf::xsd::double_) return typed(canonical_double(number), datatype, rdf::xsd::double_);
  const std::string text = number == 0 ? "0" : fmt::format("{:.0f}", number);
  return typed(text, datatype, rdf::xsd::integer);
}

Term RdfWriter::write_directed(const std::string& text, const Value* language, const std::string& direction,
                               const Subject& graph) {
  const std::string tag = language != nullptr ? lower_case(language->string()) : "";
  if (options_.rdf_direction == RdfDirection::I18nDatatype) {
    return Term::literal(text, fmt::format("{}{}_{}", i18n, tag, direction));
  }
  const Term node = made_up();
  emit(node, Term::iri(rdf_value), Term::literal(text), graph);
  if (!tag.empty()) emit(node, Term::iri(rdf_language), Term::literal(tag), graph);
  emit(node, Term::iri(rdf_direction), Term::literal(direction), graph);
  return node;
}

std::uint64_t to_rdf(const Value& expanded, const ProcessorOptions& options, const rdf::QuadSink& sink) {
  RdfWriter writer(options, sink);
  writer.write_nodes(expanded, Term{});
  return writer.labels();
}

}  // namespace scenograph::jsonld
