#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sources/value.hpp"

namespace scenograph::sources {

/// A step from a JSON value to some of those inside it.
struct PathStep {
  enum class Kind : std::uint8_t {
    Name,       ///< .name or ['name']
    Index,      ///< [n]; below 0 from the end
    Every,      ///< [*] or .*: elements of an array, members of an object
    Deep,       ///< ..name: members of that name at any depth
    DeepEvery,  ///< ..*
  };
  Kind kind = Kind::Name;
  std::string name;
  std::int64_t index = 0;

  friend bool operator==(const PathStep&, const PathStep&) = default;
};

using JsonPath = std::vector<PathStep>;

/// Parses `$`, `.name`, `['name']`, `[n]`, `[*]`, `..name`; a leading `$` may be left out ("title.fr").
///
/// @throws  Error(Code::BadSyntax) with the column; Error(Code::Unsupported) for filters, slices and unions.
///
/// Source: RFC 9535, section 2, without filters, slices and unions.
[[nodiscard]] JsonPath parse_json_path(std::string_view text);

/// What `path` finds in the JSON text. @throws Error(Code::BadSyntax) if `json` is not JSON.
[[nodiscard]] Values query_json(std::string_view json, const JsonPath& path);

}  // namespace scenograph::sources
