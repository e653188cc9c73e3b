#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scenograph::rdf {

__extension__ using Int128 = __int128;

/// An exact decimal number, unscaled × 10^-scale, of at most 38 digits: the values of xsd:decimal and of xsd:integer
/// with its derived types. Kept normalised: the scale is the least possible. Arithmetic that would need more digits
/// returns nullopt, a type error to SPARQL; only division rounds.
///
/// Source: XML Schema Part 2, sections 3.2.3 and 3.3.13; XPath and XQuery Functions 3.1, section 4.
class Decimal {
 public:
  static constexpr unsigned max_scale = 38;

  constexpr Decimal() = default;
  [[nodiscard]] static constexpr Decimal of(std::int64_t integer) { return Decimal(integer, 0); }

  /// unscaled × 10^-scale. REQUIRES: scale ≤ max_scale.
  [[nodiscard]] static Decimal scaled(Int128 unscaled, unsigned scale) { return Decimal(unscaled, scale).normalised(); }

  /// An xsd:decimal or xsd:integer lexical form without surrounding space ("-01.50", ".5", "+3."); nullopt for anything
  /// else and for more than 38 digits.
  [[nodiscard]] static std::optional<Decimal> parse(std::string_view lexical);

  /// The nearest decimal with up to 17 significant digits; nullopt for NaN, infinities and magnitudes out of range.
  [[nodiscard]] static std::optional<Decimal> from_double(double value);

  /// "1.5", "-3", "0": the canonical form of XSD 1.1, without a point for whole numbers.
  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] double to_double() const;
  [[nodiscard]] std::optional<std::int64_t> to_int64() const;

  [[nodiscard]] Int128 unscaled() const { return unscaled_; }
  [[nodiscard]] unsigned scale() const { return scale_; }
  [[nodiscard]] bool is_integer() const { return scale_ == 0; }
  [[nodiscard]] bool is_zero() const { return unscaled_ == 0; }
  [[nodiscard]] bool is_negative() const { return unscaled_ < 0; }

  [[nodiscard]] Decimal negated() const { return Decimal(-unscaled_, scale_); }
  [[nodiscard]] Decimal floor() const;
  [[nodiscard]] Decimal ceil() const;
  /// To the nearest integer, halves towards positive infinity (fn:round).
  [[nodiscard]] Decimal round() const;
  [[nodiscard]] Decimal truncated() const;

  [[nodiscard]] static std::optional<Decimal> add(const Decimal& a, const Decimal& b);
  [[nodiscard]] static std::optional<Decimal> subtract(const Decimal& a, const Decimal& b);
  [[nodiscard]] static std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);
  /// To 18 digits after the point, the rest cut; nullopt for division by zero.
  [[nodiscard]] static std::optional<Decimal> divide(const Decimal& a, const Decimal& b);

  friend bool operator==(const Decimal&, const Decimal&) = default;
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

 private:
  constexpr Decimal(Int128 unscaled, unsigned scale) : unscaled_(unscaled), scale_(scale) {}
  [[nodiscard]] Decimal normalised() const;

  Int128 unscaled_ = 0;
  unsigned scale_ = 0;
};

}  // namespace scenograph::rdf
