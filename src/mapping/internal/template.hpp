#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace scenograph::mapping::internal {

/// A piece of a template: characters, or a reference.
struct TemplatePart {
  bool is_reference = false;
  std::string text;           ///< the characters, or the reference as it is written
  std::size_t reference = 0;  ///< its number, filled in by the loader
};

/// Cuts "http://ex.test/{a}/{b}" into parts; \{ \} and \\ stand for the characters themselves.
///
/// @throws  Error(Code::BadSyntax) for unbalanced braces.
///
/// Source: RML-Core, section "Template-valued expression map".
[[nodiscard]] std::vector<TemplatePart> parse_template(std::string_view text);

}  // namespace scenograph::mapping::internal
