#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace scenograph::sparql::parse {

/// The text of a request with its \uXXXX escapes undone (SPARQL 1.1 Query, section 19.2), which remembers where each
/// character stood.
class SourceText {
 public:
  /// @param name  for messages: "query" or "update".
  /// @throws      Error(Code::BadSyntax) for text that is not UTF-8 and for escapes of what is no character;
  ///              Error(Code::TooLarge) past `max_bytes`.
  SourceText(std::string_view text, std::string name, std::size_t max_bytes);

  [[nodiscard]] std::string_view text() const { return text_; }

  /// Line and column, in characters from 1, of an offset into `text()` as its author counts them.
  [[nodiscard]] base::Where where(std::size_t offset) const;

 private:
  void expand(std::string_view text);

  std::string name_;
  std::string original_;
  std::string text_;
  std::vector<std::pair<std::size_t, std::size_t>> shifts_;  ///< from this offset on, the original is so much further
};

}  // namespace scenograph::sparql::parse
