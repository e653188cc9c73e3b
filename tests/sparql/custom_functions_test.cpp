#include "sparql/custom_functions.hpp"

#include <catch2/catch.hpp>

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "sparql/exec/run_algebra.hpp"
#include "sparql/memory_view.hpp"
#include "sparql/parse/parser.hpp"

namespace scenograph::sparql {

namespace {

/// <http://x/join> gives the texts of its arguments, at most three, or "-" for one that is an error; of none an error.
/// There is an xsd:integer of its own, too.
class Joining final : public CustomFunctions {
 public:
  std::optional<std::size_t> most_arguments(std::string_view iri) const override {
    const bool is_there = iri == "http://x/join" || iri == "http://www.w3.org/2001/XMLSchema#integer";
    return is_there ? std::optional<std::size_t>(3) : std::nullopt;
  }

  std::optional<rdf::Term> call(std::string_view, std::span<const Argument> arguments) override {
    if (arguments.empty()) return std::nullopt;
    std::string text;
    for (const Argument& argument : arguments) text += argument ? argument->value : "-";
    return rdf::Term::literal(text);
  }
};

/// The values of ?v, "unbound" where it is not.
std::vector<std::string> values(const std::string& query, bool with_functions = true) {
  QueryOptions options;
  if (with_functions) options.functions = std::make_shared<Joining>();
  auto view = std::make_shared<tests::MemoryView>();
  view->add(rdf::Term::iri("http://x/a"), rdf::Term::iri("http://x/p"), rdf::Term::iri("http://x/b"));
  view->add(rdf::Term::iri("http://x/a"), rdf::Term::iri("http://x/p"), rdf::Term::literal("c"));
  const auto result = run_algebra(view, parse_query("PREFIX : <http://x/> " + query), options, nullptr);
  std::vector<std::string> out;
  for (SolutionBatch batch; result->next(batch);) {
    for (std::size_t row = 0; row < batch.size; ++row) {
      const auto term = batch.at(0, row);
      out.push_back(term ? std::string(term->value) : "unbound");
    }
  }
  return out;
}

}  // namespace

TEST_CASE("a query calls functions that it is handed", "[functions]") {
  using Texts = std::vector<std::string>;
  CHECK(values("SELECT (:join('a', 1, 2.50) AS ?v) {}") == Texts{"a12.50"});
  CHECK(values("SELECT (:join(:join(1, ?none), 1/0) AS ?v) {}") == Texts{"1--"});
  CHECK(values("SELECT (:join() AS ?v) {}") == Texts{"unbound"});
  CHECK(values("SELECT ?v { ?s :p ?v FILTER (:join(?v) = 'c') }") == Texts{"c"});
  CHECK(values("SELECT ?v { ?s :p ?o BIND (:join(?s, ?o) AS ?v) } ORDER BY :join(?o)") ==
        Texts{"http://x/ac", "http://x/ahttp://x/b"});
  CHECK(values("SELECT (GROUP_CONCAT(:join('x')) AS ?v) { ?s :p ?o } GROUP BY (:join(?s))") == Texts{"x x"});
  CHECK(values("SELECT (1 AS ?v) { ?s :p ?o FILTER EXISTS { ?s :p ?c FILTER (:join(?c) = ?o) } }") == Texts{"1"});
  CHECK(values("PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT (xsd:integer('a') AS ?v) {}") == Texts{"a"});
}

TEST_CASE("functions that are not handed are not there, and have no more arguments than they take", "[functions]") {
  const auto code_of = [](const std::string& query, bool with_functions) {
    try {
      static_cast<void>(values(query, with_functions));
    } catch (const base::Error& error) {
      return std::string(base::name_of(error.code())) + ": " + error.message();
    }
    return std::string();
  };
  CHECK(code_of("SELECT (:join(1) AS ?v) {}", false) == "Unsupported: there is no function «http://x/join»");
  CHECK(code_of("SELECT (:other(1) AS ?v) {}", true) == "Unsupported: there is no function «http://x/other»");
  CHECK(code_of("SELECT (:join(1, 2, 3, 4) AS ?v) {}", true) ==
        "BadSyntax: <http://x/join> takes 3 argument(s) at most, here are 4");
}

}  // namespace scenograph::sparql
