#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rdf/term.hpp"
#include "shacl/shapes.hpp"
#include "sparql/algebra/algebra.hpp"

namespace scenograph::shacl {

/// What stands for the shapes graph in queries: the value of $shapesGraph.
inline constexpr std::string_view shapes_graph_iri = "urn:scenograph:shapes-graph";

/// Blank nodes of the shapes graph have labels that begin so in queries: data has none like them.
inline constexpr std::string_view shapes_blank_prefix = "shapes.";

/// What to take from a solution into the result (SHACL Advanced Features, section 4).
struct AnnotationRule {
  std::string property;             ///< IRI
  std::string variable;             ///< of the solution; of an Ask "this" or "value"
  std::vector<rdf::Term> defaults;  ///< where the variable is not bound
};

/// A query of SHACL-SPARQL: of sh:sparql, of a validator, of a target, of a rule, or of a function. Constants are put
/// in already: parameters, $currentShape, $shapesGraph and $PATH. What is left are the pre-bound variables that differ
/// from row to row.
struct SparqlRule {
  rdf::Term source;              ///< what has sh:select or sh:ask
  std::string label;             ///< how errors name it, with its shape
  sparql::algebra::Query query;  ///< a Select, whose solutions are results, or an Ask, true where a value conforms
  std::vector<sparql::algebra::TriplePattern> made;  ///< of a CONSTRUCT, which is a Select of what these mention
  std::vector<std::string> columns;     ///< of "this" and, of an Ask, "value", of a function its parameters:
                                        ///< those that differ from row to row
  std::optional<std::string> obstacle;  ///< why it runs once for each row, not once for many; nullopt if it need not
  std::set<std::string> calls;          ///< IRIs of functions of the shapes graph
  bool reads_shapes_graph = false;
  std::vector<AnnotationRule> annotations;
  std::vector<Message> messages;  ///< parameters put in; {?name} of variables of solutions are left

  [[nodiscard]] bool is_ask() const { return query.form == sparql::QueryForm::Ask; }
};

}  // namespace scenograph::shacl
