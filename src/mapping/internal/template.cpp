#include "mapping/internal/template.hpp"

#include <fmt/format.h>

#include "base/error.hpp"

namespace scenograph::mapping::internal {

namespace {

[[noreturn]] void fail(std::string_view text, std::string_view why) {
  throw base::Error(
      base::Code::BadSyntax,
      fmt::format("the template «{}» is faulty: {}; write \\\\{{ and \\\\}} for braces as such", text, why));
}

}  // namespace

std::vector<TemplatePart> parse_template(std::string_view text) {
  std::vector<TemplatePart> parts;
  TemplatePart part;
  const auto finish = [&](bool reference_next) {
    if (part.is_reference && part.text.empty()) fail(text, "a pair of braces is empty");
    if (!part.text.empty()) parts.push_back(part);
    part = {.is_reference = reference_next, .text = {}};
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (c == '\\' && (next == '{' || next == '}' || next == '\\')) {
      part.text += next;
      ++i;
    } else if (c == '{') {
      if (part.is_reference) fail(text, "a brace opens inside braces");
      finish(true);
    } else if (c == '}') {
      if (!part.is_reference) fail(text, "a brace closes that was not opened");
      finish(false);
    } else {
      part.text += c;
    }
  }
  if (part.is_reference) fail(text, "a brace is not closed");
  finish(false);
  return parts;
}

}  // namespace scenograph::mapping::internal
