#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "rdf/term.hpp"
#include "shacl/internal/prebinding.hpp"
#include "shacl/internal/shapes_graph.hpp"
#include "shacl/internal/sparql_function.hpp"
#include "shacl/internal/sparql_rule.hpp"
#include "shacl/shapes.hpp"

namespace scenograph::shacl {

/// A parameter of a custom component, of a target type or of a function.
struct RuleParameter {
  rdf::Term node;    ///< what declares it
  rdf::Term path;    ///< the property that gives its values
  std::string name;  ///< of the variable: the path's local name
  bool optional = false;
};

/// The parameters of a component, target type or function (SHACL, section 6.2.1).
struct RuleParameters {
  std::vector<RuleParameter> all;
  std::optional<std::string> fault;  ///< what is ill-formed about them, as a sentence; then who uses them is refused
};

/// A constraint component that the shapes graph defines (SHACL, section 6.2).
struct CustomComponent {
  rdf::Term id;
  RuleParameters parameters;
};

/// Reads queries of SHACL-SPARQL from a shapes graph, and checks them. What is ill-formed throws Error(Code::BadData)
/// that names the shape, the query and the reason.
class SparqlLoader {
 public:
  /// The graph must outlive it.
  SparqlLoader(const ShapesGraph& graph, const LoadOptions& options) : graph_(&graph), options_(&options) {}

  /// The components of the graph: what has a validator or is declared to be one, and parameters.
  [[nodiscard]] std::vector<CustomComponent> components() const;

  /// The rule of a value of sh:sparql; null if it is deactivated. Source: SHACL, section 5.
  [[nodiscard]] std::shared_ptr<const SparqlRule> constraint(const Shape& shape, const rdf::Term& node);

  /// The rule of a component's validator for a shape of this kind, with the parameters put in; null if there is none.
  /// Source: SHACL, section 6.3.
  [[nodiscard]] std::shared_ptr<const SparqlRule> validator(const Shape& shape, const CustomComponent& component,
                                                            const Bindings& parameters);

  /// The rule of a value of sh:target; null if it is no SPARQL-based target.
  /// Source: SHACL Advanced Features, section 3.
  [[nodiscard]] std::shared_ptr<const SparqlRule> target(const Shape& shape, const rdf::Term& node);

  /// The rule of a sh:SPARQLRule, whose template has no blank nodes.
  /// Source: SHACL Advanced Features, section 8.4.
  [[nodiscard]] std::shared_ptr<const SparqlRule> construct(const Shape& shape, const rdf::Term& node);

  /// The function of that IRI; null if the graph defines none. Its body is read by `functions`.
  /// Source: SHACL Advanced Features, section 5.
  [[nodiscard]] std::shared_ptr<const SparqlFunction> function(const std::string& iri);

  /// A function of the engine, with so many parameters, or as many as it may have; null if there is none of that IRI.
  [[nodiscard]] static std::shared_ptr<const SparqlFunction> engine_function(const std::string& iri,
                                                                             std::size_t arguments);

  /// All functions that what was read so far calls, and those that they call. Errors have the function's place.
  [[nodiscard]] std::map<std::string, std::shared_ptr<const SparqlFunction>, std::less<>> functions();

  /// What a component is called: sh:labelTemplate with the parameters put in, else rdfs:label.
  [[nodiscard]] std::vector<Message> names_of(const CustomComponent& component, const Bindings& parameters) const;

 private:
  /// A query to make a rule of.
  struct Request {
    rdf::Term node;              // what has it
    std::string_view predicate;  // "select", "ask" or "construct"
    std::string label;           // how errors name it
    Bindings constants;          // to put in
    VariableNames names;         // that may be pre-bound
    VariableNames columns;       // of these, those that differ from row to row
    const Path* path = nullptr;  // what $PATH stands for; null: it may not be used
  };

  [[nodiscard]] std::shared_ptr<SparqlRule> make_rule(const Request& request);
  [[nodiscard]] std::set<std::string> called_by(const SparqlRule& rule);
  void read_body(SparqlFunction& function);
  [[nodiscard]] RuleParameters parameters_of(const rdf::Term& node) const;
  void check_types(const Shape& shape, const RuleParameters& parameters, const Bindings& values) const;
  void order(const rdf::Term& node, std::vector<RuleParameter>& parameters) const;
  [[nodiscard]] std::string prologue(const std::string& label, const rdf::Term& node) const;
  [[nodiscard]] sparql::algebra::Query parse(const Request& request) const;
  [[nodiscard]] base::Where place_of(const rdf::Term& node) const;
  [[nodiscard]] base::Error ill_formed(const std::string& label, const rdf::Term& node, std::string_view why) const;
  [[nodiscard]] const std::string& only_text(const std::string& label, const rdf::Term& node,
                                             std::string_view name) const;
  [[nodiscard]] std::vector<AnnotationRule> annotations(const SparqlRule& rule, const Bindings& parameters) const;
  [[nodiscard]] std::vector<Message> texts(const rdf::Term& node, std::string_view predicate) const;
  [[nodiscard]] bool is_true(const rdf::Term& node, std::string_view name) const;
  [[nodiscard]] std::vector<rdf::Term> types_of(const rdf::Term& node) const;

  const ShapesGraph* graph_;
  const LoadOptions* options_;
  std::map<std::string, std::shared_ptr<SparqlFunction>> functions_;  ///< null: there is none of that IRI
  std::vector<std::string> unread_;                                   ///< functions whose bodies were not read yet
};

}  // namespace scenograph::shacl
