#pragma once

#include <simdjson.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sources/json_path.hpp"
#include "sources/value.hpp"

namespace scenograph::sources::internal {

/// Arrays and objects may be nested this deep.
inline constexpr std::size_t max_json_depth = 256;

/// Appends what the path finds from `element`, in document order.
void select(const simdjson::dom::element& element, std::span<const PathStep> path,
            std::vector<simdjson::dom::element>& found);

/// The element as a value; doubles in their shortest form, arrays and objects as JSON.
[[nodiscard]] Value to_value(const simdjson::dom::element& element);

/// Where and why a text is not JSON.
struct JsonFault {
  std::size_t offset = 0;
  std::string message;
};

/// The first fault of `text` as one JSON value; its message is empty if there is none that this check knows.
[[nodiscard]] JsonFault find_json_fault(std::string_view text);

}  // namespace scenograph::sources::internal
