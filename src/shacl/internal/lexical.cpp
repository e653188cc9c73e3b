#include "shacl/internal/lexical.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>

#include "rdf/date_time.hpp"
#include "rdf/decimal.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::shacl {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alnum(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Takes a lexical form apart from the front.
class Cursor {
 public:
  explicit Cursor(std::string_view rest) : rest_(rest) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string_view digits() {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_digit);
    const auto found = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(found.size());
    return found;
  }
  // "Z", "+02:00" or nothing, up to the end.
  bool zone_and_end() {
    if (at_end() || rest_ == "Z") return true;
    return rdf::parse_time("00:00:00" + std::string(rest_)).has_value();
  }

 private:
  std::string_view rest_;
};

bool is_integer(std::string_view text) {
  Cursor cursor(text);
  if (!cursor.take('-')) cursor.take('+');
  return !cursor.digits().empty() && cursor.at_end();
}

bool is_decimal(std::string_view text) {
  Cursor cursor(text);
  if (!cursor.take('-')) cursor.take('+');
  const bool before = !cursor.digits().empty();
  const bool after = cursor.take('.') && !cursor.digits().empty();
  return (before || after) && cursor.at_end();
}

bool is_double(std::string_view text) {
  if (text == "NaN" || text == "INF" || text == "-INF" || text == "+INF") return true;
  const auto exponent = text.find_first_of("eE");
  return is_decimal(text.substr(0, exponent)) &&
         (exponent == std::string_view::npos || is_integer(text.substr(exponent + 1)));
}

struct IntegerRange {
  std::string_view name;
  std::string_view least;  // "" for none
  std::string_view most;
};

constexpr std::array<IntegerRange, 12> integer_ranges{{
    {"byte", "-128", "127"},
    {"short", "-32768", "32767"},
    {"int", "-2147483648", "2147483647"},
    {"long", "-9223372036854775808", "9223372036854775807"},
    {"unsignedByte", "0", "255"},
    {"unsignedShort", "0", "65535"},
    {"unsignedInt", "0", "4294967295"},
    {"unsignedLong", "0", "18446744073709551615"},
    {"nonNegativeInteger", "0", ""},
    {"positiveInteger", "1", ""},
    {"nonPositiveInteger", "", "0"},
    {"negativeInteger", "", "-1"},
}};

bool is_in_range(std::string_view text, const IntegerRange& range) {
  if (!is_integer(text)) return false;
  const auto value = rdf::Decimal::parse(text);
  if (!value) {  // more digits than any bound has
    const bool negative = text.starts_with('-');
    return negative ? range.least.empty() : range.most.empty();
  }
  return (range.least.empty() || *value >= *rdf::Decimal::parse(range.least)) &&
         (range.most.empty() || *value <= *rdf::Decimal::parse(range.most));
}

// Year, month and day fields as `pattern` has them ("Y-M" of xsd:gYearMonth), then an optional zone.
bool is_date_part(std::string_view text, std::string_view pattern) {
  Cursor cursor(text);
  std::string_view month = "01";
  std::string_view day = "01";
  for (const char field : pattern) {
    if (field == 'Y') {
      cursor.take('-');
      const auto year = cursor.digits();
      if (year.size() < 4 || (year.size() > 4 && year.front() == '0')) return false;
    } else if (field == 'M') {
      month = cursor.digits();
    } else if (field == 'D') {
      day = cursor.digits();
    } else if (!cursor.take(field)) {
      return false;
    }
  }
  const std::string date = "1972-" + std::string(month) + "-" + std::string(day);
  return rdf::parse_date(date).has_value() && cursor.zone_and_end();
}

// One group of "P1Y2M3DT4H5M6.7S", its designators in order; @return how many fields, nullopt if out of order.
std::optional<int> duration_fields(std::string_view& text, std::string_view designators) {
  int count = 0;
  std::size_t next = 0;
  while (!text.empty() && text.front() != 'T') {
    std::size_t end = 0;
    while (end < text.size() && (is_digit(text[end]) || text[end] == '.')) ++end;
    if (end == 0 || end == text.size()) return std::nullopt;
    const auto place = designators.find(text[end], next);
    const auto number = text.substr(0, end);
    if (place == std::string_view::npos || !is_decimal(number)) return std::nullopt;
    if (text[end] != 'S' && !is_integer(number)) return std::nullopt;
    next = place + 1;
    ++count;
    text.remove_prefix(end + 1);
  }
  return count;
}

