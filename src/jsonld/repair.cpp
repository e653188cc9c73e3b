#include "jsonld/internal/repair.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/utf8.hpp"

// A tolerant reader of JSON that writes what it reads as JSON. It knows what may stand next (a key, a colon, a value, a
// comma) and which brackets are open, and mends whatever else comes. Whether a quote ends its text is told by what
// follows, at most `far` bytes of it, so that the whole stays linear.

namespace scenograph::jsonld {

namespace {

using enum RepairKind;

constexpr std::size_t far = 128;  ///< bytes looked ahead at

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
/// Of white space and invisible characters; 0 for others.
std::size_t blank_size(std::string_view text) {
  if (!text.empty() && is_blank(text.front())) return 1;
  for (const std::string_view mark : {"\xEF\xBB\xBF", "\xC2\xA0", "\xE2\x80\x8B"}) {
    if (text.starts_with(mark)) return mark.size();
  }
  return 0;
}

bool is_ellipsis(std::string_view text) { return text.starts_with("...") || text.starts_with("\xE2\x80\xA6"); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
bool is_name(char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '$' || c == '@' || c == '-'; }

/// Code points of the bytes 0x80 to 0x9F of Windows-1252; those it leaves open as in Latin-1.
constexpr std::array<char16_t, 32> windows_1252 = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                                   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

/// Whether JSON has the number so.
bool is_number(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t from = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at - from;
  };
  const bool zero = at < text.size() && text[at] == '0';
  const std::size_t whole = digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

/// What words of other languages mean; "" for none.
std::string_view meant_by(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> words = {{{"True", "true"},
                                                                                           {"TRUE", "true"},
                                                                                           {"False", "false"},
                                                                                           {"FALSE", "false"},
                                                                                           {"None", "null"},
                                                                                           {"Null", "null"},
                                                                                           {"NULL", "null"},
                                                                                           {"nil", "null"},
                                                                                           {"undefined", "null"},
                                                                                           {"NaN", "null"},
                                                                                           {"-NaN", "null"},
                                                                                           {"nan", "null"},
                                                                                           {"Infinity", "null"},
                                                                                           {"-Infinity", "null"}}};
  const auto* found = std::find_if(words.begin(), words.end(), [&](const auto& each) { return each.first == word; });
  return found == words.end() ? std::string_view() : found->second;
}

/// The value of four hexadecimal digits; nullopt if they are not.
std::optional<std::uint32_t> hex4(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text.substr(0, 4)) {
    const char lower = static_cast<char>(c | 0x20);
    if (!is_digit(c) && (lower < 'a' || lower > 'f')) return std::nullopt;
    value = value * 16 + static_cast<std::uint32_t>(is_digit(c) ? c - '0' : lower - 'a' + 10);
  }
  return value;
}

class Repairer {
 public:
  explicit Repairer(std::string_view text) : text_(text) {
    entities_ = text_.find('"') == std::string_view::npos && text_.find("&quot;") != std::string_view::npos;
    if (entities_) note(EntityQuotes);
    find_bad();
  }

  std::optional<RepairedText> run() {
    while (at_ < text_.size() && !hopeless_) step();
    if (hopeless_ || documents_ == 0) return std::nullopt;
    finish();
    return std::move(result_);
  }

 private:
  enum class Next : std::uint8_t { Key, Colon, Value, Comma };
  struct Quote {
    std::string_view begin;
    std::string_view end;
  };

  /// What stood there before an object or a list that is out of place.
  struct Stray {
    std::size_t depth = 0;
    std::size_t written = 0;
    std::size_t comma_at = 0;
    Next next = Next::Key;
    bool fresh = false;
  };

  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] bool at_top() const { return open_.empty(); }
  [[nodiscard]] bool in_object() const { return !open_.empty() && open_.back() == '{'; }
  [[nodiscard]] std::string& out() { return result_.text; }

  void note(RepairKind kind) { note(kind, at_); }
  void note(RepairKind kind, std::size_t offset) {
    std::size_t& count = result_.counts[static_cast<std::size_t>(kind)];
    if (count++ < RepairedText::most_repairs) result_.repairs.push_back({kind, std::min(offset, text_.size())});
  }

