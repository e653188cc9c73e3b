#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/budget.hpp"

namespace scenograph::sparql {

/// A compiled regular expression as REGEX of SPARQL and sh:pattern of SHACL know it. One thread at a time.
///
/// The syntax is that of PCRE2 in UTF-8 with Unicode classes, of which the expressions of XPath are nearly a subset.
/// Matching takes bounded time: past the limit of steps a text counts as not matching.
///
/// Source: XPath and XQuery Functions 3.1, section 5.6.
class Regex {
 public:
  /// @param flags  any of s, m, i, x, q (XPath and XQuery Functions 3.1, section 5.6.2).
  /// @return       the expression, or in words for a person what is wrong with the pattern or the flags.
  [[nodiscard]] static std::variant<Regex, std::string> compile(std::string_view pattern, std::string_view flags);

  Regex(Regex&& other) noexcept;
  Regex& operator=(Regex&& other) noexcept;
  ~Regex();

  /// Whether some part of `text` matches.
  [[nodiscard]] bool search(std::string_view text) const;

  /// `text` with every match replaced; $0 to $9 in `replacement` stand for groups, \$ and \\ for themselves.
  /// nullopt if the expression matches the empty string, if the replacement is malformed, or past the limit of steps.
  ///
  /// @param budget  what the text grows to is charged to it meanwhile; @throws what that throws.
  ///
  /// Source: XPath and XQuery Functions 3.1, section 5.6.4.
  [[nodiscard]] std::optional<std::string> replace(std::string_view text, std::string_view replacement,
                                                   base::Budget& budget) const;

 private:
  struct State;
  explicit Regex(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace scenograph::sparql
