#pragma once

#include <chrono>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "sparql/algebra/algebra.hpp"
#include "sparql/exec/context.hpp"
#include "sparql/exec/value.hpp"
#include "store/graph_set.hpp"

// Access by text and place: for some filters an index tells which literals can pass at all. These become one more
// relation of the group that is filtered, to be joined with the others; the filter itself still looks at each row, so
// an index may offer too much, never too little. What is recognised, each as a conjunct of a FILTER:
//
//   scgf:matches(?v, query)                              ?v is the object of a triple pattern, the query a constant
//   scgf:score(?v, query) > number                       likewise; the number is 0 or more
//   geof:sfWithin(?v, area), sfContains, sfIntersects    likewise, in either place
//   geof:distance(?v, place, unit) < limit               likewise; also "limit >", "<=", and divided by a number
//   the same of scgf:point(?lat, ?long)                  ?lat is the object of a triple pattern

namespace scenograph::sparql {

/// A variable that is the object of a triple pattern of the group.
struct ObjectVariable {
  std::string name;
  store::TermId predicate;  ///< Undefined if it is a variable
  double rows = 0;          ///< of the triple pattern, by itself
};

/// All literals that a variable can be if the filters are to pass.
struct Candidates {
  std::string variable;
  std::vector<store::TermId> ids;    ///< ascending
  std::string label;                 ///< for `explain`: the index that was used
  std::chrono::nanoseconds time{0};  ///< that the look-ups took
};

/// The value of an expression that has no variables and gives the same each time; an error for any other.
using ConstantValue = std::function<Value(const algebra::Expression&)>;

/// @param filters  conjuncts. @return  at most one for each variable: none where the store has no index, and where
/// looking at each row is as good: there are few, or so many literals can pass. Cost: the look-ups, and a scan over
/// what is inlined of one predicate.
[[nodiscard]] std::vector<Candidates> find_candidates(Context& context, const store::GraphSet& graphs,
                                                      std::span<const algebra::Expression* const> filters,
                                                      std::span<const ObjectVariable> variables,
                                                      const ConstantValue& constant);

}  // namespace scenograph::sparql
