// Functions that the shapes graph defines: SHACL Advanced Features, section 5.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"
#include "rdf/vocab.hpp"
#include "shacl/internal/load_sparql.hpp"
#include "shacl/internal/walk.hpp"
#include "sparql/functions.hpp"

namespace scenograph::shacl {

using base::Code;
using base::Error;
using sparql::algebra::Expression;
using sparql::algebra::ExpressionKind;

namespace {

/// Whether the query calls what gives another value each time.
bool is_random(const sparql::algebra::Query& query) {
  static constexpr std::array<std::string_view, 4> random{"RAND", "UUID", "STRUUID", "BNODE"};
  bool found = false;
  Visitor visitor;
  visitor.expression = [&found](const Expression& expression) {
    found = found || (expression.kind == ExpressionKind::Function &&
                      std::find(random.begin(), random.end(), expression.name) != random.end());
  };
  walk(query, visitor);
  return found;
}

}  // namespace

/// What the query calls, each with no more arguments than it takes.
std::set<std::string> SparqlLoader::called_by(const SparqlRule& rule) {
  std::set<std::string> called;
  Visitor visitor;
  visitor.expression = [&](const Expression& expression) {
    if (expression.kind != ExpressionKind::Function) return;
    const auto found = function(expression.name);
    if (found == nullptr) return;
    called.insert(expression.name);
    if (expression.operands.size() <= found->parameters.size()) return;
    throw ill_formed(rule.label, rule.source,
                     fmt::format("<{}> takes {} argument(s) at most, here are {}", expression.name,
                                 found->parameters.size(), expression.operands.size()));
  };
  walk(rule.query, visitor);
  return called;
}

/// By sh:order where any has it, else by name (SHACL Advanced Features, section 5.1).
void SparqlLoader::order(const rdf::Term& node, std::vector<RuleParameter>& parameters) const {
  std::sort(parameters.begin(), parameters.end(), [this](const RuleParameter& a, const RuleParameter& b) {
    return std::pair(order_of(*graph_, a.node), std::string_view(a.name)) <
           std::pair(order_of(*graph_, b.node), std::string_view(b.name));
  });
  const auto same = std::adjacent_find(parameters.begin(), parameters.end(),
                                       [](const RuleParameter& a, const RuleParameter& b) { return a.name == b.name; });
  if (same == parameters.end()) return;
  throw ill_formed("the function " + display(node), node, fmt::format("two parameters are called {}", same->name));
}

std::shared_ptr<const SparqlFunction> SparqlLoader::function(const std::string& iri) {
  if (iri.find(':') == std::string::npos) return nullptr;
  const auto [at, is_new] = functions_.try_emplace(iri);
  if (!is_new) return at->second;
  const rdf::Term node = rdf::Term::iri(iri);
  const auto types = types_of(node);
  const bool is_function =
      std::any_of(types.begin(), types.end(), [](const rdf::Term& type) { return type.value == sh("SPARQLFunction"); });
  if (!is_function) return nullptr;
  const std::string label = "the function " + display(node);
  if (sparql::argument_count(iri)) throw ill_formed(label, node, "there is a function of that IRI already");
  auto parameters = parameters_of(node);
  if (parameters.fault) throw Error(Code::BadData, *parameters.fault, place_of(node));
  order(node, parameters.all);
  auto made = std::make_shared<SparqlFunction>();
  made->iri = iri;
  for (auto& parameter : parameters.all) made->parameters.push_back({std::move(parameter.name), parameter.optional});
  unread_.push_back(iri);
  return at->second = std::move(made);
}

std::shared_ptr<const SparqlFunction> SparqlLoader::engine_function(const std::string& iri, std::size_t arguments) {
  const auto takes = sparql::argument_count(iri);
  if (!takes) return nullptr;
  auto made = std::make_shared<SparqlFunction>();
  made->iri = iri;
  made->is_of_engine = true;
  made->body.label = fmt::format("the function <{}>", iri);
  Expression call;
  call.kind = ExpressionKind::Function;
  call.name = iri;
  for (std::size_t i = 0; i < std::clamp(arguments, takes->least, takes->most); ++i) {
    const std::string name = fmt::format("argument{}", i);
    Expression argument;
    argument.kind = ExpressionKind::Variable;
    argument.name = name;
    call.operands.push_back(std::move(argument));
    made->parameters.push_back({name, false});
    made->body.columns.push_back(name);
  }
  made->body.query.projection.push_back({"value", std::move(call)});
  return made;
}

void SparqlLoader::read_body(SparqlFunction& function) try {
  const rdf::Term node = rdf::Term::iri(function.iri);
  const std::string label = "the function " + display(node);
  const bool is_ask = !graph_->objects(node, sh("ask")).empty();
  if (is_ask != graph_->objects(node, sh("select")).empty()) {
    throw ill_formed(label, node, "give it either sh:select or sh:ask");
  }
  const auto types = graph_->objects(node, sh("returnType"));
  if (types.size() > 1 || (types.size() == 1 && !types.front().is_iri())) {
    throw ill_formed(label, node, "sh:returnType is one IRI at most");
  }
  Request request;
  request.node = node;
  request.predicate = is_ask ? "ask" : "select";
  request.label = fmt::format("{}: its sh:{}", label, request.predicate);
  for (const auto& parameter : function.parameters) request.names.insert(parameter.name);
  request.columns = request.names;
  function.body = *make_rule(request);
  function.varies = is_random(function.body.query);
  if (!is_ask && function.body.query.projection.size() != 1) {
    throw ill_formed(
        request.label, node,
        fmt::format("it selects {} variables; select the value alone", function.body.query.projection.size()));
  }
} catch (const Error& error) {
  if (error.where() != base::Where{}) throw;
  throw Error(error.code(), error.message(), place_of(rdf::Term::iri(function.iri)));
}

std::map<std::string, std::shared_ptr<const SparqlFunction>, std::less<>> SparqlLoader::functions() {
  while (!unread_.empty()) {  // bodies add more of them
    if (options_->check) options_->check();
    const std::string iri = std::move(unread_.back());
    unread_.pop_back();
    read_body(*functions_.at(iri));
  }
  for (bool is_more = true; is_more;) {
    is_more = false;
    if (options_->check) options_->check();
    for (const auto& [iri, made] : functions_) {
      if (made == nullptr || made->varies) continue;
      made->varies = std::any_of(made->body.calls.begin(), made->body.calls.end(),
                                 [this](const std::string& called) { return functions_.at(called)->varies; });
      is_more = is_more || made->varies;
    }
  }
  std::map<std::string, std::shared_ptr<const SparqlFunction>, std::less<>> out;
  for (const auto& [iri, made] : functions_) {
    if (made != nullptr) out.emplace(iri, made);
  }
  return out;
}

}  // namespace scenograph::shacl
