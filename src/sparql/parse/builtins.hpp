#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sparql/algebra/algebra.hpp"

namespace scenograph::sparql::parse {

/// A built-in call or an aggregate of the grammar (rules 121 and 127).
struct Builtin {
  std::string_view name;  ///< in capitals
  std::size_t least = 0;  ///< arguments
  std::size_t most = 0;
  algebra::ExpressionKind kind = algebra::ExpressionKind::Function;
};

/// The built-in of that keyword, in any case; nullptr if there is none. EXISTS and NOT EXISTS are not in the table.
[[nodiscard]] const Builtin* find_builtin(std::string_view keyword);

/// Whether `text` is the keyword, which is in capitals, in any case.
[[nodiscard]] bool is_keyword(std::string_view text, std::string_view keyword);

}  // namespace scenograph::sparql::parse