  /// Notes how far the texts are apart from here on.
  void keep_place() {
    if (at_ - out().size() == apart_ || result_.shifts.size() >= RepairedText::most_shifts) return;
    apart_ = at_ - out().size();
    result_.shifts.emplace_back(out().size(), at_);
  }

  void find_bad() {
    const std::size_t bad = base::find_invalid_utf8(rest());
    bad_ = bad == std::string_view::npos ? bad : at_ + bad;
  }

  void step() {
    if (at_ > bad_) find_bad();
    const char c = text_[at_];
    if (is_blank(c)) {
      out() += c;
      ++at_;
      return;
    }
    if (skip_comment() || skip_invisible()) return;
    keep_place();
    if (at_top() && c != '{' && c != '[') return skip_outside();
    switch (c) {
      case '{':
      case '[':
        return open(c);
      case '}':
      case ']':
        return close(c);
      case ',':
        return comma();
      case ':':
        return colon(1);
      default:
        break;
    }
    if (const Quote quote = quote_here(); !quote.begin.empty()) return copy_text(quote);
    if (next_ == Next::Colon && c == '=') return colon(rest().starts_with("=>") ? 2 : 1);
    if (c == ';') return skip(StrayText, at_ + 1);
    if (is_ellipsis(rest())) return skip_ellipsis();
    copy_word();
  }

  void skip(RepairKind kind, std::size_t end) {
    note(kind);
    at_ = std::min(end, text_.size());
  }

  bool skip_comment() {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> comments = {
        {{"/*", "*/"}, {"//", "\n"}, {"<!--", ""}, {"-->", ""}, {"<![CDATA[", ""}, {"]]>", ""}}};
    if (text_[at_] == ']' && open_.size() >= 2) return false;
    if (rest().starts_with("<!--") && !wraps_json(at_ + 4)) {
      const std::size_t found = text_.find("-->", at_ + 4);
      skip(Comment, found == std::string_view::npos ? text_.size() : found + 3);
      return true;
    }
    for (const auto& [start, end] : comments) {
      if (!rest().starts_with(start)) continue;
      if (end == "\n" && is_wrapper()) {
        skip(Comment, at_ + 2);
        return true;
      }
      const std::size_t found = end.empty() ? at_ + start.size() : text_.find(end, at_ + start.size());
      skip(Comment, found == std::string_view::npos ? text_.size() : found + end.size());
      return true;
    }
    return false;
  }

  /// Whether a mark of HTML that ends at `from` stands around the JSON.
  [[nodiscard]] bool wraps_json(std::size_t from) const {
    const std::size_t solid = next_solid(from);
    return at_top() && solid < text_.size() && (text_[solid] == '{' || text_[solid] == '[');
  }

  /// Whether // only hides the mark of a wrapper such as //<![CDATA[.
  [[nodiscard]] bool is_wrapper() const {
    std::string_view after = rest().substr(2, far);
    after.remove_prefix(std::min(after.find_first_not_of(" \t"), after.size()));
    return after.starts_with("<![CDATA[") || after.starts_with("]]>") || after.starts_with("<!--") ||
           after.starts_with("-->");
  }

  bool skip_invisible() {
    if (const std::size_t size = blank_size(rest()); size > 1) {
      skip(ByteOrderMark, at_ + size);
      return true;
    }
    const char c = text_[at_];
    if (static_cast<unsigned char>(c) >= 0x20 && at_ != bad_) return false;
    skip(StrayText, at_ + 1);
    return true;
  }

  /// Passes over the mark that there would be more in a list.
  void skip_ellipsis() {
    skip(StrayText, at_ + 3);
    if (std::exchange(comma_at_, std::string_view::npos) != std::string_view::npos) next_ = Next::Comma;
  }

  /// Passes over what stands before, between and after documents.
  void skip_outside() {
    const char c = text_[at_];
    if (c == '}' || c == ']') return skip(StrayBracket, at_ + 1);
    skip(StrayText, std::min(text_.find_first_of("{[}]/<-", at_ + 1), text_.size()));
  }

