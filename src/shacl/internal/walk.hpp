#pragma once

#include <functional>

#include "sparql/algebra/algebra.hpp"

namespace scenograph::shacl {

/// What to do at each node of a query's tree, before what is below it. Null members are passed over.
struct Visitor {
  std::function<void(const sparql::algebra::Query&)> query;  ///< sub-queries
  std::function<void(const sparql::algebra::Pattern&)> pattern;
  std::function<void(const sparql::algebra::Expression&)> expression;
};

/// Walks over all patterns and expressions of a query, those of sub-queries and EXISTS included. The parser bounds how
/// deep they nest.
void walk(const sparql::algebra::Query& query, const Visitor& visitor);
void walk(const sparql::algebra::Pattern& pattern, const Visitor& visitor);
void walk(const sparql::algebra::Expression& expression, const Visitor& visitor);

/// The same where the tree is changed. Sub-queries and patterns of EXISTS, which are shared, are copied first.
struct Editor {
  std::function<void(sparql::algebra::Query&)> query;  ///< the query itself and sub-queries
  std::function<void(sparql::algebra::Pattern&)> pattern;
  std::function<void(sparql::algebra::Expression&)> expression;
};

void edit(sparql::algebra::Query& query, const Editor& editor);
void edit(sparql::algebra::Pattern& pattern, const Editor& editor);
void edit(sparql::algebra::Expression& expression, const Editor& editor);

}  // namespace scenograph::shacl
