#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "rdf/term.hpp"

namespace scenograph::shacl {

/// A text in one language; `language` is empty for a text without a tag.
struct Message {
  std::string text;
  std::string language;

  friend auto operator<=>(const Message&, const Message&) = default;
};

/// The text for a reader of `language`: that language or a variant of it ("fr" takes "fr-CA"), else one without a
/// language, else English, else the first; "" of none.
[[nodiscard]] std::string_view pick(std::span<const Message> messages, std::string_view language) noexcept;

/// A SHACL property path (SHACL, section 2.3.1).
struct Path {
  enum class Kind : std::uint8_t { Predicate, Inverse, Sequence, Alternative, ZeroOrMore, OneOrMore, ZeroOrOne };

  Kind kind = Kind::Predicate;
  rdf::Term predicate;      ///< of a Predicate only
  std::vector<Path> parts;  ///< one for Inverse and the repetitions, two or more for Sequence and Alternative

  friend bool operator==(const Path&, const Path&) = default;
};

/// The path in SPARQL syntax with full IRIs, e.g. "^<http://schema.org/location>/<http://schema.org/name>".
[[nodiscard]] std::string to_string(const Path& path);

/// The constraint components of SHACL Core (section 4), in the order of the specification, that of SHACL Advanced
/// Features, and those of SHACL-SPARQL.
enum class Component : std::uint8_t {
  Class,
  Datatype,
  NodeKind,  // 4.1
  MinCount,
  MaxCount,  // 4.2
  MinExclusive,
  MinInclusive,
  MaxExclusive,
  MaxInclusive,  // 4.3
  MinLength,
  MaxLength,
  Pattern,
  LanguageIn,
  UniqueLang,  // 4.4
  Equals,
  Disjoint,
  LessThan,
  LessThanOrEquals,  // 4.5
  Not,
  And,
  Or,
  Xone,  // 4.6
  Node,
  Property,
  QualifiedMinCount,
  QualifiedMaxCount,  // 4.7
  Closed,
  HasValue,
  In,          // 4.8
  Expression,  // SHACL Advanced Features, 7
  Sparql,      // 5: sh:sparql
  Custom,      // 6: a component that the shapes graph defines
};

/// Index of a shape in `Shapes::shapes`.
enum class ShapeId : std::uint32_t {};

/// A query of SHACL-SPARQL, checked and with its constants put in (internal/sparql_rule.hpp).
struct SparqlRule;

/// A function that is defined by a query (internal/sparql_function.hpp).
struct SparqlFunction;

/// A way from a focus node to nodes (SHACL Advanced Features, section 6).
struct NodeExpression {
  enum class Kind : std::uint8_t { Focus, Constant, Path, Filter, Intersection, Union, Function };

  Kind kind = Kind::Focus;
  rdf::Term constant;
  std::optional<shacl::Path> path;
  std::optional<ShapeId> shape;  ///< of Filter: what its nodes must conform to
  std::shared_ptr<const SparqlFunction> function;
  std::vector<NodeExpression> parts;  ///< of Path and Filter one, where they start; of Function the arguments; of the
                                      ///< others those that are joined
};

/// One constraint of a shape: a component and its parameters.
struct Constraint {
  Component component = Component::Class;
  std::vector<rdf::Term> terms;   ///< class, datatype, node kind, bound, property or value; members of In, LanguageIn
                                  ///< and of Closed the permitted predicates; of Expression what states it
  std::vector<ShapeId> shapes;    ///< members of And, Or, Xone; the one of Not, Node, Property; of the qualified ones
                                  ///< the shape, then the siblings that a value must not conform to
  std::uint64_t number = 0;       ///< counts and lengths
  std::string pattern;            ///< of Pattern
  std::string flags;              ///< of Pattern
  std::string iri;                ///< of Custom: the component's
  std::vector<Message> names;     ///< of Custom: what the component is called
  std::vector<Message> messages;  ///< of Expression: its own, which come before those of the shape
  std::shared_ptr<const SparqlRule> rule;            ///< of Sparql and Custom
  std::shared_ptr<const NodeExpression> expression;  ///< of Expression: its value must be true alone
};

/// The IRI of the constraint's component, e.g. "http://www.w3.org/ns/shacl#MinCountConstraintComponent".
[[nodiscard]] std::string component_iri(const Constraint& constraint);

enum class TargetKind : std::uint8_t { Node, Class, SubjectsOf, ObjectsOf, Sparql };

struct Target {
  TargetKind kind = TargetKind::Node;
  rdf::Term term;                          ///< of all but Sparql
  std::shared_ptr<const SparqlRule> rule;  ///< of Sparql: its solutions for ?this are the focus nodes
};

/// A node shape or, with a path, a property shape.
struct Shape {
  rdf::Term id;
  std::string label;          ///< how errors name it: its IRI, or for a blank node the way to it from an IRI
  std::vector<Path> path;     ///< none (node shape) or one
  std::uint32_t path_id = 0;  ///< equal for equal paths
  std::vector<Target> targets;
  std::vector<Constraint> constraints;
  std::string severity;  ///< IRI
  std::vector<Message> messages;
  std::vector<Message> names;       ///< sh:name, else rdfs:label
  std::vector<rdf::Term> examples;  ///< skos:example: values as they ought to be
  double order = 0;                 ///< sh:order: where people want to see it among others
  bool deactivated = false;

