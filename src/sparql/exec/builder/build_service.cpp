#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "sparql/algebra/to_string.hpp"
#include "sparql/exec/builder/builder.hpp"
#include "sparql/exec/operators/deferred.hpp"
#include "sparql/exec/operators/rows.hpp"
#include "sparql/exec/operators/service.hpp"

// SERVICE is joined by asking the endpoint about the terms that the left side has, a bounded number at a time: a
// request then moves what matches, not all that the endpoint has. Only variables that are bound in all rows of a batch,
// and to no blank node, are sent: with them the answer is the join itself, each solution as often as it should come.

namespace scenograph::sparql {

using algebra::Pattern;
using store::TermId;

namespace {

constexpr double rows_guess = 1000;            ///< of an endpoint's answer: nothing is known of it
constexpr std::size_t rows_per_request = 200;  ///< VALUES of a request
constexpr double most_rows_sent = 20'000;      ///< of the left side; for more, all solutions are fetched once

const std::string* endpoint_variable(const Pattern& pattern) {
  const auto* variable = std::get_if<algebra::Variable>(&pattern.node);
  return variable == nullptr ? nullptr : &variable->name;
}

/// Variables that the endpoint's answer may have.
std::vector<std::string> visible_variables(const Pattern& pattern) {
  std::vector<std::string> out;
  for (const std::string& name : possible_variables(pattern.children[0])) {
    if (!name.starts_with("_:")) out.push_back(name);
  }
  return out;
}

bool is_sendable(const std::vector<TermId>& column, std::size_t size) {
  return std::none_of(column.begin(), column.begin() + static_cast<std::ptrdiff_t>(size),
                      [](TermId id) { return id.is_undefined() || id.kind() == store::IdKind::BlankNode; });
}

/// The terms of a batch that endpoints are asked about: one call for each endpoint and `rows_per_request` rows.
class Questions {
 public:
  Questions(const Pattern& pattern, const std::vector<std::string>& columns, TermTable& terms)
      : pattern_(pattern), columns_(columns), terms_(terms) {}

  /// @param keys  columns of the batch, by variable. @param endpoint  a column, or -1 where the endpoint is `constant`.
  std::vector<ServiceCall> ask(const Batch& batch, const std::vector<std::pair<std::string, std::size_t>>& keys,
                               int endpoint, TermId constant) {
    std::vector<std::size_t> sent;
    std::vector<std::string> names;
    for (const auto& [name, column] : keys) {
      if (!is_sendable(batch.columns[column], batch.size) || has_local_blank(batch, column)) continue;
      sent.push_back(column);
      names.push_back(name);
    }
    std::set<std::pair<TermId, std::vector<TermId>>> questions;
    for (std::size_t row = 0; row < batch.size; ++row) {
      std::vector<TermId> terms;
      for (const std::size_t column : sent) terms.push_back(batch.columns[column][row]);
      questions.emplace(endpoint < 0 ? constant : batch.columns[static_cast<std::size_t>(endpoint)][row],
                        std::move(terms));
    }
    return calls(questions, names);
  }

 private:
  bool has_local_blank(const Batch& batch, std::size_t column) const {
    for (std::size_t row = 0; row < batch.size; ++row) {
      const TermId id = batch.columns[column][row];
      if (id.kind() == store::IdKind::Local && terms_.term(id).is_blank()) return true;
    }
    return false;
  }

  std::vector<ServiceCall> calls(const std::set<std::pair<TermId, std::vector<TermId>>>& questions,
                                 const std::vector<std::string>& names) const {
    std::vector<ServiceCall> out;
    for (const auto& [endpoint, terms] : questions) {
      if (out.empty() || out.back().endpoint != endpoint || out.back().rows.size() == rows_per_request) {
        out.push_back({&pattern_, endpoint, columns_, names, {}});
      }
      if (!names.empty()) out.back().rows.push_back(terms);
    }
    return out;
  }

