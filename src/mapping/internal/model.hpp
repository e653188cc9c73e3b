#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mapping/functions/function.hpp"
#include "mapping/internal/template.hpp"
#include "mapping/internal/value.hpp"
#include "rdf/term.hpp"
#include "sources/csv.hpp"

namespace scenograph::mapping::internal {

struct Execution;

/// How a map gets its values. References are numbers into TriplesMap::references.
struct Expression {
  enum class Kind : std::uint8_t { None, Constant, Template, Reference, Function };
  Kind kind = Kind::None;
  rdf::Term constant;
  std::vector<TemplatePart> parts;
  std::size_t reference = 0;
  std::shared_ptr<const Execution> execution;
};

/// An input of a function call.
struct Input {
  std::size_t parameter = 0;
  Expression value;
};

/// A function call (RML-FNML).
struct Execution {
  const functions::Function* function = nullptr;
  std::vector<Input> inputs;  ///< in document order
  std::optional<LookupTable> table;
};

enum class TermKind : std::uint8_t { Iri, Uri, UnsafeIri, UnsafeUri, BlankNode, Literal };

/// How terms are made.
struct TermMap {
  Expression expression;
  TermKind kind = TermKind::Literal;
  bool kind_given = false;  ///< else functions may yield IRIs too
  std::optional<Expression> datatype;
  std::optional<Expression> language;
  std::optional<Expression> condition;  ///< no term unless true
  std::string field;                    ///< what messages call the place of its values
};

struct JoinCondition {
  Expression child;   ///< over the child's references
  Expression parent;  ///< over the parent's references
};

/// Objects that are subjects of another triples map (or of the same).
struct Join {
  std::size_t parent = 0;  ///< index into Model::triples_maps
  std::vector<JoinCondition> conditions;
  std::optional<TermMap> subject_here;  ///< same record, no conditions: the parent's subject over our references
};

struct PredicateObjectMap {
  std::vector<TermMap> predicates;
  std::vector<TermMap> objects;
  std::vector<Join> joins;
  std::vector<TermMap> graphs;
};

enum class Formulation : std::uint8_t { Csv, Json };

/// A file and how to read it. Equal ones are read together.
struct Source {
  std::filesystem::path path;
  Formulation formulation = Formulation::Csv;
  std::string encoding;
  sources::CsvDialect dialect;

  [[nodiscard]] bool reads_like(const Source& other) const;
};

struct TriplesMap {
  std::string name;  ///< IRI, or "_:label"
  Source source;
  std::string iterator;
  std::vector<std::string> nulls;
  std::string base;  ///< empty: the run's
  std::vector<std::string> references;
  TermMap subject;
  std::vector<TermMap> graphs;
  std::vector<PredicateObjectMap> properties;  ///< classes too
};

struct Model {
  std::vector<TriplesMap> triples_maps;
};

}  // namespace scenograph::mapping::internal
