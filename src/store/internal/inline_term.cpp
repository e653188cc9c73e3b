#include "store/internal/inline_term.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <string_view>

#include "rdf/date_time.hpp"
#include "rdf/vocab.hpp"
#include "store/inline_value.hpp"

namespace scenograph::store::internal {

namespace {

using rdf::Term;
using rdf::TermView;
namespace xsd = rdf::xsd;

constexpr std::int64_t integer_bias = std::int64_t{1} << 59U;

constexpr std::uint64_t decimal_digits_bits = 3;
constexpr unsigned decimal_scale = 6;
constexpr std::int64_t decimal_bias = std::int64_t{1} << 56U;

constexpr std::uint64_t string_length_bits = 4;
constexpr std::size_t string_capacity = 7;

/// Zones: none, "Z", then the offsets from -14:00 to +14:00 by the minute.
constexpr std::uint64_t zone_bits = 11;
constexpr std::uint64_t zone_utc = 1;
constexpr std::int64_t zone_bias = 842;

/// Fractions of a second: none, then .000 to .999.
constexpr std::uint64_t fraction_bits = 10;

constexpr std::uint64_t mask(std::uint64_t bits) { return (std::uint64_t{1} << bits) - 1; }

std::uint64_t string_payload(std::string_view text) {
  std::uint64_t payload = 0;
  for (std::size_t i = 0; i < string_capacity; ++i) {
    payload = (payload << 8U) | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  }
  return (payload << string_length_bits) | text.size();
}

char* write_string(std::uint64_t payload, char* out) {
  const std::size_t size = std::min<std::size_t>(payload & mask(string_length_bits), string_capacity);
  for (std::size_t i = 0; i < size; ++i) {
    *out++ = static_cast<char>(payload >> (string_length_bits + 8 * (string_capacity - 1 - i)));
  }
  return out;
}

/// A number in decimal, with zeros in front up to `width` digits.
char* write_digits(std::uint64_t number, std::size_t width, char* out) {
  std::array<char, 20> digits;
  std::size_t at = digits.size();
  for (; number != 0 || at + width > digits.size(); number /= 10) digits[--at] = static_cast<char>('0' + number % 10);
  return std::copy(digits.begin() + static_cast<std::ptrdiff_t>(at), digits.end(), out);
}

char* write_signed(std::int64_t number, std::size_t width, char* out) {
  if (number < 0) *out++ = '-';
  return write_digits(static_cast<std::uint64_t>(std::abs(number)), width, out);
}

std::int64_t integer_of(std::uint64_t payload) { return static_cast<std::int64_t>(payload) - integer_bias; }

std::int64_t millionths_of(std::uint64_t payload) {
  return static_cast<std::int64_t>(payload >> decimal_digits_bits) - decimal_bias;
}

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Whether digits are written as `std::to_string` writes a number: no plus, no leading zero, no "-0".
bool is_canonical_whole(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.front() < '0' || text.front() > '9') return false;
  return text.front() != '0' || (text.size() == 1 && !negative);
}

std::optional<std::uint64_t> integer_payload(std::string_view text) {
  if (!is_canonical_whole(text)) return std::nullopt;
  const auto number = parse_number(text);
  if (!number || *number < -integer_bias || *number >= integer_bias) return std::nullopt;
  return static_cast<std::uint64_t>(*number + integer_bias);
}

/// A number of millionths, then how many digits after the point were written.
std::optional<std::uint64_t> decimal_payload(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos || text.size() > 18) return std::nullopt;
  const std::size_t digits = text.size() - point - 1;
  if (digits < 1 || digits > decimal_scale) return std::nullopt;
  const bool negative = text.front() == '-';
  if (!is_canonical_whole(text.substr(negative ? 1 : 0, point - (negative ? 1 : 0)))) return std::nullopt;
  std::array<char, 32> whole{};
  char* end = std::copy_n(text.data(), point, whole.data());
  end = std::copy_n(text.data() + point + 1, digits, end);
  end = std::fill_n(end, decimal_scale - digits, '0');
  const auto millionths = parse_number({whole.data(), end});
  if (!millionths || *millionths < -decimal_bias || *millionths >= decimal_bias) return std::nullopt;
  if (negative && *millionths == 0) return std::nullopt;
  return (static_cast<std::uint64_t>(*millionths + decimal_bias) << decimal_digits_bits) | digits;
}

