#pragma once

#include <cstdint>
#include <vector>

#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"

namespace scenograph::sparql {

/// Terms that a variable must be among: one column, ascending, terms may repeat.
struct MultiwayTerms {
  std::size_t variable = 0;
  OperatorPtr terms;
};

/// Pairs of terms that two variables must be among: two columns, sorted by both, each pair once.
struct MultiwayPairs {
  std::size_t first = 0;
  std::size_t second = 0;  ///< more than `first`
  OperatorPtr pairs;
};

/// Joins relations of one and two variables all at once, variable by variable: the terms of each are those that the
/// lists of all variables before it share. No result of fewer relations is ever made, so that cycles cost no more than
/// the largest result that relations of their sizes could have: worst-case optimal up to a logarithm.
///
/// Columns are the variables, in order; rows come sorted by them. Everything is read at the first `next`, into 4 bytes
/// a pair, charged to the budget. Each variable needs at least one entry in `terms`.
///
/// Source: H. Q. Ngo, C. Ré, A. Rudra, "Skew strikes back: new developments in the theory of join algorithms", SIGMOD
/// Record 42 (2013); T. L. Veldhuizen, "Leapfrog Triejoin", ICDT 2014.
[[nodiscard]] OperatorPtr make_multiway_join(Context& context, std::size_t variables, std::vector<MultiwayTerms> terms,
                                             std::vector<MultiwayPairs> pairs);

}  // namespace scenograph::sparql
