#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rdf/term.hpp"
#include "sparql/results/writer.hpp"

namespace scenograph::tests {

/// The result of a SELECT or an ASK, read back from one of its syntaxes. Unbound variables are absent from a row.
struct Solutions {
  std::vector<std::string> variables;
  std::vector<std::map<std::string, rdf::Term>> rows;
  std::optional<bool> boolean;
  bool ordered = false;  ///< whether the rows' order was stated
};

[[nodiscard]] Solutions read_solutions(std::string_view text, sparql::ResultFormat format);

/// From the vocabulary that SPARQL 1.0's tests have for result sets.
[[nodiscard]] Solutions read_result_graph(const std::vector<rdf::Quad>& graph);

/// How rows compare: as a multiset, in the order stated, or as a set (of REDUCED).
enum class RowOrder : std::uint8_t { Any, Stated, Sets };

/// What makes the two differ, "" if they are equal: blank nodes up to renaming, language tags in any case, computed
/// numbers by value.
[[nodiscard]] std::string difference(const Solutions& got, const Solutions& expected, RowOrder order);

}  // namespace scenograph::tests