  void open(char c) {
    if (in_object() && (next_ == Next::Key || next_ == Next::Comma)) {
      begin_stray();
    } else if (!begin_value()) {
      return;
    }
    keep_place();
    if (at_top() && ++documents_ > 1) note(SeveralDocuments);
    open_ += c;
    ++opened_[c == '{' ? 0 : 1];
    out() += c;
    ++at_;
    next_ = c == '{' ? Next::Key : Next::Value;
    fresh_ = true;
  }

  /// Begins an object or a list where only a key can stand: what is written of it is taken back at its end.
  void begin_stray() {
    if (!stray_) {
      note(StrayText);
      stray_ = Stray{open_.size(), out().size(), std::exchange(comma_at_, std::string_view::npos), next_, fresh_};
    }
    next_ = Next::Value;
  }

  void end_stray() {
    out().resize(stray_->written);
    comma_at_ = stray_->comma_at;
    next_ = stray_->next;
    fresh_ = stray_->fresh;
    stray_.reset();
  }

  /// Puts what is missing before a value. @return false if none can stand here.
  bool begin_value() {
    if (at_top()) {
      if (documents_ > 0) out() += ',';
      return true;
    }
    if (next_ == Next::Comma) {
      note(MissingComma);
      out() += ',';
      next_ = in_object() ? Next::Key : Next::Value;
    }
    write_comma();
    if (next_ == Next::Colon) {
      note(MissingColon);
      out() += ':';
      next_ = Next::Value;
    }
    fresh_ = false;
    if (next_ == Next::Key) hopeless_ = true;
    return !hopeless_;
  }

  /// A comma is written once it is known that something follows.
  void write_comma() {
    if (comma_at_ == std::string_view::npos) return;
    out() += ',';
    comma_at_ = std::string_view::npos;
  }

  void drop_comma(RepairKind kind) {
    if (comma_at_ == std::string_view::npos) return;
    note(kind, comma_at_);
    comma_at_ = std::string_view::npos;
  }

  void comma() {
    finish_member();
    if (comma_at_ != std::string_view::npos || fresh_) {
      note(DoubledComma);
    } else {
      comma_at_ = at_;
    }
    next_ = in_object() ? Next::Key : Next::Value;
    ++at_;
  }

  /// Gives a key without value one.
  void finish_member() {
    if (!in_object() || (next_ != Next::Colon && next_ != Next::Value)) return;
    note(MissingValue);
    out() += next_ == Next::Colon ? ":null" : "null";
    next_ = Next::Comma;
  }

  void colon(std::size_t size) {
    if (next_ == Next::Colon) {
      if (text_[at_] != ':') note(MissingColon);
      out() += ':';
      next_ = Next::Value;
    } else {
      note(StrayText);
    }
    at_ += size;
  }

  void close(char c) {
    const char opening = c == '}' ? '{' : '[';
    if (opened_[opening == '{' ? 0 : 1] == 0) return skip(StrayBracket, at_ + 1);
    while (open_.back() != opening) {
      note(MissingBracket);
      close_one();
    }
    close_one();
    ++at_;
  }

  void close_one() {
    finish_member();
    drop_comma(TrailingComma);
    out() += in_object() ? '}' : ']';
    --opened_[in_object() ? 0 : 1];
    open_.pop_back();
    fresh_ = false;
    next_ = at_top() ? Next::Value : Next::Comma;
    if (stray_ && open_.size() == stray_->depth) end_stray();
  }

  [[nodiscard]] Quote quote_here() const {
    static constexpr std::array<Quote, 6> quotes = {{{"\"", "\""},
                                                     {"'", "'"},
                                                     {"\xE2\x80\x9C", "\xE2\x80\x9D"},
                                                     {"\xE2\x80\x9D", "\xE2\x80\x9D"},
                                                     {"\xC2\xAB", "\xC2\xBB"},
                                                     {"`", "`"}}};
    if (entities_ && rest().starts_with("&quot;")) return {"&quot;", "&quot;"};
    for (const Quote& quote : quotes) {
      if (rest().starts_with(quote.begin)) return quote;
    }
    return {};
  }