  const Pattern& pattern_;
  const std::vector<std::string>& columns_;
  TermTable& terms_;
};

}  // namespace

Plan Builder::plan_service(const Pattern& pattern, const Scope& scope, const Filters& filters, const Seed* seed) {
  if (!context_.services && !pattern.silent) {
    throw base::Error(base::Code::Denied, "SERVICE is not allowed here: --allow-service HOST allows an endpoint");
  }
  ServiceCall call;
  call.pattern = &pattern;
  call.columns = visible_variables(pattern);
  std::vector<TermId> known;
  for (const auto& [name, term] : *scope.bound) {
    if (std::find(call.columns.begin(), call.columns.end(), name) == call.columns.end()) continue;
    if (context_.terms.term(term).is_blank()) continue;
    call.known.push_back(name);
    known.push_back(term);
  }
  if (!known.empty()) call.rows.push_back(std::move(known));
  const std::string* variable = endpoint_variable(pattern);
  if (variable == nullptr) {
    call.endpoint = id_of(std::get<rdf::Term>(pattern.node));
  } else if (const auto at = scope.bound->find(*variable); at != scope.bound->end()) {
    call.endpoint = at->second;
  }
  Plan plan;
  plan.columns = call.columns;
  plan.rows = rows_guess;
  plan.op = make_service(context_, std::move(call));
  if (variable != nullptr && plan.column_of(*variable) < 0) {
    std::vector<std::string> with_endpoint = plan.columns;
    with_endpoint.push_back(*variable);
    plan = fixed_columns(std::move(plan), with_endpoint);
  }
  for (const auto& [name, term] : *scope.bound) {
    const int column = plan.column_of(name);
    if (column >= 0) plan.op = make_fix(std::move(plan.op), static_cast<std::size_t>(column), term);
  }
  plan = finish(std::move(plan), "Service " + algebra::to_string(pattern.node), {});
  if (seed != nullptr) {
    const double rows = plan.rows;
    plan = join(plan_seed(*seed), std::move(plan), rows);
  }
  return apply_filters(std::move(plan), filters, scope);
}

RightSide Builder::service_side(const Plan& left, Plan& right, const Pattern& pattern) {
  std::vector<std::pair<std::string, std::size_t>> keys;
  const std::vector<std::string> visible = visible_variables(pattern);
  for (const std::string& name : visible) {
    if (const int column = left.column_of(name); column >= 0) keys.emplace_back(name, static_cast<std::size_t>(column));
  }
  const std::string* variable = endpoint_variable(pattern);
  const int endpoint = variable == nullptr ? -1 : left.column_of(*variable);
  if (endpoint < 0 && (keys.empty() || left.rows > most_rows_sent)) return {std::move(right.op), nullptr};
  const TermId constant = variable == nullptr ? id_of(std::get<rdf::Term>(pattern.node)) : TermId{};
  auto node = right.node;
  node->label = "ServicePerBatch " + algebra::to_string(pattern.node);
  return {nullptr,
          [this, &pattern, visible, keys, endpoint, constant, node, columns = right.columns](const Batch& batch) {
            auto calls = std::make_shared<std::vector<ServiceCall>>(
                Questions(pattern, visible, context_.terms).ask(batch, keys, endpoint, constant));
            const std::size_t count = calls->size();
            return make_profiled(make_deferred(count,
                                               [this, calls, visible, columns, endpoint, &pattern](std::size_t number) {
                                                 const TermId asked = (*calls)[number].endpoint;
                                                 Plan plan;
                                                 plan.columns = visible;
                                                 plan.op = make_service(context_, std::move((*calls)[number]));
                                                 plan = fixed_columns(std::move(plan), columns);
                                                 if (endpoint < 0) return std::move(plan.op);
                                                 const int column = plan.column_of(*endpoint_variable(pattern));
                                                 return make_fix(std::move(plan.op), static_cast<std::size_t>(column),
                                                                 asked);
                                               }),
                                 node, *context_.budget);
          }};
}

}  // namespace scenograph::sparql