bool is_duration(std::string_view text, std::string_view date_fields, std::string_view time_fields) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (!text.starts_with('P')) return false;
  text.remove_prefix(1);
  const auto date = duration_fields(text, date_fields);
  if (!date) return false;
  if (text.empty()) return *date > 0;
  text.remove_prefix(1);  // the T
  const auto time = duration_fields(text, time_fields);
  return text.empty() && time && *time > 0;
}

bool is_language(std::string_view text) {
  bool is_first = true;
  while (true) {
    const auto dash = text.find('-');
    const auto part = text.substr(0, dash);
    const bool letters =
        std::all_of(part.begin(), part.end(), [is_first](char c) { return is_alnum(c) && !(is_first && is_digit(c)); });
    if (part.empty() || part.size() > 8 || !letters) return false;
    if (dash == std::string_view::npos) return true;
    text.remove_prefix(dash + 1);
    is_first = false;
  }
}

bool is_hex(std::string_view text) {
  return text.size() % 2 == 0 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
}

bool is_base64(std::string_view text) {
  std::string packed;
  std::copy_if(text.begin(), text.end(), std::back_inserter(packed), [](char c) { return c != ' '; });
  std::size_t padding = 0;
  while (padding < 2 && packed.ends_with('=')) {
    packed.pop_back();
    ++padding;
  }
  return (packed.size() + padding) % 4 == 0 &&
         std::all_of(packed.begin(), packed.end(), [](char c) { return is_alnum(c) || c == '+' || c == '/'; });
}

bool is_date_time_stamp(std::string_view text) {
  const auto value = rdf::parse_date_time(text);
  return value && value->offset_minutes;
}

struct LexicalRule {
  std::string_view name;  // local name in the XSD namespace
  bool (*allows)(std::string_view);
};

constexpr std::array<LexicalRule, 20> rules{{
    {"boolean", [](std::string_view t) { return t == "true" || t == "false" || t == "1" || t == "0"; }},
    {"integer", is_integer},
    {"decimal", is_decimal},
    {"double", is_double},
    {"float", is_double},
    {"dateTime", [](std::string_view t) { return rdf::parse_date_time(t).has_value(); }},
    {"dateTimeStamp", is_date_time_stamp},
    {"date", [](std::string_view t) { return rdf::parse_date(t).has_value(); }},
    {"time", [](std::string_view t) { return rdf::parse_time(t).has_value(); }},
    {"gYear", [](std::string_view t) { return is_date_part(t, "Y"); }},
    {"gYearMonth", [](std::string_view t) { return is_date_part(t, "Y-M"); }},
    {"gMonth", [](std::string_view t) { return is_date_part(t, "--M"); }},
    {"gMonthDay", [](std::string_view t) { return is_date_part(t, "--M-D"); }},
    {"gDay", [](std::string_view t) { return is_date_part(t, "---D"); }},
    {"duration", [](std::string_view t) { return is_duration(t, "YMD", "HMS"); }},
    {"dayTimeDuration", [](std::string_view t) { return is_duration(t, "D", "HMS"); }},
    {"yearMonthDuration", [](std::string_view t) { return is_duration(t, "YM", ""); }},
    {"language", is_language},
    {"hexBinary", is_hex},
    {"base64Binary", is_base64},
}};

bool allows(std::string_view datatype, std::string_view lexical) {
  if (!datatype.starts_with(rdf::xsd::ns)) return true;
  const auto name = datatype.substr(rdf::xsd::ns.size());
  for (const auto& range : integer_ranges) {
    if (range.name == name) return is_in_range(lexical, range);
  }
  for (const auto& rule : rules) {
    if (rule.name == name) return rule.allows(lexical);
  }
  return true;
}

}  // namespace

bool has_datatype(const rdf::Term& term, std::string_view datatype) {
  return term.is_literal() && term.datatype_iri() == datatype && allows(datatype, term.value);
}

bool is_of_kind(rdf::TermType type, std::string_view node_kind) {
  switch (type) {
    case rdf::TermType::Iri:
      return node_kind.find("IRI") != std::string_view::npos;
    case rdf::TermType::BlankNode:
      return node_kind.find("BlankNode") != std::string_view::npos;
    case rdf::TermType::Literal:
      return node_kind.find("Literal") != std::string_view::npos;
    case rdf::TermType::DefaultGraph:
      break;
  }
  return false;
}

}  // namespace scenograph::shacl