  /// Begins a key or a value that is a text. @return whether it is a key.
  bool begin_text() {
    if (!in_object() && open_.size() > 1 && open_[open_.size() - 2] == '{' && is_key(at_)) leave_list();
    if (next_ == Next::Comma) {
      note(MissingComma);
      out() += ',';
      next_ = in_object() ? Next::Key : Next::Value;
    }
    write_comma();
    fresh_ = false;
    if (next_ == Next::Key) return true;
    static_cast<void>(begin_value());
    return false;
  }

  /// Closes a list in which a key comes, which is one of the object around.
  void leave_list() {
    note(MissingBracket);
    const std::size_t comma = std::exchange(comma_at_, std::string_view::npos);
    close_one();
    if (comma == std::string_view::npos) return;
    comma_at_ = comma;
    next_ = Next::Key;
  }

  /// Whether a key in quotes and a colon stand at `from`.
  [[nodiscard]] bool is_key(std::size_t from) const {
    const std::string_view here = text_.substr(from, far);
    if (here.front() != '"' && here.front() != '\'') return false;
    const std::size_t end = here.find(here.front(), 1);
    if (end == std::string_view::npos || here.substr(0, end).find_first_of("\n,{}[]") != std::string_view::npos)
      return false;
    const std::size_t solid = next_solid(from + end + 1);
    return solid < text_.size() && text_[solid] == ':';
  }

  void end_text(bool key) { next_ = key ? Next::Colon : Next::Comma; }

  void copy_text(const Quote& quote) {
    const std::size_t start = at_;
    const std::size_t before = out().size();
    const bool key = begin_text();
    if (hopeless_) return;
    if (quote.begin != "\"" && !entities_) note(OtherQuotes);
    keep_place();
    const std::size_t begun = out().size();
    out() += '"';
    at_ += quote.begin.size();
    while (at_ < text_.size()) {
      if (rest().starts_with(quote.end)) {
        if (ends_here(at_ + quote.end.size(), key)) break;
        copy_inner(quote);
        continue;
      }
      if (text_[at_] == '\n' && next_line_is_member(at_ + 1)) return end_unclosed(start, key);
      copy_character();
    }
    if (at_ >= text_.size()) return drop_text(key ? before : begun, key);
    out() += '"';
    at_ += quote.end.size();
    keep_place();
    end_text(key);
  }

  /// Writes a quote that does not end its text.
  void copy_inner(const Quote& quote) {
    note(InnerQuote);
    out() += quote.end == "\"" || entities_ ? std::string_view("\\\"") : quote.end;
    at_ += quote.end.size();
  }

  void end_unclosed(std::size_t start, bool key) {
    note(UnclosedText, start);
    std::size_t end = out().size();
    while (is_blank(out()[end - 1])) --end;
    const bool comma = out()[end - 1] == ',';
    if (comma) --end;
    out().resize(end);
    if (out().ends_with("\\r")) out().resize(end - 2);
    out() += '"';
    end_text(key);
    if (!comma || key) return;
    comma_at_ = at_;
    next_ = Next::Key;
  }

  /// The document ends within a text.
  void drop_text(std::size_t begun, bool key) {
    out().resize(begun);
    if (!key) out() += "null";
    next_ = Next::Comma;
  }

  /// Where the next character that is not blank stands, or npos if it is too far.
  [[nodiscard]] std::size_t next_solid(std::size_t from) const {
    const std::size_t end = std::min(text_.size(), from + far);
    while (from < end) {
      const std::size_t size = blank_size(text_.substr(from, 3));
      if (size == 0) break;
      from = std::min(from + size, end);
    }
    return from < text_.size() && from == end ? std::string_view::npos : from;
  }