char* write_decimal(std::uint64_t payload, char* out) {
  const std::size_t digits = std::min<std::size_t>(payload & mask(decimal_digits_bits), decimal_scale);
  char* const end = write_signed(millionths_of(payload), decimal_scale + 1, out);
  char* const point = end - decimal_scale;
  std::copy_backward(point, end, end + 1);
  *point = '.';
  return point + 1 + digits;
}

/// The canonical form of XSD: a mantissa with a point, E, an exponent.
std::string_view double_text(double number, InlineText& out) {
  std::array<char, 32> shortest;
  const auto written =
      std::to_chars(shortest.data(), shortest.data() + shortest.size(), number, std::chars_format::scientific);
  const std::string_view text(shortest.data(), static_cast<std::size_t>(written.ptr - shortest.data()));
  const std::size_t e = text.find('e');
  const std::string_view mantissa = text.substr(0, e);
  char* end = std::copy(mantissa.begin(), mantissa.end(), out.data());
  if (mantissa.find('.') == std::string_view::npos) end = std::copy_n(".0", 2, end);
  *end++ = 'E';
  std::string_view exponent = text.substr(e + 1);
  if (exponent.front() == '-') *end++ = '-';
  exponent.remove_prefix(1);
  while (exponent.size() > 1 && exponent.front() == '0') exponent.remove_prefix(1);
  end = std::copy(exponent.begin(), exponent.end(), end);
  return {out.data(), static_cast<std::size_t>(end - out.data())};
}

/// Bits turned so that they sort as the numbers do.
std::uint64_t turned(double number) {
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(number);
  return (bits >> 63U) != 0 ? ~bits : bits | (std::uint64_t{1} << 63U);
}

double number_of_double(std::uint64_t payload) {
  std::uint64_t bits = payload << 4U;
  const bool negative = (bits >> 63U) == 0;
  bits = negative ? (~bits & ~std::uint64_t{0xF}) : bits & ~(std::uint64_t{1} << 63U);
  return std::bit_cast<double>(bits);
}

std::optional<std::uint64_t> double_payload(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  InlineText canonical;
  if ((std::bit_cast<std::uint64_t>(number) & 0xFU) != 0 || double_text(number, canonical) != text) return std::nullopt;
  return turned(number) >> 4U;
}

std::uint64_t zone_code(const std::optional<std::int16_t>& offset, bool is_z) {
  if (!offset) return 0;
  return is_z ? zone_utc : static_cast<std::uint64_t>(*offset + zone_bias);
}

std::int64_t zone_minutes(std::uint64_t code) {
  return code <= zone_utc ? 0 : static_cast<std::int64_t>(code) - zone_bias;
}

char* write_pair(std::uint64_t first, char separator, std::uint64_t second, char* out) {
  out = write_digits(first, 2, out);
  *out++ = separator;
  return write_digits(second, 2, out);
}

/// "+00:00" is written out here, unlike in canonical forms.
char* write_zone(std::uint64_t code, char* out) {
  if (code == 0) return out;
  *out++ = code == zone_utc ? 'Z' : (zone_minutes(code) < 0 ? '-' : '+');
  if (code == zone_utc) return out;
  const auto offset = static_cast<std::uint64_t>(std::abs(zone_minutes(code)));
  return write_pair(offset / 60, ':', offset % 60, out);
}

/// A day before year 0, so that no payload is negative.
std::int64_t epoch() {
  static const std::int64_t seconds = (rdf::days_from_civil(0, 1, 1) - 1) * 86'400;
  return seconds;
}

