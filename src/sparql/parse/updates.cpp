#include <fmt/format.h>

#include "sparql/parse/grammar.hpp"
#include "sparql/parse/join.hpp"
#include "sparql/parse/temporarily.hpp"

// SPARQL 1.1 Update, section 3; SPARQL 1.1 Query, rules 29 to 52.

namespace scenograph::sparql::parse {

using algebra::GraphTarget;
using algebra::Node;
using algebra::QuadPattern;
using algebra::UpdateKind;
using algebra::UpdateOperation;

namespace {

/// The blank nodes of data are terms, no variables.
rdf::Term data_term(const Node& node) {
  if (const auto* variable = std::get_if<algebra::Variable>(&node)) return rdf::Term::blank(variable->name.substr(2));
  return std::get<rdf::Term>(node);
}

algebra::Pattern pattern_of(const std::vector<QuadPattern>& quads) {
  algebra::Pattern out;
  std::optional<Node> graph;
  algebra::Pattern bgp;
  const auto flush = [&] {
    if (graph && !bgp.triples.empty()) {
      algebra::Pattern named;
      named.kind = algebra::PatternKind::Graph;
      named.node = *graph;
      named.children.push_back(std::move(bgp));
      bgp = std::move(named);
    }
    join(out, std::move(bgp));
    bgp = {};
  };
  for (const QuadPattern& quad : quads) {
    if (quad.graph != graph) flush();
    graph = quad.graph;
    bgp.triples.push_back(quad.triple);
  }
  flush();
  return out;
}

}  // namespace

algebra::Update Grammar::update_unit() {
  algebra::Update update;
  prologue();
  while (!at(TokenKind::End)) {
    count_bytes(sizeof(UpdateOperation));
    update.operations.push_back(operation());
    if (!accept(TokenKind::Semicolon)) break;
    prologue();
  }
  if (!at(TokenKind::End)) fail_expected("«;» before the next operation, or the end of the update");
  return update;
}

UpdateOperation Grammar::operation() {
  if (at_word("INSERT") && at_word("DATA", 1)) return insert_data();
  if (at_word("DELETE") && at_word("DATA", 1)) return delete_data();
  if (at_word("DELETE") && at_word("WHERE", 1)) return delete_where();
  if (at_word("INSERT") || at_word("DELETE") || at_word("WITH")) return modify();
  if (at_word("LOAD")) return load();
  if (at_word("CLEAR") || at_word("DROP")) return clear();
  if (at_word("CREATE")) return create();
  if (at_word("ADD") || at_word("MOVE") || at_word("COPY")) return transfer();
  fail_expected("INSERT, DELETE, WITH, LOAD, CLEAR, DROP, CREATE, ADD, MOVE, COPY, PREFIX or BASE");
}

UpdateOperation Grammar::insert_data() {
  take();
  take();
  end_bgp();
  UpdateOperation out;
  out.kind = UpdateKind::InsertData;
  out.data = quad_data();
  return out;
}

UpdateOperation Grammar::delete_data() {
  take();
  take();
  const Temporarily no_blanks(no_blanks_, std::string_view("DELETE DATA"));
  UpdateOperation out;
  out.kind = UpdateKind::DeleteData;
  out.data = quad_data();
  return out;
}

UpdateOperation Grammar::delete_where() {
  take();
  take();
  UpdateOperation out;
  out.remove = delete_template("DELETE WHERE");
  out.where.pattern = pattern_of(out.remove);
  return out;
}

UpdateOperation Grammar::modify() {
  UpdateOperation out;
  if (accept_word("WITH")) out.where.with = iri();
  const bool deletes = accept_word("DELETE");
  if (deletes) out.remove = delete_template("DELETE");
  if (accept_word("INSERT")) {
    const Temporarily made(in_template_, true);
    out.insert = quads();
  } else if (!deletes) {
    fail_expected("INSERT or DELETE");
  }
  while (accept_word("USING")) {
    auto& graphs = accept_word("NAMED") ? out.where.from_named : out.where.from;
    graphs.push_back(iri());
  }
  expect_word("WHERE");
  out.where.pattern = group();
  out.where.base = base_;
  return out;
}

UpdateOperation Grammar::load() {
  take();
  UpdateOperation out;
  out.kind = UpdateKind::Load;
  out.silent = accept_word("SILENT");
  out.document = iri();
  if (accept_word("INTO")) out.target = graph_target(false);
  return out;
}

UpdateOperation Grammar::clear() {
  take();
  UpdateOperation out;
  out.kind = UpdateKind::Clear;
  out.silent = accept_word("SILENT");
  out.target = graph_target(true);
  return out;
}

UpdateOperation Grammar::create() {
  take();
  UpdateOperation out;
  out.kind = UpdateKind::Create;
  out.silent = accept_word("SILENT");
  out.target = graph_target(false);
  return out;
}

UpdateOperation Grammar::transfer() {
  UpdateOperation out;
  out.kind = at_word("ADD") ? UpdateKind::Add : (at_word("MOVE") ? UpdateKind::Move : UpdateKind::Copy);
  take();
  out.silent = accept_word("SILENT");
  out.source = graph_or_default();
  expect_word("TO");
  out.target = graph_or_default();
  return out;
}

GraphTarget Grammar::graph_or_default() {
  if (accept_word("DEFAULT")) return {};
  accept_word("GRAPH");
  if (!at_iri()) fail_expected("DEFAULT or a graph's IRI");
  return {GraphTarget::Kind::Iri, iri()};
}

/// GraphRef, or GraphRefAll where `several` graphs may be meant.
GraphTarget Grammar::graph_target(bool several) {
  if (accept_word("GRAPH")) return {GraphTarget::Kind::Iri, iri()};
  if (!several) fail_expected("GRAPH and its IRI");
  if (accept_word("DEFAULT")) return {};
  if (accept_word("NAMED")) return {GraphTarget::Kind::Named, {}};
  if (accept_word("ALL")) return {GraphTarget::Kind::All, {}};
  fail_expected("GRAPH and its IRI, DEFAULT, NAMED or ALL");
}

/// QuadPattern
std::vector<QuadPattern> Grammar::quads() {
  std::vector<QuadPattern> out;
  expect(TokenKind::OpenBrace, "«{»");
  add_triples(out, std::nullopt);
  while (accept_word("GRAPH")) {
    const Node graph = variable_or_iri();
    expect(TokenKind::OpenBrace, "«{» after the graph");
    add_triples(out, graph);
    expect(TokenKind::CloseBrace, "«.» or «}»");
    accept(TokenKind::Dot);
    add_triples(out, std::nullopt);
  }
  expect(TokenKind::CloseBrace, "«.», GRAPH or «}»");
  return out;
}

void Grammar::add_triples(std::vector<QuadPattern>& out, const std::optional<Node>& graph) {
  Triples triples;
  triples_block(triples, Paths::Refused);
  for (auto& triple : triples) out.push_back({std::move(triple), graph});
}

std::vector<QuadPattern> Grammar::delete_template(std::string_view where) {
  const Temporarily no_blanks(no_blanks_, where);
  return quads();
}

std::vector<rdf::Quad> Grammar::quad_data() {
  const Temporarily no_variables(no_variables_, std::string_view("DATA"));
  std::vector<rdf::Quad> out;
  for (const QuadPattern& quad : quads()) {
    const auto& predicate = std::get<Node>(quad.triple.predicate);
    out.push_back({data_term(quad.triple.subject), data_term(predicate), data_term(quad.triple.object),
                   quad.graph ? data_term(*quad.graph) : rdf::Term{}});
  }
  return out;
}

}  // namespace scenograph::sparql::parse
