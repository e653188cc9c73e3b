#pragma once

#include <string>
#include <vector>

#include "shacl/internal/sparql_rule.hpp"

namespace scenograph::shacl {

/// A function that is defined by a query: by the shapes graph (SHACL Advanced Features, section 5.3), or of the engine,
/// where a node expression calls it.
struct SparqlFunction {
  struct Parameter {
    std::string name;  ///< of the variable
    bool optional = false;
  };

  std::string iri;
  std::vector<Parameter> parameters;  ///< in the order of arguments
  SparqlRule body;                    ///< a Select of one variable, or an Ask; its columns are parameters
  bool is_of_engine = false;          ///< then it looks at nothing but its arguments
  bool varies = false;                ///< whether it may give something else for the same arguments: RAND, UUID …

  /// Whether it takes its value from the first of several solutions, not from the least.
  [[nodiscard]] bool is_ordered() const { return !body.query.order_by.empty(); }
};

}  // namespace scenograph::shacl
