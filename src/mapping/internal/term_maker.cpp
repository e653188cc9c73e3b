#include "mapping/internal/term_maker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/hash.hpp"
#include "mapping/internal/language.hpp"
#include "mapping/internal/natural.hpp"
#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::mapping::internal {

namespace {

constexpr base::PhraseView not_a_value = {"an array or object where a value is wanted; add [*] or a name",
                                          "une liste ou un objet là où l’on attend une valeur ; ajoutez [*] ou un nom"};

constexpr base::PhraseView without_base = {"a relative IRI, but there is no base IRI; give one with --base-iri",
                                           "une adresse relative, sans adresse de base ; donnez-la avec --base-iri"};

constexpr base::PhraseView not_an_iri = {"not an IRI, so that its triples are left out",
                                         "ce n’est pas une adresse (IRI) ; ses triplets sont laissés de côté"};

constexpr std::size_t max_values = 65536;  // of one template in one record

std::string encode_uri_component(std::string_view text) {
  std::string encoded;
  for (const char c : rdf::encode_iri_component(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", byte);
    }
  }
  return encoded;
}

// A value inside a template, as the kind of term needs it.
std::string encoded(const std::string& text, TermKind kind) {
  if (kind == TermKind::Iri) return rdf::encode_iri_component(text);
  if (kind == TermKind::Uri) return encode_uri_component(text);
  return text;
}

// Numbers become canonical doubles; a day that no time is known of does not become a dateTime.
rdf::Term typed(const Value& value, std::string_view type) {
  const bool number = value.datatype == rdf::xsd::integer || value.datatype == rdf::xsd::double_;
  if (type == rdf::xsd::double_ && number) return rdf::Term::literal(canonical_double(value.text), type);
  if (type == rdf::xsd::dateTime && value.datatype == rdf::xsd::date) type = value.datatype;
  return rdf::Term::literal(value.text, type);
}

}  // namespace

std::string blank_label(std::string_view text) {
  std::string label = "b";
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (plain) {
      label += c;
    } else {
      label += fmt::format("_{:02x}", static_cast<unsigned char>(c));
    }
  }
  if (label.size() <= 100) return label;
  return fmt::format("h{}{}", base::to_base32(base::stable_hash(label)),
                     base::to_base32(base::stable_hash(label + "-")));
}

void TermMaker::tell(base::Severity severity, std::string_view field, std::string_view found, base::Phrase message) {
  report_.leave_out(severity, row_.where(), field, found, std::move(message));
}

void TermMaker::make(const TermMap& map, std::vector<rdf::Term>& terms) {
  field_ = map.field;
  if (map.condition && !holds(*map.condition)) return;
  if (map.expression.kind == Expression::Kind::None) {
    terms.push_back(fresh_blank());
    return;
  }
  const bool plain_constant = map.expression.kind == Expression::Kind::Constant && !map.datatype && !map.language;
  if (plain_constant) {  // an IRI of the mapping is absolute and checked by its reader
    terms.push_back(map.expression.constant);
    return;
  }
  Values values = evaluate(map.expression, map.kind);
  if (map.kind == TermKind::Literal) return literals(map, values, terms);
  for (Value& value : values) {
    if (auto made = term(map, value)) terms.push_back(std::move(*made));
  }
}

bool TermMaker::holds(const Expression& condition) {
  const Values values = evaluate(condition);
  return std::any_of(values.begin(), values.end(),
                     [](const Value& value) { return value.text == "true" || value.text == "1"; });
}

Values TermMaker::evaluate(const Expression& expression, TermKind kind) {
  switch (expression.kind) {
    case Expression::Kind::Constant: {
      const rdf::Term& constant = expression.constant;
      return {Value{constant.value, {}, constant.is_iri() ? Value::Kind::Iri : Value::Kind::Text}};
    }
    case Expression::Kind::Reference:
      return row_.values(expression.reference);
    case Expression::Kind::Template:
      return fill_template(expression.parts, kind);
    case Expression::Kind::Function:
      return call(*expression.execution);
    case Expression::Kind::None:
      break;
  }
  return {};
}

Values TermMaker::fill_template(const std::vector<TemplatePart>& parts, TermKind kind) {
  Values made(1);
  for (const TemplatePart& part : parts) {
    if (!part.is_reference) {
      for (Value& value : made) value.text += part.text;
      continue;
    }
    const Values& found = row_.values(part.reference);
    const auto usable = [kind](const Value& value) {
      return value.kind != Value::Kind::Json || kind == TermKind::BlankNode;
    };
    if (found.size() == 1 && made.size() == 1 && usable(found[0])) {
      made[0].text += encoded(found[0].text, kind);
      continue;
    }
    Values grown;
    for (const Value& start : made) {
      for (const Value& value : found) {
        if (!usable(value)) {
          tell(base::Severity::Error, part.text, value.text, not_a_value);
        } else if (grown.size() < max_values) {
          grown.push_back({start.text + encoded(value.text, kind)});
        }
      }
    }
    made = std::move(grown);
  }
  return made;
}

