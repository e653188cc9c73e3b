#include "mapping/functions/date_text.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <stdexcept>
#include <vector>

#include "mapping/internal/value.hpp"
#include "rdf/date_time.hpp"

namespace scenograph::mapping::functions {

namespace {

constexpr std::size_t max_tokens = 64;

struct Token {
  enum class Kind : std::uint8_t { Number, Word, Sign };
  Kind kind = Kind::Sign;
  std::string_view text;
  int number = 0;

  [[nodiscard]] bool is_number(std::size_t least, std::size_t most) const {
    return kind == Kind::Number && text.size() >= least && text.size() <= most;
  }
  [[nodiscard]] bool is(std::string_view other) const { return text == other; }
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  std::size_t at = 0;
  while (at < text.size() && tokens.size() < max_tokens) {
    const std::size_t start = at;
    Token token;
    if (is_digit(text[at])) {
      while (at < text.size() && is_digit(text[at])) ++at;
      token.kind = Token::Kind::Number;
    } else if (is_letter(text[at])) {
      while (at < text.size() && is_letter(text[at])) ++at;
      token.kind = Token::Kind::Word;
    } else {
      ++at;
    }
    token.text = text.substr(start, at - start);
    if (token.kind == Token::Kind::Number) {
      std::from_chars(token.text.data(), token.text.data() + token.text.size(), token.number);
    }
    if (token.text != " ") tokens.push_back(token);
  }
  return tokens;
}

// Folded names of months, French then English; three letters suffice, but "jui" must tell juin from juillet.
int month_of(std::string_view word) {
  struct Month {
    std::string_view start;
    int number;
  };
  constexpr std::array<Month, 19> months = {{{"janv", 1},
                                             {"jan", 1},
                                             {"fev", 2},
                                             {"feb", 2},
                                             {"mar", 3},
                                             {"avr", 4},
                                             {"apr", 4},
                                             {"mai", 5},
                                             {"may", 5},
                                             {"juin", 6},
                                             {"jun", 6},
                                             {"juil", 7},
                                             {"jul", 7},
                                             {"aou", 8},
                                             {"aug", 8},
                                             {"sep", 9},
                                             {"oct", 10},
                                             {"nov", 11},
                                             {"dec", 12}}};
  if (word.starts_with("mardi") || word == "march") return word == "march" ? 3 : 0;
  for (const Month& month : months) {
    if (word.starts_with(month.start)) return month.number;
  }
  return 0;
}

std::optional<DateText::Day> checked(int year, int month, int day) {
  if (year < 100) year += 2000;
  if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1) return std::nullopt;
  if (day > static_cast<int>(rdf::days_in_month(year, static_cast<unsigned>(month)))) return std::nullopt;
  return DateText::Day{year, month, day};
}

std::optional<DateText::Clock> checked_clock(int hour, int minute, int second) {
  if (hour == 24 && minute == 0 && second == 0) return DateText::Clock{23, 59, 59};
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return DateText::Clock{hour, minute, second};
}

class DateReader {
 public:
  explicit DateReader(std::string_view folded) : tokens_(tokens_of(folded)) {}

  DateText read() {
    for (std::size_t i = 0; i < tokens_.size() && !read_.day; ++i) {
      if (!numeric_day(i) && !compact_day(i)) named_day(i);
    }
    for (std::size_t i = after_day_; i < tokens_.size() && !read_.clock; ++i) clock(i);
    for (std::size_t i = 0; i < before_day_ && !read_.clock; ++i) clock(i);
    return read_;
  }

 private:
  [[nodiscard]] const Token& at(std::size_t i) const {
    static const Token none;
    return i < tokens_.size() ? tokens_[i] : none;
  }

  bool take_day(std::optional<DateText::Day> day, std::size_t from, std::size_t to) {
    if (!day) return false;
    read_.day = day;
    before_day_ = from;
    after_day_ = to;
    return true;
  }

