#include "rdf/decimal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace scenograph::rdf {

namespace {

constexpr unsigned division_scale = 18;

constexpr Int128 power_of_ten(unsigned exponent) {
  Int128 power = 1;
  for (unsigned i = 0; i < exponent; ++i) power *= 10;
  return power;
}

std::optional<Int128> multiplied(Int128 a, Int128 b) {
  Int128 product = 0;
  if (__builtin_mul_overflow(a, b, &product)) return std::nullopt;
  return product;
}

/// The unscaled value of `d` at a scale no smaller than its own.
std::optional<Int128> rescaled(const Decimal& d, unsigned scale) {
  return multiplied(d.unscaled(), power_of_ten(scale - d.scale()));
}

std::string digits_of(Int128 magnitude) {
  std::string digits;
  do {
    digits += static_cast<char>('0' + static_cast<int>(magnitude % 10));
    magnitude /= 10;
  } while (magnitude != 0);
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace

Decimal Decimal::normalised() const {
  Decimal out = *this;
  while (out.scale_ > 0 && out.unscaled_ % 10 == 0) {
    out.unscaled_ /= 10;
    --out.scale_;
  }
  return out;
}

std::optional<Decimal> Decimal::parse(std::string_view lexical) {
  const bool negative = !lexical.empty() && lexical.front() == '-';
  if (!lexical.empty() && (lexical.front() == '-' || lexical.front() == '+')) lexical.remove_prefix(1);
  const std::size_t point = lexical.find('.');
  if (point != std::string_view::npos) {
    while (!lexical.empty() && lexical.back() == '0') lexical.remove_suffix(1);
    if (lexical == ".") return point == 0 ? std::nullopt : std::optional<Decimal>(Decimal());
  }
  Int128 unscaled = 0;
  unsigned scale = 0;
  bool after_point = false;
  bool any_digit = point != std::string_view::npos && point > 0;
  for (const char c : lexical) {
    if (c == '.' && !after_point) {
      after_point = true;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    any_digit = true;
    const auto grown = multiplied(unscaled, 10);
    if (!grown || __builtin_add_overflow(*grown, Int128{c - '0'}, &unscaled)) return std::nullopt;
    if (after_point) ++scale;
  }
  if (!any_digit || scale > max_scale) return std::nullopt;
  return Decimal(negative ? -unscaled : unscaled, scale).normalised();
}

std::optional<Decimal> Decimal::from_double(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  const std::string text = fmt::format("{}", value);
  const std::size_t mark = text.find('e');
  const auto mantissa = parse(std::string_view(text).substr(0, mark));
  if (!mantissa || mark == std::string::npos) return mantissa;
  const int exponent = std::stoi(text.substr(mark + 1));
  const int scale = static_cast<int>(mantissa->scale_) - exponent;
  if (scale > static_cast<int>(max_scale) || scale < -static_cast<int>(max_scale)) return std::nullopt;
  if (scale >= 0) return scaled(mantissa->unscaled_, static_cast<unsigned>(scale));
  const auto grown = multiplied(mantissa->unscaled_, power_of_ten(static_cast<unsigned>(-scale)));
  if (!grown) return std::nullopt;
  return scaled(*grown, 0);
}

std::string Decimal::to_string() const {
  std::string digits = digits_of(unscaled_ < 0 ? -unscaled_ : unscaled_);
  if (scale_ > 0) {
    if (digits.size() <= scale_) digits.insert(0, scale_ + 1 - digits.size(), '0');
    digits.insert(digits.size() - scale_, 1, '.');
  }
  return (unscaled_ < 0 ? "-" : "") + digits;
}

double Decimal::to_double() const {
  const std::string text = to_string();
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<std::int64_t> Decimal::to_int64() const {
  if (scale_ != 0) return std::nullopt;
  if (unscaled_ > std::numeric_limits<std::int64_t>::max() || unscaled_ < std::numeric_limits<std::int64_t>::min()) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(unscaled_);
}

Decimal Decimal::truncated() const { return Decimal(unscaled_ / power_of_ten(scale_), 0); }

Decimal Decimal::floor() const {
  const Decimal whole = truncated();
  return unscaled_ < 0 && scale_ > 0 ? Decimal(whole.unscaled_ - 1, 0) : whole;
}

Decimal Decimal::ceil() const {
  const Decimal whole = truncated();
  return unscaled_ > 0 && scale_ > 0 ? Decimal(whole.unscaled_ + 1, 0) : whole;
}

Decimal Decimal::round() const {
  if (scale_ == 0) return *this;
  const Decimal below = floor();
  const Int128 rest = unscaled_ - below.unscaled_ * power_of_ten(scale_);
  return rest >= power_of_ten(scale_) / 2 ? Decimal(below.unscaled_ + 1, 0) : below;
}

std::optional<Decimal> Decimal::add(const Decimal& a, const Decimal& b) {
  const unsigned scale = std::max(a.scale_, b.scale_);
  const auto left = rescaled(a, scale);
  const auto right = rescaled(b, scale);
  Int128 sum = 0;
  if (!left || !right || __builtin_add_overflow(*left, *right, &sum)) return std::nullopt;
  return Decimal(sum, scale).normalised();
}

std::optional<Decimal> Decimal::subtract(const Decimal& a, const Decimal& b) { return add(a, b.negated()); }

std::optional<Decimal> Decimal::multiply(const Decimal& a, const Decimal& b) {
  const auto product = multiplied(a.unscaled_, b.unscaled_);
  if (!product) return std::nullopt;
  Decimal out(*product, a.scale_ + b.scale_);
  while (out.scale_ > max_scale) {
    out.unscaled_ /= 10;
    --out.scale_;
  }
  return out.normalised();
}

std::optional<Decimal> Decimal::divide(const Decimal& a, const Decimal& b) {
  if (b.is_zero()) return std::nullopt;
  const unsigned common = std::max(a.scale_, b.scale_);
  const auto left = rescaled(a, common);
  const auto right = rescaled(b, common);
  if (!left || !right) return std::nullopt;
  Int128 quotient = *left / *right;
  Int128 rest = *left % *right;
  unsigned scale = 0;
  while (rest != 0 && scale < division_scale) {
    const auto grown_rest = multiplied(rest, 10);
    const auto grown = multiplied(quotient, 10);
    if (!grown_rest || !grown) break;
    quotient = *grown + *grown_rest / *right;
    rest = *grown_rest % *right;
    ++scale;
  }
  return Decimal(quotient, scale).normalised();
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  const Decimal whole_a = a.floor();
  const Decimal whole_b = b.floor();
  if (whole_a.unscaled_ != whole_b.unscaled_) {
    return whole_a.unscaled_ < whole_b.unscaled_ ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  const unsigned scale = std::max(a.scale_, b.scale_);
  const Int128 rest_a = (a.unscaled_ - whole_a.unscaled_ * power_of_ten(a.scale_)) * power_of_ten(scale - a.scale_);
  const Int128 rest_b = (b.unscaled_ - whole_b.unscaled_ * power_of_ten(b.scale_)) * power_of_ten(scale - b.scale_);
  if (rest_a == rest_b) return std::strong_ordering::equal;
  return rest_a < rest_b ? std::strong_ordering::less : std::strong_ordering::greater;
}

}  // namespace scenograph::rdf
