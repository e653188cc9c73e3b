#include "markup/scan.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

namespace scenograph::markup {

namespace {

// Every triple of Microdata or RDFa needs an attribute with a value, and thus an equals sign: itemtype or itemprop;
// typeof, property, vocab, rel or rev. Attributes such as about and itemscope say nothing by themselves.

constexpr std::size_t longest_value = 4096;  ///< of which a value is looked at; longer ones may be anything

constexpr std::uint64_t every_byte = 0x0101010101010101U;

/// `name`, in lower case, as the last bytes of a word of eight, the last one highest.
constexpr std::uint64_t word_of(std::string_view name) {
  std::uint64_t word = 0;
  for (const char c : name) word = (word >> 8U) | (static_cast<std::uint64_t>(static_cast<unsigned char>(c)) << 56U);
  return word;
}

constexpr std::uint64_t last_bytes(std::uint64_t word, unsigned count) {
  return word & (~std::uint64_t{0} << (64 - 8 * count));
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool begins(std::string_view text, std::string_view lower_beginning) {
  if (text.size() < lower_beginning.size()) return false;
  for (std::size_t i = 0; i < lower_beginning.size(); ++i) {
    if (lower(text[i]) != lower_beginning[i]) return false;
  }
  return true;
}

class Scanner {
 public:
  explicit Scanner(std::string_view html) : html_(html) {}

  Kinds run() {
    std::size_t at = 0;
    for (; at + 8 <= html_.size(); at += 8) {
      for (std::uint64_t found = equals_signs(at); found != 0; found &= found - 1) {
        on_equals(at + static_cast<unsigned>(std::countr_zero(found)) / 8);
      }
    }
    for (; at < html_.size(); ++at) {
      if (html_[at] == '=') on_equals(at);
    }
    return kinds_;
  }

 private:
  /// The high bit of each of the eight bytes at `at` that is an equals sign.
  [[nodiscard]] std::uint64_t equals_signs(std::size_t at) const {
    static_assert(std::endian::native == std::endian::little);
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, html_.data() + at, sizeof bytes);
    bytes ^= every_byte * '=';
    constexpr std::uint64_t low_bits = every_byte * 0x7FU;
    return ~(((bytes & low_bits) + low_bits) | bytes | low_bits);
  }

  void on_equals(std::size_t at) {
    std::size_t end = at;
    while (end > 0 && is_space(html_[end - 1])) --end;
    const std::uint64_t name = name_before(end);
    switch (static_cast<unsigned char>(name >> 56U)) {
      case 'e':
        if (name == word_of("itemtype")) {
          kinds_.microdata |= is_name(end, 8);
        } else if (last_bytes(name, 4) == word_of("type")) {
          kinds_.scripts = kinds_.scripts || (is_name(end, 4) && may_be_json_ld(at));
        } else if (last_bytes(name, 4) == word_of("name")) {
          kinds_.misnamed_open_graph = kinds_.misnamed_open_graph || (is_name(end, 4) && may_be_open_graph(at));
        }
        break;
      case 'p':
        if (name == word_of("itemprop")) kinds_.microdata |= is_name(end, 8);
        break;
      case 'y':
        if (name == word_of("property")) kinds_.rdfa |= is_name(end, 8);
        break;
      case 'f':
        if (last_bytes(name, 6) == word_of("typeof")) kinds_.rdfa |= is_name(end, 6);
        break;
      case 'b':
        if (last_bytes(name, 5) == word_of("vocab")) kinds_.rdfa |= is_name(end, 5);
        break;
      case 'l':
        if (last_bytes(name, 3) == word_of("rel")) kinds_.rdfa = kinds_.rdfa || (is_name(end, 3) && may_relate(at));
        break;
      case 'v':
        if (last_bytes(name, 3) == word_of("rev")) kinds_.rdfa = kinds_.rdfa || (is_name(end, 3) && may_relate(at));
        break;
      default:
        break;
    }
  }

  /// The eight bytes before `end`, letters in lower case; other bytes may look like letters.
  [[nodiscard]] std::uint64_t name_before(std::size_t end) const {
    std::uint64_t bytes = 0;
    if (end >= 8) {
      std::memcpy(&bytes, html_.data() + end - 8, sizeof bytes);
    } else {
      bytes = word_of(html_.substr(0, end));
    }
    return bytes | (every_byte * 0x20U);
  }

  /// Whether an attribute's name can begin so many bytes before `end`.
  [[nodiscard]] bool is_name(std::size_t end, std::size_t length) const {
    if (end <= length) return false;
    const char before = html_[end - length - 1];
    return is_space(before) || before == '/' || before == '"' || before == '\'';
  }

  /// The attribute's value, entities as written, space before it left out; cut where it is too long to look at.
  [[nodiscard]] std::string_view value(std::size_t at) const {
    at = skip_space(at + 1);
    const char quote = at < html_.size() && (html_[at] == '"' || html_[at] == '\'') ? html_[at] : '\0';
    if (quote != '\0') at = skip_space(at + 1);
    const std::string_view rest = html_.substr(at, longest_value);
    return rest.substr(0, quote != '\0' ? rest.find(quote) : rest.find_first_of("> \t\r\n\f"));
  }

  [[nodiscard]] std::size_t skip_space(std::size_t at) const {
    while (at < html_.size() && is_space(html_[at])) ++at;
    return at;
  }

  [[nodiscard]] bool may_be_json_ld(std::size_t at) const {
    const std::string_view type = value(at);
    if (begins(type, "application/ld+json")) return true;
    return !begins(type, "text/") && (type.size() == longest_value || type.find('&') != std::string_view::npos);
  }

  [[nodiscard]] bool may_be_open_graph(std::size_t at) const {
    const std::string_view name = value(at);
    return begins(name, "og:") || name.substr(0, 3).find('&') != std::string_view::npos;
  }

  /// Whether the value of rel or rev may name a property: by a prefix, an address, or a term known without a
  /// vocabulary.
  [[nodiscard]] bool may_relate(std::size_t at) const {
    const std::string_view names = value(at);
    if (names.size() == longest_value || names.find_first_of(":&") != std::string_view::npos) return true;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string_view rest = names.substr(i);
      if (begins(rest, "license") || begins(rest, "describedby") || begins(rest, "role")) return true;
    }
    return false;
  }

  std::string_view html_;
  Kinds kinds_;
};

}  // namespace

Kinds scan_kinds(std::string_view html) noexcept { return Scanner(html).run(); }

}  // namespace scenograph::markup