/// Whether a date that was understood is written as `write_date_time` writes it.
bool is_canonical_date_time(std::string_view text, bool with_time) {
  if (text.front() == '-' || text.ends_with("-00:00")) return false;
  if (!with_time) return true;
  if (text.substr(11, 2) == "24") return false;
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) return true;
  const std::size_t digits = text.find_first_not_of("0123456789", point + 1);
  return (digits == std::string_view::npos ? text.size() : digits) - point == 4;
}

/// The instant in UTC (without zone: as if in UTC), the fraction, then the zone: numbers compare as instants do.
std::optional<std::uint64_t> date_time_payload(std::string_view text, bool with_time) {
  const auto parsed = with_time ? rdf::parse_date_time(text) : rdf::parse_date(text);
  if (!parsed || parsed->year < 0 || parsed->year > 9999 || parsed->nanosecond % 1'000'000 != 0) return std::nullopt;
  if (!is_canonical_date_time(text, with_time)) return std::nullopt;
  const std::size_t point = text.find('.');
  const std::uint64_t fraction = point == std::string_view::npos ? 0 : parsed->nanosecond / 1'000'000 + 1;
  const std::uint64_t zone = zone_code(parsed->offset_minutes, text.back() == 'Z');
  const std::int64_t instant = rdf::local_seconds(*parsed) - zone_minutes(zone) * 60;
  return ((static_cast<std::uint64_t>(instant - epoch()) << fraction_bits | fraction) << zone_bits) | zone;
}

/// A payload's parts.
struct TimeParts {
  explicit TimeParts(std::uint64_t payload)
      : zone(payload & mask(zone_bits)),
        fraction((payload >> zone_bits) & mask(fraction_bits)),
        instant(static_cast<std::int64_t>(payload >> (zone_bits + fraction_bits)) + epoch()) {}

  [[nodiscard]] std::int64_t local_seconds() const { return instant + zone_minutes(zone) * 60; }

  std::uint64_t zone;
  std::uint64_t fraction;  ///< 0, or one more than the milliseconds
  std::int64_t instant;    ///< in UTC, if there is a zone
};

rdf::DateTime time_of(std::uint64_t payload) {
  const TimeParts parts(payload);
  std::optional<std::int16_t> offset;
  if (parts.zone != 0) offset = static_cast<std::int16_t>(zone_minutes(parts.zone));
  const std::uint64_t milliseconds = parts.fraction == 0 ? 0 : parts.fraction - 1;
  return rdf::from_local_seconds(parts.local_seconds(), static_cast<std::uint32_t>(milliseconds * 1'000'000), offset);
}

char* write_date_time(std::uint64_t payload, bool with_time, char* out) {
  const TimeParts parts(payload);
  const auto at = rdf::from_local_seconds(parts.local_seconds());
  out = write_signed(at.year, 4, out);
  *out++ = '-';
  out = write_pair(at.month, '-', at.day, out);
  if (with_time) {
    *out++ = 'T';
    out = write_pair(at.hour, ':', at.minute, out);
    *out++ = ':';
    out = write_digits(at.second, 2, out);
  }
  if (parts.fraction != 0) {
    *out++ = '.';
    out = write_digits(parts.fraction - 1, 3, out);
  }
  return write_zone(parts.zone, out);
}

std::optional<std::uint64_t> boolean_payload(std::string_view text) {
  if (text == "true") return 1;
  return text == "false" ? std::optional<std::uint64_t>(0) : std::nullopt;
}

std::optional<TermId> make_id(IdKind kind, std::optional<std::uint64_t> payload) {
  return payload ? std::optional(TermId::make(kind, *payload)) : std::nullopt;
}

}  // namespace