  /// Whether a text ends where its quote is followed by what stands at `after`.
  [[nodiscard]] bool ends_here(std::size_t after, bool key) const {
    const std::size_t solid = next_solid(after);
    if (solid == std::string_view::npos || solid >= text_.size()) return true;
    const char c = text_[solid];
    if (key) return c == ':' || c == '=' || !is_letter(c) || solid > after + 2;
    const std::string_view here = text_.substr(solid, far);
    switch (c) {
      case ',':
        return may_follow_comma(solid + 1);
      case '}':
        return opened_[0] > 0;
      case ']':
        return opened_[1] > 0;
      case '{':
      case '[':
        return true;
      case ':':
        return false;
      case '/':
        return here.starts_with("//") || here.starts_with("/*");
      case '<':
        return here.starts_with("<!--");
      default:
        break;
    }
    if (!in_object()) return starts_text(here) && solid > after;
    return is_member(solid);
  }

  [[nodiscard]] bool starts_text(std::string_view here) const {
    return here.starts_with('"') || (entities_ && here.starts_with("&quot;"));
  }

  [[nodiscard]] bool may_follow_comma(std::size_t from) const {
    const std::size_t solid = next_solid(from);
    if (solid == std::string_view::npos || solid >= text_.size()) return true;
    const char c = text_[solid];
    const std::string_view here = text_.substr(solid, far);
    if (std::string_view("{}[],").find(c) != std::string_view::npos || here.starts_with("//") || here.starts_with("/*"))
      return true;
    if (is_ellipsis(here)) return true;
    if (in_object()) return is_member(solid);
    static constexpr std::array<std::string_view, 8> words = {"true",  "false", "null", "True",
                                                              "False", "None",  "NaN",  "undefined"};
    const bool is_word =
        std::any_of(words.begin(), words.end(), [&](std::string_view w) { return here.starts_with(w); });
    return c == '"' || c == '\'' || c == '-' || is_digit(c) || is_word || starts_text(here);
  }

  /// Whether a key, in quotes or bare, and a colon stand at `from`.
  [[nodiscard]] bool is_member(std::size_t from) const {
    const std::string_view here = text_.substr(from, far);
    std::size_t at = 0;
    bool quoted_name = false;
    if (entities_ && here.starts_with("&quot;")) {
      at = here.find("&quot;", 6);
      at = at == std::string_view::npos ? here.size() : at + 6;
    } else if (!here.empty() && (here.front() == '"' || here.front() == '\'')) {
      at = here.find_first_of(std::string("\n,{}") + here.front(), 1);
      if (at == std::string_view::npos) return from + here.size() == text_.size();  // cut off
      if (here[at] != here.front()) return false;
      quoted_name = std::all_of(here.begin() + 1, here.begin() + static_cast<std::ptrdiff_t>(at), is_name);
      ++at;
    } else {
      while (at < here.size() && is_name(here[at])) ++at;
      if (at == 0) return false;
    }
    while (at < here.size() && is_blank(here[at])) ++at;
    if (at >= here.size()) return from + here.size() == text_.size();
    if (here[at] == ':') return true;
    return quoted_name && (here[at] == '=' || here[at] == '"' || here[at] == '}');  // its colon or its value is missing
  }

  [[nodiscard]] bool next_line_is_member(std::size_t from) const {
    if (!in_object()) return false;
    const std::size_t solid = next_solid(from);
    if (solid == std::string_view::npos || solid >= text_.size()) return false;
    return starts_text(text_.substr(solid, 6)) && is_member(solid);
  }

  void copy_character() {
    const char c = text_[at_];
    if (c == '\\') return copy_escape();
    if (at_ == bad_) return copy_bad();
    if (static_cast<unsigned char>(c) < 0x20) {
      if (c != '\r') note(ControlCharacter);
      out() += c == '\n' ? "\\n" : c == '\t' ? "\\t" : c == '\r' ? "" : " ";
    } else {
      if (c == '"') out() += '\\';
      out() += c;
      if (entities_ && rest().starts_with("&amp;")) at_ += 4;
    }
    ++at_;
  }

  /// A byte of Windows-1252.
  void copy_bad() {
    note(NotUtf8);
    const auto byte = static_cast<unsigned char>(text_[at_]);
    base::append_utf8(out(), byte < 0xA0 ? windows_1252[byte - 0x80U] : byte);
    ++at_;
    find_bad();
  }