  bool numeric_day(std::size_t i) {
    const bool signs = (at(i + 1).is("-") || at(i + 1).is("/") || at(i + 1).is(".")) && at(i + 3).is(at(i + 1).text);
    if (!signs || at(i).kind != Token::Kind::Number || !at(i + 2).is_number(1, 2)) return false;
    const int a = at(i).number;
    const int b = at(i + 2).number;
    const int c = at(i + 4).number;
    if (at(i).text.size() == 4 && at(i + 4).is_number(1, 2)) return take_day(checked(a, b, c), i, i + 5);
    if (!at(i).is_number(1, 2) || !(at(i + 4).is_number(4, 4) || at(i + 4).is_number(2, 2))) return false;
    return take_day(b > 12 ? checked(c, a, b) : checked(c, b, a), i, i + 5);
  }

  bool compact_day(std::size_t i) {
    if (!at(i).is_number(8, 8)) return false;
    const int number = at(i).number;
    if (!take_day(checked(number / 10000, number / 100 % 100, number % 100), i, i + 1)) return false;
    if (at(i + 1).is("t") && at(i + 2).is_number(6, 6)) {
      const int time = at(i + 2).number;
      read_.clock = checked_clock(time / 10000, time / 100 % 100, time % 100);
      zone(i + 3);
    }
    return true;
  }

  // The number of "12", "1er", "2nd" that ends before token `i`.
  [[nodiscard]] std::optional<std::size_t> day_before(std::size_t i) const {
    while (i > 0) {
      const Token& token = tokens_[--i];
      if (token.is_number(1, 2)) return i;
      if (!token.is("er") && !token.is("st") && !token.is("nd") && !token.is("rd") && !token.is("th") &&
          !token.is("of") && !token.is("de") && !token.is(".")) {
        break;
      }
    }
    return std::nullopt;
  }

  bool named_day(std::size_t i) {
    const int month = at(i).kind == Token::Kind::Word ? month_of(at(i).text) : 0;
    if (month == 0) return false;
    std::size_t next = at(i + 1).is(".") || at(i + 1).is(",") ? i + 2 : i + 1;
    if (at(next).is("de") || at(next).is("of")) ++next;
    if (const auto day = day_before(i); day && at(next).is_number(4, 4)) {
      return take_day(checked(at(next).number, month, at(*day).number), *day, next + 1);
    }
    if (!at(next).is_number(1, 2)) return false;
    std::size_t year = next + 1;
    while (at(year).is("st") || at(year).is("nd") || at(year).is("rd") || at(year).is("th") || at(year).is(",")) ++year;
    if (!at(year).is_number(4, 4)) return false;
    return take_day(checked(at(year).number, month, at(next).number), i, year + 1);
  }

  static bool is_hour_word(const Token& token) {
    return token.is("h") || token.is("heure") || token.is("heures") || token.is("hrs");
  }

  void clock(std::size_t i) {
    if (!at(i).is_number(1, 2)) return;
    int hour = at(i).number;
    int minute = 0;
    int second = 0;
    std::size_t next = i + 1;
    const bool colon = at(next).is(":") && at(next + 1).is_number(2, 2);
    const bool word = is_hour_word(at(next));
    if (colon || word) {
      const bool has_minute = at(next + 1).is_number(2, 2);
      minute = has_minute ? at(next + 1).number : 0;
      next += has_minute ? 2 : 1;
    }
    if (colon && at(next).is(":") && at(next + 1).is_number(2, 2)) {
      second = at(next + 1).number;
      next += 2;
      if (at(next).is(".") && at(next + 1).kind == Token::Kind::Number) next += 2;  // fractions are let go
    }
    const bool half = half_day(next, hour);
    if (!colon && !word && !half) return;
    read_.clock = checked_clock(hour, minute, second);
    zone(next);
  }

  // "pm" or "p.m." at `next`, which moves past it.
  bool half_day(std::size_t& next, int& hour) const {
    std::string_view word = at(next).text;
    const bool dotted = (word == "a" || word == "p") && at(next + 1).is(".") && at(next + 2).is("m");
    if (!dotted && word != "am" && word != "pm") return false;
    if (hour > 12) return false;
    if (word[0] == 'p' && hour < 12) hour += 12;
    if (word[0] == 'a' && hour == 12) hour = 0;
    next += dotted ? 3 : 1;
    return true;
  }

