#pragma once

#include <string>
#include <vector>

#include "shacl/internal/sparql_rule.hpp"

namespace scenograph::shacl {

/// A function that the shapes graph defines by a query (SHACL Advanced Features, section 5.3).
struct SparqlFunction {
  struct Parameter {
    std::string name;  ///< of the variable
    bool optional = false;
  };

  std::vector<Parameter> parameters;  ///< in the order of arguments
  SparqlRule body;                    ///< a Select of one variable, or an Ask; its columns are parameters
  bool varies = false;                ///< whether it may give something else for the same arguments: RAND, UUID …

  /// Whether it takes its value from the first of several solutions, not from the least.
  [[nodiscard]] bool is_ordered() const { return !body.query.order_by.empty(); }
};

}  // namespace scenograph::shacl