  void copy_escape() {
    const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (next == 'u') return copy_code();
    if (next == '\0' || std::string_view("\"\\/bfnrt").find(next) == std::string_view::npos)
      return skip(BadEscape, at_ + 1);
    out() += '\\';
    out() += next;
    at_ += 2;
  }

  /// A \u escape: one, or two that are a pair.
  void copy_code() {
    const auto first = hex4(rest().substr(2));
    if (!first) return skip(BadEscape, at_ + 1);
    const bool high = *first >= 0xD800 && *first < 0xDC00;
    const bool low = *first >= 0xDC00 && *first < 0xE000;
    const auto second = high && rest().substr(6).starts_with("\\u") ? hex4(rest().substr(8)) : std::nullopt;
    if (low || (high && (!second || *second < 0xDC00 || *second >= 0xE000))) {
      out() += "\\ufffd";
      return skip(BadEscape, at_ + 6);
    }
    const std::size_t size = high ? 12 : 6;
    out() += rest().substr(0, size);
    at_ += size;
  }

  /// A key or a value without quotes.
  void copy_word() {
    const bool key = begin_text();
    if (hopeless_) return;
    std::size_t end = at_;
    if (key) {
      while (end < text_.size() && is_name(text_[end])) ++end;
      if (end == at_ && stray_) return skip(StrayText, at_ + 1);
      if (end == at_) return void(hopeless_ = true);
      note(BareKey);
      write_quoted(rest().substr(0, end - at_));
    } else {
      end = std::min(text_.find_first_of(",}]\r\n", at_), text_.size());
      while (is_blank(text_[end - 1])) --end;
      write_word(rest().substr(0, end - at_), end == text_.size());
    }
    at_ = end;
    keep_place();
    end_text(key);
  }

  void write_word(std::string_view word, bool last) {
    if (last) {
      out() += "null";  // it may be cut off
    } else if (word == "true" || word == "false" || word == "null" || is_number(word)) {
      out() += word;
    } else if (const std::string_view meant = meant_by(word); !meant.empty()) {
      note(OtherWord);
      out() += meant;
    } else {
      note(BareValue);
      write_quoted(word);
    }
  }

  void write_quoted(std::string_view word) {
    const std::size_t end = at_ + word.size();
    out() += '"';
    while (at_ < end) copy_character();
    out() += '"';
  }

  void finish() {
    if (!at_top()) note(Truncated, text_.size());
    while (!at_top()) {
      if (in_object() && (next_ == Next::Colon || next_ == Next::Value)) {
        out() += next_ == Next::Colon ? ":null" : "null";
        next_ = Next::Comma;
      }
      comma_at_ = std::string_view::npos;
      close_one();
    }
    std::stable_sort(result_.repairs.begin(), result_.repairs.end(),
                     [](const Repair& a, const Repair& b) { return a.offset < b.offset; });
    if (documents_ == 1) return;
    out().insert(0, 1, '[');
    out() += ']';
    for (auto& [made, was] : result_.shifts) ++made;
  }

  std::string_view text_;
  RepairedText result_;
  std::size_t at_ = 0;
  std::size_t bad_ = std::string_view::npos;  // the next byte that is not UTF-8
  std::string open_;                          // the brackets that are, outermost first
  std::optional<Stray> stray_;
  std::array<std::size_t, 2> opened_{};  // how many of { and [ they are
  Next next_ = Next::Value;
  bool fresh_ = false;                             // nothing stands in the innermost bracket yet
  std::size_t comma_at_ = std::string_view::npos;  // of a comma that is not written yet
  std::size_t documents_ = 0;
  std::size_t apart_ = 0;
  bool entities_ = false;
  bool hopeless_ = false;
};

}  // namespace

std::size_t RepairedText::original(std::size_t offset) const {
  const auto after = std::upper_bound(shifts.begin(), shifts.end(), offset,
                                      [](std::size_t value, const auto& shift) { return value < shift.first; });
  if (after == shifts.begin()) return offset;
  const auto& [made, was] = *std::prev(after);
  return was + (offset - made);
}

std::optional<RepairedText> repair_json(std::string_view text) { return Repairer(text).run(); }

}  // namespace scenograph::jsonld
