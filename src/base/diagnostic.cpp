#include "base/diagnostic.hpp"

#include <fmt/format.h>

namespace scenograph::base {

namespace {

/// The words around what a remark says.
struct Words {
  std::string_view open;
  std::string_view close;
  std::string_view colon;
  std::string_view found;
  std::string_view made;
  std::string_view kept;
};

constexpr Words english = {"«", "»", ": ", "found", "made", "kept as it was"};
constexpr Words french = {"«\u00A0", "\u00A0»", "\u00A0: ", "trouvé", "devenu", "laissé tel quel"};

std::string in_quotes(const Words& words, std::string_view text) {
  return fmt::format("{}{}{}", words.open, text, words.close);
}

}  // namespace

std::string to_string(const Diagnostic& diagnostic, std::string_view language) {
  const Words& words = language == "fr" ? french : english;
  std::string text = to_string(diagnostic.where, language);
  if (!diagnostic.field.empty()) text += (text.empty() ? "" : ", ") + in_quotes(words, diagnostic.field);
  if (!text.empty()) text += words.colon;
  text += diagnostic.message.in(language);
  if (diagnostic.found.empty()) return text;
  text += fmt::format(" ({} {}", words.found, in_quotes(words, diagnostic.found));
  if (diagnostic.made == diagnostic.found) {
    text += fmt::format(", {}", words.kept);
  } else if (!diagnostic.made.empty()) {
    text += fmt::format(", {} {}", words.made, in_quotes(words, diagnostic.made));
  }
  return text + ")";
}

}  // namespace scenograph::base
