#include "shacl/naive_values.hpp"

#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <regex>

#include "rdf/vocab.hpp"

namespace scenograph::shacl::naive {

namespace {

namespace xsd = rdf::xsd;

const std::string zone_form = "(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?";
const std::string date_form = "-?([1-9][0-9]{3,}|0[0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
const std::string time_form = "(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?|24:00:00(\\.0+)?)";
const std::string decimal_form = "[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)";

const std::map<std::string, std::string>& forms() {
  static const std::map<std::string, std::string> table{
      {"boolean", "true|false|0|1"},
      {"decimal", decimal_form},
      {"double", decimal_form + "([eE][+-]?[0-9]+)?|[+-]?INF|NaN"},
      {"float", decimal_form + "([eE][+-]?[0-9]+)?|[+-]?INF|NaN"},
      {"date", date_form + zone_form},
      {"time", time_form + zone_form},
      {"dateTime", date_form + "T" + time_form + zone_form},
      {"gYear", "-?([1-9][0-9]{3,}|0[0-9]{3})" + zone_form},
      {"gYearMonth", "-?([1-9][0-9]{3,}|0[0-9]{3})-(0[1-9]|1[0-2])" + zone_form},
      {"gMonthDay", "--(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])" + zone_form},
      {"duration", "-?P(?=.)([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+(\\.[0-9]+)?S)?)?"},
      {"language", "[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*"},
      {"hexBinary", "([0-9a-fA-F]{2})*"},
  };
  return table;
}

struct Range {
  long double least;
  long double most;
};

constexpr long double endless = 1e30L;

const std::map<std::string, Range>& ranges() {
  static const std::map<std::string, Range> table{
      {"integer", {-endless, endless}},
      {"byte", {-128, 127}},
      {"short", {-32768, 32767}},
      {"int", {-2147483648.0L, 2147483647.0L}},
      {"long", {-0x1p63L, 0x1p63L - 1}},
      {"unsignedByte", {0, 255}},
      {"unsignedInt", {0, 4294967295.0L}},
      {"unsignedLong", {0, 0x1p64L - 1}},
      {"nonNegativeInteger", {0, endless}},
      {"positiveInteger", {1, endless}},
      {"nonPositiveInteger", {-endless, 0}},
      {"negativeInteger", {-endless, -1}},
  };
  return table;
}

/// The local name of a datatype of XML Schema; "" of another.
std::string xsd_name(const rdf::Term& literal) {
  const std::string_view datatype = literal.datatype_iri();
  return datatype.starts_with(xsd::ns) ? std::string(datatype.substr(xsd::ns.size())) : std::string();
}

int number_at(const std::string& text, std::size_t at, std::size_t size) { return std::stoi(text.substr(at, size)); }

bool is_day_of_month(const std::string& date, std::size_t after_year) {
  const int month = number_at(date, after_year + 1, 2);
  const int day = number_at(date, after_year + 4, 2);
  const long long year = std::stoll(date.substr(0, after_year));
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (month == 2) return day <= (leap ? 29 : 28);
  return day <= (month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31);
}

/// A moment: seconds on the proleptic Gregorian time line, and whether its zone is known.
struct Moment {
  long double seconds = 0;
  bool zoned = false;
};

long long days_before_year(long long year) {
  long long days = 0;
  for (long long y = 1600; y < year; ++y) days += (y % 4 == 0 && y % 100 != 0) || y % 400 == 0 ? 366 : 365;
  return days;  // years before 1600 are not met here
}

long long days_of(const std::string& date) {
  const long long year = std::stoll(date);
  const int month = number_at(date, 5, 2);
  long long days = days_before_year(year) + number_at(date, 8, 2);
  for (int m = 1; m < month; ++m) {
    days += m == 2 ? ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28)
                   : (m == 4 || m == 6 || m == 9 || m == 11 ? 30 : 31);
  }
  return days;
}

Moment moment_of(std::string text, const std::string& type) {
  Moment made;
  std::smatch zone;
  if (std::regex_search(text, zone, std::regex("(Z|[+-][0-9]{2}:[0-9]{2})$"))) {
    made.zoned = true;
    const std::string words = zone[1];
    if (words != "Z") {
      const int minutes = number_at(words, 1, 2) * 60 + number_at(words, 4, 2);
      made.seconds -= (words[0] == '-' ? -60 : 60) * minutes;
    }
    text.resize(text.size() - words.size());
  }
  if (type != "time") made.seconds += 86400.0L * static_cast<long double>(days_of(text));
  const std::string clock = type == "time" ? text : type == "date" ? "00:00:00" : text.substr(text.find('T') + 1);
  const int hour = number_at(clock, 0, 2);
  if (type != "time" || hour < 24) made.seconds += 3600 * hour;
  made.seconds += 60 * number_at(clock, 3, 2) + std::strtold(clock.c_str() + 6, nullptr);
  return made;
}

std::partial_ordering order_moments(const Moment& a, const Moment& b) {
  if (a.zoned == b.zoned) return a.seconds <=> b.seconds;
  if (std::abs(a.seconds - b.seconds) > 14 * 3600) return a.seconds <=> b.seconds;
  return std::partial_ordering::unordered;
}

bool is_exact(const std::string& type) { return type == "decimal" || ranges().contains(type); }
bool is_number(const std::string& type) { return is_exact(type) || type == "float" || type == "double"; }

std::partial_ordering order_numbers(const rdf::Term& a, const rdf::Term& b) {
  const std::string types = xsd_name(a) + " " + xsd_name(b);
  const char* const x = a.value.c_str();
  const char* const y = b.value.c_str();
  if (types.find("double") != std::string::npos) {
    const auto value = [](const rdf::Term& t) {
      return xsd_name(t) == "float" ? static_cast<double>(std::strtof(t.value.c_str(), nullptr))
                                    : std::strtod(t.value.c_str(), nullptr);
    };
    return value(a) <=> value(b);
  }
  if (types.find("float") != std::string::npos) return std::strtof(x, nullptr) <=> std::strtof(y, nullptr);
  return std::strtold(x, nullptr) <=> std::strtold(y, nullptr);
}

}  // namespace

