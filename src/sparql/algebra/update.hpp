#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rdf/term.hpp"
#include "sparql/algebra/algebra.hpp"

// Requests of SPARQL 1.1 Update as the parser builds them.

namespace scenograph::sparql::algebra {

/// A triple of a template and the graph it is of; no graph: that of WITH, else the default graph. Its blank nodes are
/// variables named "_:…".
struct QuadPattern {
  TriplePattern triple;
  std::optional<Node> graph;
};

enum class UpdateKind : std::uint8_t {
  InsertData,
  DeleteData,
  Modify,  ///< DELETE and INSERT with WHERE, DELETE WHERE too
  Load,
  Clear,  ///< DROP too: a graph without quads is no graph
  Create,
  Add,
  Move,
  Copy,
};

/// The graphs CLEAR, LOAD and the like are about.
struct GraphTarget {
  enum class Kind : std::uint8_t { Default, Iri, Named, All } kind = Kind::Default;
  std::string iri;
};

struct UpdateOperation {
  UpdateKind kind = UpdateKind::Modify;
  bool silent = false;
  std::vector<rdf::Quad> data;      ///< of InsertData and DeleteData
  std::vector<QuadPattern> remove;  ///< templates of a Modify
  std::vector<QuadPattern> insert;
  Query where;           ///< of a Modify: pattern, USING as dataset clauses, WITH
  GraphTarget source;    ///< of Add, Move and Copy
  GraphTarget target;    ///< of those, and of Load, Clear and Create
  std::string document;  ///< of a Load: its address
};

struct Update {
  std::vector<UpdateOperation> operations;
};

}  // namespace scenograph::sparql::algebra
