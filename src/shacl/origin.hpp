#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace scenograph::shacl {

/// Where in a contributor's export a value stands, or ought to.
struct Field {
  enum class Kind : std::uint8_t {
    Columns,   ///< of a table: together they make the value
    Members,   ///< of JSON, by their paths: likewise
    Constant,  ///< in the mapping, which sets the value whatever the export says; `file` is the mapping
    NoColumn,  ///< no column of the table makes such a value
    NoMember,  ///< no field of the JSON does
  };

  Kind kind = Kind::Columns;
  std::string file;                ///< its name
  std::vector<std::string> names;  ///< of the columns, or paths such as "events[*].title"

  friend auto operator<=>(const Field&, const Field&) = default;
};

/// What tells the record of an export that speaks of a node from its others.
struct Record {
  std::string file;                                         ///< its name
  std::vector<std::pair<std::string, std::string>> values;  ///< column or path, and what stands there

  friend auto operator<=>(const Record&, const Record&) = default;
};

}  // namespace scenograph::shacl
