#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "sparql/exec/run_algebra.hpp"
#include "sparql/memory_view.hpp"
#include "sparql/parse/parser.hpp"
#include "support/temporary_folder.hpp"

using namespace scenograph;

namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20U;

/// Events with names and numbers, many of them equal.
std::shared_ptr<const store::View> make_events(std::size_t count) {
  std::mt19937 random(3);
  auto view = std::make_shared<sparql::tests::MemoryView>();
  const auto name = rdf::Term::iri("https://e.example/name");
  const auto price = rdf::Term::iri("https://e.example/price");
  const std::string integer = "http://www.w3.org/2001/XMLSchema#integer";
  for (std::size_t i = 0; i < count; ++i) {
    const auto event = rdf::Term::iri(fmt::format("https://e.example/event/{}", i));
    view->add(event, name,
              rdf::Term::literal(fmt::format("a name that is too long for an id {}", random() % (count / 4))));
    view->add(event, price, rdf::Term::literal(std::to_string(random() % 50), integer));
  }
  return view;
}

struct Answer {
  std::vector<std::string> rows;
  std::string plan;
};

Answer ask(const std::shared_ptr<const store::View>& view, const std::string& text,
           std::shared_ptr<base::Budget> budget = nullptr) {
  const auto result = sparql::run_algebra(view, sparql::parse_query(text), {}, std::move(budget));
  Answer answer;
  sparql::SolutionBatch batch;
  while (result->next(batch)) {
    for (std::size_t row = 0; row < batch.size; ++row) {
      std::string line;
      for (std::size_t column = 0; column < batch.columns.size(); ++column) {
        const auto term = batch.at(column, row);
        line += term ? rdf::to_ntriples(rdf::to_term(*term)) + " " : "- ";
      }
      answer.rows.push_back(std::move(line));
    }
  }
  answer.plan = result->explain(sparql::ExplainFormat::Text);
  return answer;
}

}  // namespace

TEST_CASE("ORDER BY gives the same rows in the same order whether they fit in memory or not") {
  const auto view = make_events(20'000);
  const tests::TemporaryFolder folder;
  const std::string pattern =
      "PREFIX : <https://e.example/> SELECT ?name ?price ?event { ?event :name ?name ; :price ?price }";
  for (const char* order : {"?price ?event", "DESC(?price) ?name", "?name DESC(?price)", "DESC(?name)",
                            "?name LIMIT 15000", "?price OFFSET 100 LIMIT 19000"}) {
    CAPTURE(order);
    const std::string text = pattern + " ORDER BY " + order;
    const auto budget = std::make_shared<base::Budget>(std::chrono::milliseconds(0), 12 * mebibyte);
    budget->allow_spilling(folder.path() / "spill", 100 * mebibyte);
    const Answer in_memory = ask(view, text);
    const Answer on_disk = ask(view, text, budget);
    CHECK(on_disk.rows == in_memory.rows);
    CHECK(in_memory.plan.find("on disk") == std::string::npos);
    CHECK(budget->peak() <= 12 * mebibyte);
  }
}

TEST_CASE("a sort on disk needs room there, and leaves no file behind") {
  const auto view = make_events(20'000);
  const tests::TemporaryFolder folder;
  const std::string text = "PREFIX : <https://e.example/> SELECT ?name ?event { ?event :name ?name } ORDER BY ?name";
  const auto budget = std::make_shared<base::Budget>(std::chrono::milliseconds(0), 8 * mebibyte);
  budget->allow_spilling(folder.path() / "spill", 100 * mebibyte);
  const Answer answer = ask(view, text, budget);
  CHECK(answer.rows.size() == 20'000);
  CHECK(answer.plan.find("MiB on disk") != std::string::npos);
  CHECK(budget->spilled() == 20'000 * 2 * sizeof(store::TermId));
  CHECK(std::filesystem::is_empty(folder.path() / "spill"));

  const auto small = std::make_shared<base::Budget>(std::chrono::milliseconds(0), 8 * mebibyte);
  small->allow_spilling(folder.path() / "spill", mebibyte / 8);
  CHECK_THROWS_WITH(ask(view, text, small), Catch::Contains("--query-spill"));

  const auto none = std::make_shared<base::Budget>(std::chrono::milliseconds(0), mebibyte);
  CHECK_THROWS_WITH(ask(view, text, none), Catch::Contains("--query-memory"));
}
