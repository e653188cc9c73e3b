#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace scenograph::mapping::internal {

/// What an expression yields before it becomes a term.
struct Value {
  enum class Kind : std::uint8_t { Text, Iri, Json };
  std::string text = {};
  std::string_view datatype = {};  ///< natural datatype, an IRI of rdf/vocab.hpp; empty: a string
  Kind kind = Kind::Text;
};

using Values = std::vector<Value>;

/// Words and what they stand for. Keys are folded by `fold_key`.
using LookupTable = std::map<std::string, Value, std::less<>>;

/// The text in lower case, without accents, with single spaces: "  Théâtre " and "THEATRE" are one key.
[[nodiscard]] std::string fold_key(std::string_view text);

}  // namespace scenograph::mapping::internal