  void zone(std::size_t i) {
    if (at(i).is("z")) {
      read_.offset_minutes = 0;
      return;
    }
    if (!at(i).is("+") && !at(i).is("-")) return;
    int minutes = 0;
    if (at(i + 1).is_number(4, 4)) {
      minutes = at(i + 1).number / 100 * 60 + at(i + 1).number % 100;
    } else if (at(i + 1).is_number(2, 2) && at(i + 2).is(":") && at(i + 3).is_number(2, 2)) {
      minutes = at(i + 1).number * 60 + at(i + 3).number;
    } else {
      return;
    }
    if (minutes <= 840) read_.offset_minutes = at(i).is("-") ? -minutes : minutes;
  }

  std::vector<Token> tokens_;
  DateText read_;
  std::size_t before_day_ = 0;
  std::size_t after_day_ = 0;
};

/// Walks a text along a pattern.
class PatternReader {
 public:
  PatternReader(std::string_view text, std::string_view pattern) : text_(text), pattern_(pattern) {}

  DateText read() {
    while (!pattern_.empty()) {
      const char c = pattern_[0];
      const std::size_t run = std::min(pattern_.find_first_not_of(c), pattern_.size());
      if (!(std::string_view("YMDHmsa").find(c) == std::string_view::npos ? literal(c) : field(c, run))) return {};
      pattern_.remove_prefix(std::string_view("YMDHmsa").find(c) == std::string_view::npos ? 1 : run);
    }
    if (text_.find_first_not_of(' ') != std::string_view::npos) return {};
    DateText made;
    if (month_ != 0) made.day = checked(year_, month_, day_);
    if (hour_ >= 0) made.clock = checked_clock(hour_, minute_, second_);
    return made;
  }

 private:
  bool literal(char c) {
    if (c == ' ') {
      text_.remove_prefix(std::min(text_.find_first_not_of(' '), text_.size()));
      return true;
    }
    const char folded = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (!text_.starts_with(folded)) return false;
    text_.remove_prefix(1);
    return true;
  }

  bool field(char c, std::size_t run) {
    if (c == 'M' && run >= 3) return month_name();
    if (c == 'a') return half_day();
    const std::size_t most = c == 'Y' && run == 4 ? 4 : 2;
    std::size_t size = 0;
    while (size < most && size < text_.size() && is_digit(text_[size])) ++size;
    if (size < (run == 1 ? 1 : run)) return false;
    int number = 0;
    std::from_chars(text_.data(), text_.data() + size, number);
    text_.remove_prefix(size);
    slot(c) = number;
    return true;
  }

  int& slot(char c) {
    switch (c) {
      case 'Y':
        return year_;
      case 'M':
        return month_;
      case 'D':
        return day_;
      case 'H':
        return hour_;
      case 'm':
        return minute_;
      default:
        return second_;
    }
  }

  bool month_name() {
    std::size_t size = 0;
    while (size < text_.size() && is_letter(text_[size])) ++size;
    month_ = month_of(text_.substr(0, size));
    text_.remove_prefix(size);
    if (text_.starts_with('.')) text_.remove_prefix(1);
    return month_ != 0;
  }

  bool half_day() {
    const bool late = text_.starts_with("pm");
    if (!late && !text_.starts_with("am")) return false;
    text_.remove_prefix(2);
    if (late && hour_ < 12) hour_ += 12;
    if (!late && hour_ == 12) hour_ = 0;
    return true;
  }

  std::string_view text_;
  std::string_view pattern_;
  int year_ = 0;
  int month_ = 0;
  int day_ = 0;
  int hour_ = -1;
  int minute_ = 0;
  int second_ = 0;
};

}  // namespace

DateText read_date_text(std::string_view text) { return DateReader(internal::fold_key(text)).read(); }

DateText read_by_pattern(std::string_view text, std::string_view pattern) {
  return PatternReader(internal::fold_key(text), pattern).read();
}

std::string format(const DateText::Day& day) { return fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day); }

std::string format(const DateText::Clock& clock) {
  return fmt::format("{:02}:{:02}:{:02}", clock.hour, clock.minute, clock.second);
}

std::optional<int> offset_in_zone(std::string_view zone, const DateText::Day& day, const DateText::Clock& clock) {
  try {
    const auto days = date::local_days(date::year(day.year) / day.month / day.day);
    const auto local =
        days + std::chrono::hours(clock.hour) + std::chrono::minutes(clock.minute) + std::chrono::seconds(clock.second);
    const date::local_info info = date::locate_zone(std::string(zone))->get_info(local);
    return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(info.first.offset).count());
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

}  // namespace scenograph::mapping::functions