  [[nodiscard]] bool is_property() const noexcept { return !path.empty(); }
  [[nodiscard]] bool has_active_targets() const noexcept { return !targets.empty() && !deactivated; }
};

/// Makes triples of the focus nodes of a shape (SHACL Advanced Features, section 8).
struct Rule {
  std::string label;  ///< how errors name it, with its shape
  ShapeId shape{};
  double order = 0;                         ///< sh:order: rules of a lower one come first
  std::vector<ShapeId> conditions;          ///< it passes over focus nodes that do not conform to all of them
  std::vector<NodeExpression> made;         ///< of a sh:TripleRule: subject, predicate and object
  std::shared_ptr<const SparqlRule> query;  ///< of a sh:SPARQLRule
};

/// A shapes graph, checked and ready to use. Immutable once made; any number of threads may validate with it.
struct Shapes {
  struct SubClass {
    rdf::Term sub;
    rdf::Term super;
  };

  std::vector<Shape> shapes;        ///< those with a target, and all that they use
  std::vector<Rule> rules;          ///< of those shapes, in the order that they are to be applied, if asked for
  std::vector<SubClass> hierarchy;  ///< rdfs:subClassOf triples of the shapes graph; they add to those of the data
  std::vector<base::Diagnostic> notices;  ///< what was left out, and shapes that nothing uses
  /// By IRI: those that something calls.
  std::map<std::string, std::shared_ptr<const SparqlFunction>, std::less<>> functions;
  std::vector<rdf::Triple> graph;  ///< the shapes graph, where a query reads it ($shapesGraph); else empty

  [[nodiscard]] const Shape& at(ShapeId id) const { return shapes[static_cast<std::size_t>(id)]; }
};

struct LoadOptions {
  /// Leaves out constraints and targets that are not supported (those in JavaScript, say), with a notice each, in place
  /// of refusing the shapes graph.
  bool skip_unsupported = false;
  /// Reads rules, which validation takes no notice of; one that is ill-formed or not supported is refused.
  bool with_rules = false;
  /// Shapes nested in shapes and paths in paths, at most.
  std::size_t max_depth = 64;
  /// Longest query of SHACL-SPARQL, in bytes.
  std::size_t max_query_bytes = std::size_t{1} << 20U;
  /// Where the shapes graph speaks of a node first, for the places of errors; may be null.
  std::function<base::Where(const rdf::Term& node)> place_of{};
  std::function<void()> check{};  ///< called for each use of a shape; may throw to give up; may be null
};

/// Reads a shapes graph; the graph members of `quads` are ignored. Only shapes with a target and shapes that those use
/// are read: an ill-formed shape that nothing uses does no harm.
///
/// @throws  Error(Code::BadData) naming the shape and the parameter that is ill-formed, or the cycle of a recursive
///          shape; Error(Code::Unsupported) naming the component; Error(Code::TooLarge) past `max_depth` or
///          `max_query_bytes`; each at the shape's place, if that is known.
///
/// Source: SHACL (W3C Recommendation 2017-07-20), sections 2, 4, 5 and 6, appendix A for pre-bound variables;
///         SHACL Advanced Features (W3C Note 2017-06-08), section 3 for SPARQL-based targets, 5 for functions,
///         6 to 8 for expressions and rules.
[[nodiscard]] Shapes load_shapes(std::span<const rdf::Quad> quads, const LoadOptions& options = {});

}  // namespace scenograph::shacl
