#include "mapping/functions/html.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <utility>

#include "base/utf8.hpp"

namespace scenograph::mapping::functions {

namespace {

// The character references that texts about shows hold; others stay as they are written.
constexpr std::array<std::pair<std::string_view, std::string_view>, 52> entities = {{
    {"amp", "&"},    {"lt", "<"},     {"gt", ">"},     {"quot", "\""},  {"apos", "'"},   {"nbsp", " "},
    {"eacute", "é"}, {"Eacute", "É"}, {"egrave", "è"}, {"Egrave", "È"}, {"ecirc", "ê"},  {"Ecirc", "Ê"},
    {"euml", "ë"},   {"agrave", "à"}, {"Agrave", "À"}, {"acirc", "â"},  {"Acirc", "Â"},  {"auml", "ä"},
    {"aacute", "á"}, {"ccedil", "ç"}, {"Ccedil", "Ç"}, {"icirc", "î"},  {"Icirc", "Î"},  {"iuml", "ï"},
    {"iacute", "í"}, {"ocirc", "ô"},  {"Ocirc", "Ô"},  {"ouml", "ö"},   {"oacute", "ó"}, {"ugrave", "ù"},
    {"ucirc", "û"},  {"uuml", "ü"},   {"uacute", "ú"}, {"ntilde", "ñ"}, {"oelig", "œ"},  {"OElig", "Œ"},
    {"aelig", "æ"},  {"szlig", "ß"},  {"laquo", "«"},  {"raquo", "»"},  {"lsquo", "‘"},  {"rsquo", "’"},
    {"ldquo", "“"},  {"rdquo", "”"},  {"hellip", "…"}, {"ndash", "–"},  {"mdash", "—"},  {"euro", "€"},
    {"copy", "©"},   {"reg", "®"},    {"deg", "°"},    {"middot", "·"},
}};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f'; }

class Stripper {
 public:
  explicit Stripper(std::string_view html) : html_(html) {}

  std::string strip() {
    while (at_ < html_.size()) {
      const char c = html_[at_];
      if (c == '<' && starts_markup()) {
        markup();
      } else if (c == '&') {
        reference();
      } else if (is_space(c)) {
        break_with(' ');
        ++at_;
      } else {
        put(html_.substr(at_++, 1));
      }
    }
    return std::move(text_);
  }

 private:
  [[nodiscard]] bool starts_markup() const {
    const char next = at_ + 1 < html_.size() ? html_[at_ + 1] : '\0';
    return std::isalpha(static_cast<unsigned char>(next)) != 0 || next == '/' || next == '!' || next == '?';
  }

  // White space is written before the next text only, the strongest kind of what was met.
  void break_with(char space) { pending_ = pending_ == '\n' ? '\n' : space; }

  void put(std::string_view text) {
    if (pending_ != '\0' && !text_.empty()) text_ += pending_;
    pending_ = '\0';
    text_ += text;
  }

  void skip_past(std::string_view end) {
    const std::size_t found = html_.find(end, at_);
    at_ = found == std::string_view::npos ? html_.size() : found + end.size();
  }

  void markup() {
    if (html_.substr(at_).starts_with("<!--")) return skip_past("-->");
    std::string name;
    std::size_t start = at_ + 1;
    if (start < html_.size() && html_[start] == '/') ++start;
    while (start < html_.size() && std::isalnum(static_cast<unsigned char>(html_[start])) != 0) {
      name += static_cast<char>(std::tolower(static_cast<unsigned char>(html_[start++])));
    }
    const bool opens = html_[at_ + 1] != '/';
    skip_past(">");
    if (opens && (name == "script" || name == "style")) {
      skip_past("</" + name);
      skip_past(">");
    }
    constexpr std::array<std::string_view, 14> blocks = {"p",  "br", "div", "li", "ul", "ol", "h1",
                                                         "h2", "h3", "h4",  "h5", "tr", "hr", "table"};
    if (std::find(blocks.begin(), blocks.end(), name) != blocks.end()) break_with('\n');
  }

  void reference() {
    const std::size_t end = html_.substr(at_, 12).find(';');
    const std::string_view name = end == std::string_view::npos ? std::string_view() : html_.substr(at_ + 1, end - 1);
    const std::string character = decode(name);
    if (character.empty()) return put(html_.substr(at_++, 1));
    at_ += end + 1;
    if (character == " " || character == "\xC2\xA0") return break_with(' ');
    put(character);
  }

  static std::string decode(std::string_view name) {
    if (name.starts_with('#')) return decode_number(name.substr(1));
    const auto* const found =
        std::find_if(entities.begin(), entities.end(), [&](const auto& entity) { return entity.first == name; });
    return found == entities.end() ? std::string() : std::string(found->second);
  }

  static std::string decode_number(std::string_view digits) {
    int radix = 10;
    if (digits.starts_with('x') || digits.starts_with('X')) {
      radix = 16;
      digits.remove_prefix(1);
    }
    std::uint32_t code_point = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code_point, radix);
    const bool whole = error == std::errc() && end == digits.data() + digits.size();
    const bool scalar = code_point > 0x1F && code_point < 0x110000 && (code_point < 0xD800 || code_point > 0xDFFF);
    std::string character;
    if (whole && scalar) base::append_utf8(character, code_point);
    return character;
  }

  std::string_view html_;
  std::size_t at_ = 0;
  std::string text_;
  char pending_ = '\0';
};

}  // namespace

std::string strip_html(std::string_view html) { return Stripper(html).strip(); }

}  // namespace scenograph::mapping::functions
