#include <fmt/format.h>
#include <openssl/rand.h>

#include <array>
#include <cctype>

#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"
#include "sparql/exec/functions/function.hpp"

// SPARQL 1.1 Query, section 17.4.2: functions on RDF terms.

namespace scenograph::sparql {

namespace {

Value is_iri(Arguments a, Context&) { return Value::boolean(a[0]->kind == ValueKind::Iri); }
Value is_blank(Arguments a, Context&) { return Value::boolean(a[0]->kind == ValueKind::BlankNode); }
Value is_literal(Arguments a, Context&) { return Value::boolean(a[0]->is_literal()); }
Value is_numeric(Arguments a, Context&) { return Value::boolean(a[0]->is_numeric()); }

Value str(Arguments a, Context&) {
  const auto text = lexical_form(*a[0]);
  return text ? Value::string(*text) : Value{};
}

Value lang(Arguments a, Context&) {
  if (!a[0]->is_literal()) return {};
  return Value::string(a[0]->kind == ValueKind::LangString ? std::string_view(a[0]->modifier) : std::string_view());
}

Value datatype(Arguments a, Context&) { return a[0]->is_literal() ? Value::iri(datatype_of(*a[0])) : Value{}; }

Value iri(Arguments a, Context& context) {
  if (a[0]->kind == ValueKind::Iri) return *a[0];
  if (a[0]->kind != ValueKind::String) return {};
  if (context.base.empty() || rdf::split_iri(a[0]->text).scheme) return Value::iri(a[0]->text);
  return Value::iri(rdf::resolve_iri(context.base, a[0]->text));
}

Value bnode(Arguments, Context& context) { return context.terms.value(context.terms.fresh_blank()); }

Value strdt(Arguments a, Context&) {
  if (a[0]->kind != ValueKind::String || a[1]->kind != ValueKind::Iri) return {};
  return value_of(rdf::Term::literal(a[0]->text, a[1]->text));
}

Value strlang(Arguments a, Context&) {
  if (a[0]->kind != ValueKind::String || a[1]->kind != ValueKind::String || a[1]->text.empty()) return {};
  std::string tag = a[1]->text;
  for (char& c : tag) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return Value::lang_string(a[0]->text, tag);
}

/// A random UUID, version 4. Source: RFC 4122, section 4.4.
std::string random_uuid() {
  std::array<unsigned char, 16> bytes{};
  RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0FU) | 0x40U);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3FU) | 0x80U);
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += fmt::format("{:02x}", bytes[i]);
  }
  return out;
}

Value uuid(Arguments, Context&) { return Value::iri("urn:uuid:" + random_uuid()); }
Value struuid(Arguments, Context&) { return Value::string(random_uuid()); }

constexpr std::array<Function, 15> table = {{
    {"ISIRI", 1, 1, is_iri},
    {"ISURI", 1, 1, is_iri},
    {"ISBLANK", 1, 1, is_blank},
    {"ISLITERAL", 1, 1, is_literal},
    {"ISNUMERIC", 1, 1, is_numeric},
    {"STR", 1, 1, str},
    {"LANG", 1, 1, lang},
    {"DATATYPE", 1, 1, datatype},
    {"IRI", 1, 1, iri},
    {"URI", 1, 1, iri},
    {"BNODE", 0, 0, bnode},  // of a label: make_named_blank
    {"STRDT", 2, 2, strdt},
    {"STRLANG", 2, 2, strlang},
    {"UUID", 0, 0, uuid},
    {"STRUUID", 0, 0, struuid},
}};

}  // namespace

std::span<const Function> term_functions() { return table; }

}  // namespace scenograph::sparql
