#include "shacl/internal/function_caller.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "rdf/vocab.hpp"
#include "shacl/internal/prebinding.hpp"
#include "shacl/internal/unowned.hpp"
#include "sparql/exec/run_algebra.hpp"

namespace scenograph::shacl {

namespace {

constexpr std::size_t most_levels = 32;
constexpr std::size_t most_stack_bytes = std::size_t{2} << 20U;
constexpr std::size_t most_known_bytes = std::size_t{16} << 20U;

void append_text(std::string& key, std::string_view text) {
  key += std::to_string(text.size());
  key += ':';
  key += text;
}

/// The same for the same call alone.
std::string key_of(std::string_view iri, std::span<const sparql::CustomFunctions::Argument> arguments) {
  std::string key;
  append_text(key, iri);
  for (const auto& argument : arguments) {
    key += argument ? static_cast<char>('a' + static_cast<int>(argument->type)) : '-';
    if (!argument) continue;
    append_text(key, argument->value);
    if (!argument->is_literal()) continue;
    append_text(key, argument->datatype);
    append_text(key, argument->language);
  }
  return key;
}

}  // namespace

/// A call under way.
class FunctionCaller::Level {
 public:
  Level(FunctionCaller& caller, std::string_view iri) : caller_(caller) {
    const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
    if (caller.depth_ == 0) caller.stack_ = here;
    const std::uintptr_t used = std::max(here, caller.stack_) - std::min(here, caller.stack_);
    if (caller.depth_ == most_levels || used > most_stack_bytes) {
      throw base::Error(
          base::Code::TooLarge,
          fmt::format("the function <{}>: functions call each other more than {} deep, or with queries too "
                      "large for that; see that recursion comes to an end, or use a property path",
                      iri, most_levels));
    }
    ++caller.depth_;
  }
  ~Level() { --caller_.depth_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;

 private:
  FunctionCaller& caller_;
};

FunctionCaller::FunctionCaller(const store::View& view, const Shapes& shapes, const Options& options,
                               base::Budget& budget)
    : view_(unowned(view)), shapes_(&shapes), options_(&options), budget_(unowned(budget)), charge_(budget) {}

std::optional<std::size_t> FunctionCaller::most_arguments(std::string_view iri) const {
  const auto found = shapes_->functions.find(iri);
  if (found == shapes_->functions.end()) return std::nullopt;
  return found->second->parameters.size();
}

std::optional<rdf::Term> FunctionCaller::call(std::string_view iri, std::span<const Argument> arguments) {
  return call(*shapes_->functions.find(iri)->second, arguments);
}

std::optional<rdf::Term> FunctionCaller::call(const SparqlFunction& function, std::span<const Argument> arguments) {
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    const bool is_given = i < arguments.size() && arguments[i];
    if (!is_given && !function.parameters[i].optional) return std::nullopt;
  }
  if (function.varies) return run(function, arguments);
  std::string key = key_of(function.iri, arguments);
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  Value value = run(function, arguments);
  remember(std::move(key), value);
  return value;
}

std::optional<rdf::Term> FunctionCaller::run(const SparqlFunction& function, std::span<const Argument> arguments) {
  const Level level(*this, function.iri);
  Bindings bindings;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i]) bindings.emplace(function.parameters[i].name, *arguments[i]);
  }
  sparql::algebra::Query query = function.body.query;
  put_in(query, bindings);
  return as_own(first(function, std::move(query)), arguments);
}

std::optional<rdf::Term> FunctionCaller::first(const SparqlFunction& function, sparql::algebra::Query query) {
  sparql::QueryOptions options;
  options.readable = options_->graphs;
  options.functions = unowned(static_cast<sparql::CustomFunctions&>(*this));
  const auto result = sparql::run_algebra(view_, std::move(query), options, budget_);
  if (function.body.is_ask()) return rdf::Term::literal(result->boolean() ? "true" : "false", rdf::xsd::boolean);
  Value least;
  for (sparql::SolutionBatch batch; result->next(batch);) {
    for (std::size_t row = 0; row < batch.size; ++row) {
      const auto found = batch.at(0, row);
      if (function.is_ordered()) return found ? std::optional(rdf::to_term(*found)) : std::nullopt;
      if (!found) continue;
      auto term = rdf::to_term(*found);
      if (!least || term < *least) least = std::move(term);
    }
  }
  return least;
}

/// Blank nodes that a query makes are none that another one makes.
std::optional<rdf::Term> FunctionCaller::as_own(Value value, std::span<const Argument> arguments) {
  if (!value || !value->is_blank() || view_->find(*value)) return value;
  if (std::find(arguments.begin(), arguments.end(), value) != arguments.end()) return value;
  return rdf::Term::blank(fmt::format("f{}.{}", ++blanks_, value->value));
}

void FunctionCaller::remember(std::string key, const Value& value) {
  const std::size_t bytes = sizeof(*known_.begin()) + 64 + key.size() + (value ? value->value.size() : 0);
  if (charge_.bytes() + bytes > most_known_bytes) {
    known_.clear();
    charge_.set(0);
  }
  charge_.add(bytes);
  known_.emplace(std::move(key), value);
}

}  // namespace scenograph::shacl
