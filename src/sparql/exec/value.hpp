#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "rdf/date_time.hpp"
#include "rdf/decimal.hpp"
#include "rdf/term.hpp"
#include "store/term_id.hpp"

namespace scenograph::sparql {

/// What an expression can compute with. Literals whose datatype is unknown, or whose lexical form is wrong for it, are
/// Other.
enum class ValueKind : std::uint8_t {
  Error,  ///< an unbound variable or a type error
  Iri,
  BlankNode,
  String,
  LangString,
  Boolean,
  Integer,  ///< xsd:integer and the datatypes derived from it
  Decimal,
  Float,
  Double,
  DateTime,
  Date,
  Time,
  Other,
};

/// An RDF term as its value, or an error. A computed value has no id, and its lexical form is the canonical one.
struct Value {
  ValueKind kind = ValueKind::Error;
  store::TermId id;  ///< of the term it was read from; Undefined if computed
  std::variant<std::monostate, bool, double, rdf::Decimal, rdf::DateTime> data;
  std::string text;      ///< IRI, label, or lexical form; of a number, truth value or time only if no id tells it
  std::string modifier;  ///< language of a LangString, datatype of an Other or a derived integer

  [[nodiscard]] static Value iri(std::string_view iri);
  [[nodiscard]] static Value string(std::string_view text);
  [[nodiscard]] static Value lang_string(std::string_view text, std::string_view language);
  [[nodiscard]] static Value boolean(bool value);
  /// Error for nullopt.
  [[nodiscard]] static Value boolean(std::optional<bool> value);
  [[nodiscard]] static Value integer(std::int64_t value);
  [[nodiscard]] static Value number(ValueKind kind, const rdf::Decimal& value);
  [[nodiscard]] static Value number(ValueKind kind, double value);
  [[nodiscard]] static Value other(std::string_view text, std::string_view datatype);

  [[nodiscard]] bool is_error() const { return kind == ValueKind::Error; }
  [[nodiscard]] bool is_literal() const { return kind >= ValueKind::String; }
  [[nodiscard]] bool is_string() const { return kind == ValueKind::String || kind == ValueKind::LangString; }
  [[nodiscard]] bool is_numeric() const { return kind >= ValueKind::Integer && kind <= ValueKind::Double; }
  [[nodiscard]] bool is_exact() const { return kind == ValueKind::Integer || kind == ValueKind::Decimal; }

  [[nodiscard]] bool as_bool() const { return std::get<bool>(data); }
  [[nodiscard]] const rdf::Decimal& as_decimal() const { return std::get<rdf::Decimal>(data); }
  [[nodiscard]] const rdf::DateTime& as_time() const { return std::get<rdf::DateTime>(data); }
  /// REQUIRES: numeric.
  [[nodiscard]] double as_double() const;
};

/// Never fails: a literal with a wrong lexical form becomes Other.
[[nodiscard]] Value value_of(const rdf::Term& term);

/// Likewise, without strings. REQUIRES: `id.is_inline()`, and no string.
[[nodiscard]] Value value_of_inline(store::TermId id);

/// REQUIRES: no error.
[[nodiscard]] rdf::Term to_term(const Value& value);

/// The lexical form, or the IRI, as STR gives it; nullopt for blank nodes and errors.
[[nodiscard]] std::optional<std::string> lexical_form(const Value& value);

/// The datatype's IRI. REQUIRES: a literal.
[[nodiscard]] std::string datatype_of(const Value& value);

/// nullopt is a type error. Source: SPARQL 1.1 Query, section 17.2.2.
[[nodiscard]] std::optional<bool> effective_boolean(const Value& value);

/// Operator "=": value equality where both values are known, term equality else; nullopt is a type error.
/// Source: SPARQL 1.1 Query, section 17.4.1.7.
[[nodiscard]] std::optional<bool> equals(const Value& a, const Value& b);

/// Operators "<" and ">"; nullopt is a type error, `unordered` is NaN.
[[nodiscard]] std::optional<std::partial_ordering> compare(const Value& a, const Value& b);

/// The total order of ORDER BY, MIN and MAX: unbound, blank nodes, IRIs, literals by kind and value.
/// Source: SPARQL 1.1 Query, section 15.1.
[[nodiscard]] std::strong_ordering sort_order(const Value& a, const Value& b);

/// The same, and where values are equal, by their types and lexical forms: equal only for the same term, so that the
/// choice of MIN and MAX does not depend on the order of rows.
[[nodiscard]] std::strong_ordering term_order(const Value& a, const Value& b);

/// Whether both are the same term.
[[nodiscard]] bool same_term(const Value& a, const Value& b);

/// Arithmetic with numeric promotion; a type error or an overflow gives an error. Integers and decimals stay exact.
/// Source: XPath Functions 3.1, section 4.2.
[[nodiscard]] Value add(const Value& a, const Value& b);
[[nodiscard]] Value subtract(const Value& a, const Value& b);
[[nodiscard]] Value multiply(const Value& a, const Value& b);
[[nodiscard]] Value divide(const Value& a, const Value& b);
[[nodiscard]] Value negate(const Value& a);

/// The canonical lexical form of an xsd:double or xsd:float ("1.0E2", "INF").
[[nodiscard]] std::string format_double(double value, bool single);

/// The lexical form's value: "INF", "-INF", "NaN" or a decimal numeral with optional exponent.
[[nodiscard]] std::optional<double> parse_double(std::string_view lexical);

}  // namespace scenograph::sparql