std::optional<TermId> to_inline(const TermView& term) {
  if (term.type != rdf::TermType::Literal || !term.language.empty()) return std::nullopt;
  const std::string_view text = term.value;
  if (term.datatype.empty()) {
    if (text.size() > string_capacity) return std::nullopt;
    return TermId::make(IdKind::ShortString, string_payload(text));
  }
  if (text.empty() || text.size() > 40 || !term.datatype.starts_with(xsd::ns)) return std::nullopt;
  if (term.datatype == xsd::integer) return make_id(IdKind::Integer, integer_payload(text));
  if (term.datatype == xsd::decimal) return make_id(IdKind::Decimal, decimal_payload(text));
  if (term.datatype == xsd::double_) return make_id(IdKind::Double, double_payload(text));
  if (term.datatype == xsd::date) return make_id(IdKind::Date, date_time_payload(text, false));
  if (term.datatype == xsd::dateTime) return make_id(IdKind::DateTime, date_time_payload(text, true));
  if (term.datatype == xsd::boolean) return make_id(IdKind::Boolean, boolean_payload(text));
  return std::nullopt;
}

TermView view_inline(TermId id, InlineText& text) {
  const std::uint64_t payload = id.payload();
  const auto literal = [&text](const char* end, std::string_view datatype = {}) {
    TermView term(rdf::TermType::Literal, {text.data(), static_cast<std::size_t>(end - text.data())});
    term.datatype = datatype;
    return term;
  };
  switch (id.kind()) {
    case IdKind::ShortString:
      return literal(write_string(payload, text.data()));
    case IdKind::Integer:
      return literal(write_signed(integer_of(payload), 1, text.data()), xsd::integer);
    case IdKind::Decimal:
      return literal(write_decimal(payload, text.data()), xsd::decimal);
    case IdKind::Double:
      return literal(text.data() + double_text(number_of_double(payload), text).size(), xsd::double_);
    case IdKind::Boolean:
      return literal(payload != 0 ? std::copy_n("true", 4, text.data()) : std::copy_n("false", 5, text.data()),
                     xsd::boolean);
    case IdKind::Date:
      return literal(write_date_time(payload, false, text.data()), xsd::date);
    case IdKind::DateTime:
      return literal(write_date_time(payload, true, text.data()), xsd::dateTime);
    default:
      return {};
  }
}

Term from_inline(TermId id) {
  InlineText text;
  return rdf::to_term(view_inline(id, text));
}

}  // namespace scenograph::store::internal

