#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "sparql/exec/builder/builder.hpp"

namespace scenograph::sparql {

/// One relation of a group: a triple pattern, a path closure, or any other pattern planned by itself.
struct Builder::Item {
  enum class Kind : std::uint8_t { Triple, Closure, Other } kind = Kind::Triple;
  store::QuadId bound;
  std::array<std::string, 4> names;           ///< of the variables in a quad's positions; empty for constants
  bool impossible = false;                    ///< a constant that the store does not know
  Step step;                                  ///< of a Closure
  const algebra::Pattern* pattern = nullptr;  ///< of another, to plan it again for known rows
  Plan plan;                                  ///< of another
  JoinInput input;
  std::vector<std::pair<std::string, double>> distinct;
  std::size_t ranged = 3;            ///< the position that filters leave ranges of ids of, if less than 3
  std::vector<store::IdSpan> spans;  ///< those ranges
  double rows_in_spans = 0;

  /// Whether the variables are all of the item.
  [[nodiscard]] bool has_all_of(const Names& variables) const {
    return std::all_of(variables.begin(), variables.end(), [&](const std::string& name) {
      return std::any_of(distinct.begin(), distinct.end(), [&](const auto& pair) { return pair.first == name; });
    });
  }

  [[nodiscard]] double rows_read_by(const std::string& name) const {
    return ranged < 3 && names[ranged] == name ? rows_in_spans : input.rows;
  }

  [[nodiscard]] bool is_sortable_by(const std::string& name) const {
    return kind == Kind::Triple && (names[0] == name || names[1] == name || names[2] == name);
  }

  /// Whether it is read from an index as terms or pairs of terms of subject and object, each once.
  [[nodiscard]] bool is_plain() const {
    const auto is_told = [&](std::size_t i) { return !names[i].empty() || !member(bound, i).is_undefined(); };
    return kind == Kind::Triple && !impossible && names[1].empty() && names[3].empty() &&
           !bound.predicate.is_undefined() && names[0] != names[2] && is_told(0) && is_told(2);
  }

  /// Whether characteristic sets tell of it: "?s p ?o" or "?s p o".
  [[nodiscard]] bool may_be_in_star() const {
    return kind == Kind::Triple && !impossible && !names[0].empty() && names[0] != names[2] && names[0] != names[3] &&
           !bound.predicate.is_undefined();
  }
};

}  // namespace scenograph::sparql
