#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "sparql/exec/context.hpp"
#include "sparql/exec/value.hpp"

namespace scenograph::sparql {

/// The values of a call's arguments; none is an error.
using Arguments = std::span<const Value* const>;

/// A built-in function: an error in an argument is an error of the call.
struct Function {
  std::string_view name;  ///< in capitals, or a datatype's IRI
  std::size_t least = 0;  ///< arguments
  std::size_t most = 0;
  Value (*call)(Arguments arguments, Context& context) = nullptr;
};

inline constexpr std::size_t any_number = SIZE_MAX;

/// The functions of SPARQL 1.1 Query, sections 17.4.2 to 17.4.6 and 17.5, by topic.
[[nodiscard]] std::span<const Function> term_functions();
[[nodiscard]] std::span<const Function> string_functions();
[[nodiscard]] std::span<const Function> number_functions();
[[nodiscard]] std::span<const Function> time_functions();
[[nodiscard]] std::span<const Function> hash_functions();
[[nodiscard]] std::span<const Function> cast_functions();

}  // namespace scenograph::sparql
