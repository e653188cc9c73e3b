#pragma once

#include <string>
#include <string_view>

#include "mapping/internal/value.hpp"
#include "sources/value.hpp"

namespace scenograph::mapping::internal {

/// The value with its natural datatype. Source: RML-Core, section "Natural mapping of data types".
[[nodiscard]] Value natural_value(sources::Value value);

/// The canonical form of a decimal or scientific number as xsd:double: "12.5" is "1.25E1".
[[nodiscard]] std::string canonical_double(std::string_view number);

}  // namespace scenograph::mapping::internal