Values TermMaker::call(const Execution& execution) {
  std::vector<Values> inputs(execution.function->parameters.size());
  for (const Input& input : execution.inputs) {
    for (Value& value : evaluate(input.value)) inputs[input.parameter].push_back(std::move(value));
  }
  const functions::Complaint complain = [&](std::string_view found, base::Phrase message) {
    tell(base::Severity::Warning, field_, found, std::move(message));
  };
  const LookupTable* const table = execution.table ? &*execution.table : nullptr;
  return functions::call(*execution.function, {std::move(inputs), table, complain});
}

std::optional<rdf::Term> TermMaker::term(const TermMap& map, Value& value) {
  if (value.kind == Value::Kind::Json) {
    tell(base::Severity::Error, map.field, value.text, not_a_value);
    return std::nullopt;
  }
  if (map.kind == TermKind::BlankNode) {
    rdf::Term blank;
    blank.type = rdf::TermType::BlankNode;
    blank.value = blank_label(value.text);
    return blank;
  }
  return iri(map, value);
}

std::optional<rdf::Term> TermMaker::iri(const TermMap& map, const Value& value) {
  rdf::Term made;
  made.type = rdf::TermType::Iri;
  const bool absolute = rdf::split_iri(value.text).scheme.has_value();
  made.value = absolute || base_.empty() ? value.text : rdf::resolve_iri(base_, value.text);
  if (map.kind == TermKind::UnsafeIri || map.kind == TermKind::UnsafeUri) return made;
  if (const auto why = rdf::why_not_iri(made.value)) {
    const bool relative = !absolute && base_.empty();
    tell(base::Severity::Error, map.field, value.text,
         relative ? base::Phrase(without_base) : base::explained(not_an_iri, *why));
    return std::nullopt;
  }
  return made;
}

std::vector<std::string> TermMaker::datatypes(const TermMap& map) {
  std::vector<std::string> found;
  for (const Value& value : evaluate(*map.datatype, TermKind::Iri)) {
    if (std::string iri = datatype(map, value.text); !iri.empty()) found.push_back(std::move(iri));
  }
  return found;
}

std::vector<std::string> TermMaker::languages(const TermMap& map) {
  std::vector<std::string> found;
  for (Value& value : evaluate(*map.language)) {
    if (is_language_tag(value.text)) {
      found.push_back(std::move(value.text));
    } else {
      tell(base::Severity::Error, map.field, value.text,
           {"not a language tag; write one such as fr or en-CA",
            "ce n’est pas un code de langue ; écrivez-en un comme fr ou en-CA"});
    }
  }
  return found;
}

void TermMaker::literals(const TermMap& map, Values& values, std::vector<rdf::Term>& terms) {
  std::vector<std::string> qualifiers;
  if (map.datatype) qualifiers = datatypes(map);
  if (map.language) qualifiers = languages(map);
  for (Value& value : values) {
    if (value.kind == Value::Kind::Json) {
      tell(base::Severity::Error, map.field, value.text, not_a_value);
    } else if (map.datatype) {
      for (const std::string& type : qualifiers) terms.push_back(typed(value, type));
    } else if (map.language) {
      for (const std::string& tag : qualifiers) terms.push_back(rdf::Term::lang_literal(value.text, tag));
    } else if (value.kind == Value::Kind::Iri && !map.kind_given) {
      if (auto made = iri(map, value)) terms.push_back(std::move(*made));
    } else {
      terms.push_back(typed(value, value.datatype));
    }
  }
}

// The datatype's IRI, or "" after telling what is wrong with it.
std::string TermMaker::datatype(const TermMap& map, const std::string& iri) {
  const bool absolute = rdf::split_iri(iri).scheme.has_value();
  std::string resolved = absolute || base_.empty() ? iri : rdf::resolve_iri(base_, iri);
  if (const auto why = rdf::why_not_iri(resolved)) {
    tell(base::Severity::Error, map.field, iri,
         base::explained({"a datatype must be an IRI", "un type de donnée doit être une adresse (IRI)"}, *why));
    return {};
  }
  return resolved;
}

rdf::Term TermMaker::fresh_blank() {
  const base::Where where = row_.where();
  return rdf::Term::blank(fmt::format("m{}i{}r{}n{}", map_number_, row_.iterator(), where.record, ++blanks_));
}

}  // namespace scenograph::mapping::internal
