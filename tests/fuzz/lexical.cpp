#include <array>
#include <string>

#include "fuzz/fuzz.hpp"
#include "rdf/date_time.hpp"
#include "rdf/decimal.hpp"
#include "rdf/iri.hpp"
#include "sparql/exec/value.hpp"

// Reads IRIs and the lexical forms of datatypes, two a time, and computes with them. Lines of the input; the first byte
// says of which datatypes.

namespace {

using namespace scenograph;
using fuzz::require;

constexpr std::array<std::string_view, 12> datatypes = {"integer",
                                                        "decimal",
                                                        "double",
                                                        "float",
                                                        "boolean",
                                                        "date",
                                                        "dateTime",
                                                        "time",
                                                        "string",
                                                        "integer",
                                                        "nonNegativeInteger",
                                                        "byte"};

void read_times(std::string_view text) {
  if (const auto value = rdf::parse_date_time(text)) {
    require(rdf::parse_date_time(rdf::format_date_time(*value)) == value);
    const auto back = rdf::from_local_seconds(rdf::local_seconds(*value), value->nanosecond, value->offset_minutes);
    require(back == *value);
  }
  if (const auto value = rdf::parse_date(text)) require(rdf::parse_date(rdf::format_date(*value)) == value);
  if (const auto value = rdf::parse_time(text)) require(rdf::parse_time(rdf::format_time(*value)) == value);
}

void read_decimals(std::string_view first, std::string_view second) {
  const auto a = rdf::Decimal::parse(first);
  const auto b = rdf::Decimal::parse(second);
  if (!a) return;
  require(rdf::Decimal::parse(a->to_string()) == a);
  for (const rdf::Decimal& whole : {a->floor(), a->ceil(), a->round(), a->truncated()}) require(whole.is_integer());
  static_cast<void>(rdf::Decimal::from_double(a->to_double()));
  if (!b) return;
  require((*a == *b) == ((*a <=> *b) == 0));
  if (const auto sum = rdf::Decimal::add(*a, *b)) {
    const auto back = rdf::Decimal::subtract(*sum, *b);
    require(!back || *back == *a);
  }
  static_cast<void>(rdf::Decimal::multiply(*a, *b));
  static_cast<void>(rdf::Decimal::divide(*a, *b));
}

void compute(const rdf::Term& first, const rdf::Term& second) {
  const sparql::Value a = sparql::value_of(first);
  const sparql::Value b = sparql::value_of(second);
  require(sparql::same_term(a, a) && sparql::sort_order(a, a) == 0);
  require((sparql::sort_order(a, b) < 0) == (sparql::sort_order(b, a) > 0));
  require(sparql::to_term(a) == first);
  static_cast<void>(sparql::effective_boolean(a));
  static_cast<void>(sparql::compare(a, b));
  require(sparql::equals(a, b) == sparql::equals(b, a));
  for (const sparql::Value& result :
       {sparql::add(a, b), sparql::subtract(a, b), sparql::multiply(a, b), sparql::divide(a, b), sparql::negate(a)}) {
    if (!result.is_error()) require(sparql::value_of(sparql::to_term(result)).kind == result.kind);
  }
}

void read_iris(std::string_view base, std::string_view reference) {
  static_cast<void>(rdf::split_iri(reference));
  require(!rdf::why_not_iri("http://ex.test/" + rdf::encode_iri_component(reference)));
  if (rdf::why_not_iri(base)) return;
  const std::string resolved = rdf::resolve_iri(base, reference);
  if (!rdf::why_not_iri(resolved)) require(rdf::resolve_iri(base, resolved) == rdf::resolve_iri(resolved, resolved));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const unsigned kind = input.byte();
  const std::string_view first = input.until("\n");
  const std::string_view second = input.until("\n");
  read_times(first);
  read_decimals(first, second);
  read_iris(first, second);
  const auto literal = [](std::string_view text, std::size_t datatype) {
    return rdf::Term::literal(text, "http://www.w3.org/2001/XMLSchema#" + std::string(datatypes[datatype]));
  };
  compute(literal(first, kind % datatypes.size()), literal(second, kind / datatypes.size() % datatypes.size()));
  return 0;
}
