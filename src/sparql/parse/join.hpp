#pragma once

#include "sparql/algebra/algebra.hpp"

namespace scenograph::sparql::parse {

/// Makes `left` the join of both; the empty group joins to nothing new (SPARQL 1.1 Query, section 18.2.2.8).
void join(algebra::Pattern& left, algebra::Pattern right);

}  // namespace scenograph::sparql::parse