bool is_well_typed(const rdf::Term& literal) {
  static std::map<rdf::Term, bool> known;
  if (const auto at = known.find(literal); at != known.end()) return at->second;
  const std::string type = xsd_name(literal);
  const std::string& text = literal.value;
  bool good = true;
  if (const auto range = ranges().find(type); range != ranges().end()) {
    const long double value = std::strtold(text.c_str(), nullptr);
    good = std::regex_match(text, std::regex("[+-]?[0-9]+")) && value >= range->second.least &&
           value <= range->second.most;
  } else if (const auto form = forms().find(type); form != forms().end()) {
    good = std::regex_match(text, std::regex(form->second));
    if (good && type.starts_with("date")) good = is_day_of_month(text, text.find('-', 1));
    if (good && type == "gMonthDay") good = is_day_of_month("2000" + text.substr(1), 4);
  }
  return known[literal] = good;
}

std::partial_ordering order(const rdf::Term& a, const rdf::Term& b) {
  constexpr auto none = std::partial_ordering::unordered;
  if (!a.is_literal() || !b.is_literal() || !a.language.empty() || !b.language.empty()) return none;
  if (!is_well_typed(a) || !is_well_typed(b)) return none;
  const std::string type = xsd_name(a);
  if (is_number(type) && is_number(xsd_name(b))) return order_numbers(a, b);
  if (type != xsd_name(b)) return none;
  if (type == "string") return code_points(a.value) <=> code_points(b.value);
  if (type == "boolean") return (a.value == "true" || a.value == "1") <=> (b.value == "true" || b.value == "1");
  if (type != "date" && type != "dateTime" && type != "time") return none;
  return order_moments(moment_of(a.value, type), moment_of(b.value, type));
}

std::wstring code_points(std::string_view text) {
  std::wstring out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += static_cast<wchar_t>(byte);
    } else if (byte < 0xC0) {
      out.back() = static_cast<wchar_t>((static_cast<unsigned>(out.back()) << 6U) | (byte & 0x3FU));
    } else {
      out += static_cast<wchar_t>(byte & (byte < 0xE0 ? 0x1FU : byte < 0xF0 ? 0x0FU : 0x07U));
    }
  }
  return out;
}

}  // namespace scenograph::shacl::naive