namespace scenograph::store {

using namespace internal;

namespace {

/// Payloads from that of `least` on, as many as `count`, within the kind's ids.
IdSpan span_from(IdKind kind, rdf::Int128 least, std::uint64_t count) {
  const IdSpan all = ids_of(kind);
  const auto clamp = [&](rdf::Int128 payload) {
    return static_cast<std::uint64_t>(
        std::clamp(payload + rdf::Int128{all.first}, rdf::Int128{all.first}, rdf::Int128{all.end}));
  };
  return {clamp(least), clamp(least + rdf::Int128{count})};
}

}  // namespace

InlineValue inline_value(TermId id) {
  const std::uint64_t payload = id.payload();
  switch (id.kind()) {
    case IdKind::Integer:
      return rdf::Decimal::of(integer_of(payload));
    case IdKind::Decimal:
      return rdf::Decimal::scaled(millionths_of(payload), decimal_scale);
    case IdKind::Double:
      return number_of_double(payload);
    case IdKind::Boolean:
      return payload != 0;
    case IdKind::Date:
    case IdKind::DateTime:
      return time_of(payload);
    default:
      return {};
  }
}

std::optional<TermId> inline_id(const rdf::TermView& literal) { return to_inline(literal); }

rdf::Term inline_term(TermId id) { return from_inline(id); }

std::optional<TermId> integer_id(std::int64_t number) {
  if (number < -integer_bias || number >= integer_bias) return std::nullopt;
  return TermId::make(IdKind::Integer, static_cast<std::uint64_t>(number + integer_bias));
}

std::optional<std::uint64_t> value_key(TermId id) {
  const std::uint64_t payload = id.payload();
  switch (id.kind()) {
    case IdKind::Integer:
    case IdKind::Boolean:
      return payload;
    case IdKind::Double:
      return number_of_double(payload) == 0 ? turned(0.0) >> 4U : payload;
    case IdKind::Decimal:
      return payload >> decimal_digits_bits;
    case IdKind::Date:
    case IdKind::DateTime: {
      const std::uint64_t fraction = std::max<std::uint64_t>((payload >> zone_bits) & mask(fraction_bits), 1);
      const std::uint64_t has_zone = (payload & mask(zone_bits)) != 0 ? 1 : 0;
      return ((payload >> (zone_bits + fraction_bits)) << (fraction_bits + 1)) | (fraction << 1U) | has_zone;
    }
    default:
      return std::nullopt;
  }
}

IdSpan ids_of(IdKind kind) {
  const std::uint64_t first = TermId::make(kind, 0).bits();
  return {first, first + TermId::payload_mask + 1};
}

std::optional<IdSpan> ids_equal_to(IdKind kind, const rdf::Decimal& number) {
  const auto scaled = rdf::Decimal::multiply(number, rdf::Decimal::of(kind == IdKind::Integer ? 1 : 1'000'000));
  if (!scaled) return std::nullopt;
  rdf::Int128 whole = scaled->floor().unscaled();
  const bool is_whole = scaled->is_integer();
  if (!is_whole) ++whole;
  constexpr rdf::Int128 far = rdf::Int128{1} << 80U;
  whole = std::clamp(whole, -far, far);
  if (kind == IdKind::Integer) return span_from(kind, whole + integer_bias, is_whole ? 1 : 0);
  constexpr std::uint64_t per_value = std::uint64_t{1} << decimal_digits_bits;
  return span_from(kind, (whole + decimal_bias) * per_value, is_whole ? per_value : 0);
}

IdSpan doubles_equal_to(double number) {
  // Both zeros have the same value.
  if (number == 0)
    return {span_from(IdKind::Double, turned(-0.0) >> 4U, 1).first,
            span_from(IdKind::Double, turned(0.0) >> 4U, 1).end};
  const std::uint64_t bits = turned(number);
  const bool fits = (std::bit_cast<std::uint64_t>(number) & 0xFU) == 0;
  const std::uint64_t payload = bits >> 4U;
  if (fits) return span_from(IdKind::Double, payload, 1);
  // The payload is that of a number cut towards zero.
  return span_from(IdKind::Double, rdf::Int128{payload} + (number > 0 ? 1 : 0), 0);
}

std::vector<IdSpan> numbers_between(double low, double high) {
  std::vector<IdSpan> spans;
  for (const IdKind kind : {IdKind::Integer, IdKind::Decimal}) {
    const auto first = rdf::Decimal::from_double(low);
    const auto last = rdf::Decimal::from_double(high);
    const auto from = first ? ids_equal_to(kind, *first) : std::nullopt;
    const auto to = last ? ids_equal_to(kind, *last) : std::nullopt;
    spans.push_back({from ? from->first : ids_of(kind).first, to ? to->end : ids_of(kind).end});
  }
  spans.push_back({doubles_equal_to(low).first, doubles_equal_to(high).end});
  return spans;
}

IdSpan times_equal_to(IdKind kind, std::int64_t utc_seconds, std::uint32_t nanosecond) {
  const rdf::Int128 instant = rdf::Int128{utc_seconds} - epoch();
  const std::uint32_t milliseconds = nanosecond / 1'000'000;
  const bool fits = nanosecond % 1'000'000 == 0;
  // No fraction and ".000" are the same.
  const std::uint64_t first = milliseconds == 0 && fits ? 0 : milliseconds + (fits ? 1 : 2);
  const std::uint64_t codes = fits ? (milliseconds == 0 ? 2 : 1) : 0;
  constexpr rdf::Int128 unit = rdf::Int128{1} << zone_bits;
  return span_from(kind, ((instant << fraction_bits) + first) * unit, codes * (std::uint64_t{1} << zone_bits));
}

}  // namespace scenograph::store
