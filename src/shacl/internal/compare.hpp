#pragma once

#include <compare>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "rdf/date_time.hpp"
#include "rdf/decimal.hpp"
#include "rdf/term.hpp"

namespace scenograph::shacl {

/// A literal's value where SPARQL orders it: numbers, plain strings, booleans, dates, times and dateTimes.
class OrderedValue {
 public:
  /// nullopt for terms without order: IRIs, blank nodes, texts with a language, other datatypes, ill-typed literals.
  [[nodiscard]] static std::optional<OrderedValue> of(const rdf::Term& term);

  /// `unordered` between kinds, with NaN, and for moments of which only one has a time zone and that are close.
  ///
  /// Source: SPARQL 1.1 Query, section 17.3, as SHACL, section 4.3 and 4.5.3, refers to it.
  friend std::partial_ordering operator<=>(const OrderedValue& a, const OrderedValue& b);

 private:
  struct Moment {
    char kind;  // 'd' date, 't' time, 'm' dateTime: compared within a kind only
    rdf::DateTime value;
  };
  using Value = std::variant<rdf::Decimal, float, double, std::string, bool, Moment>;

  explicit OrderedValue(Value value) : value_(std::move(value)) {}

  [[nodiscard]] bool is_number() const { return value_.index() < 3; }
  /// REQUIRES: a number.
  template <typename Floating>
  [[nodiscard]] Floating as() const {
    if (const auto* exact = std::get_if<rdf::Decimal>(&value_)) return static_cast<Floating>(exact->to_double());
    if (const auto* single = std::get_if<float>(&value_)) return static_cast<Floating>(*single);
    return static_cast<Floating>(std::get<double>(value_));
  }
  [[nodiscard]] std::optional<std::partial_ordering> compare_numbers(const OrderedValue& other) const;

  Value value_;
};

}  // namespace scenograph::shacl
