#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "reference/evaluator.hpp"
#include "reference/generator.hpp"
#include "sparql/algebra/to_string.hpp"
#include "sparql/exec/run_algebra.hpp"
#include "sparql/memory_view.hpp"
#include "sparql/parse/parser.hpp"
#include "support/layered_store.hpp"
#include "support/nquads.hpp"

using namespace scenograph;

namespace {

std::string line_of(const reference::Solution& row) {
  std::string out;
  for (const auto& [name, term] : row) out += " ?" + name + "=" + rdf::to_ntriples(term);
  return out + "\n";
}

std::string sorted(std::vector<std::string> lines) {
  std::sort(lines.begin(), lines.end());
  std::string out;
  for (const std::string& line : lines) out += line;
  return out;
}

/// Labels of blank nodes as the engine gives them, and as the data had them.
using Labels = std::map<std::string, std::string>;

std::string by_engine(const std::shared_ptr<const store::View>& view, const sparql::algebra::Query& query,
                      bool union_default_graph, const Labels& labels = {},
                      sparql::CyclicJoins cyclic_joins = sparql::CyclicJoins::ByCost,
                      std::shared_ptr<base::Budget> budget = nullptr) {
  sparql::QueryOptions options;
  options.union_default_graph = union_default_graph;
  options.cyclic_joins = cyclic_joins;
  const auto result = sparql::run_algebra(view, query, options, std::move(budget));
  std::vector<std::string> lines;
  sparql::SolutionBatch batch;
  while (result->next(batch)) {
    for (std::size_t row = 0; row < batch.size; ++row) {
      reference::Solution solution;
      for (std::size_t i = 0; i < batch.columns.size(); ++i) {
        const auto cell = batch.at(i, row);
        if (!cell) continue;
        rdf::Term& term = solution[result->variables()[i]] = rdf::to_term(*cell);
        const auto label = term.is_blank() ? labels.find(term.value) : labels.end();
        if (label != labels.end()) term.value = label->second;
      }
      lines.push_back(line_of(solution));
    }
  }
  return sorted(std::move(lines));
}

std::shared_ptr<const store::View> in_memory(const std::vector<rdf::Quad>& quads) {
  auto view = std::make_shared<sparql::tests::MemoryView>();
  for (const rdf::Quad& quad : quads) view->add(quad.subject, quad.predicate, quad.object, quad.graph);
  return view;
}

std::string by_reference(const std::vector<rdf::Quad>& quads, const sparql::algebra::Query& query,
                         bool union_default_graph) {
  std::vector<std::string> lines;
  for (const auto& row : reference::Evaluator(quads, union_default_graph).evaluate(query))
    lines.push_back(line_of(row));
  return sorted(std::move(lines));
}

/// Compares both on the queries of some seeds, up to the first that differs.
///
/// @param spill_folder  where the engine keeps what takes memory, as if it had none; may be null.
/// @return              of how many queries something went there.
std::size_t compare(std::uint32_t first, std::uint32_t last, const std::filesystem::path* spill_folder = nullptr) {
  std::size_t with_rows = 0;
  std::size_t spilling = 0;
  for (std::uint32_t seed = first; seed <= last; ++seed) {
    reference::Generator generator(seed);
    const auto quads = generator.quads();
    const auto query = generator.query();
    const bool union_default_graph = seed % 2 == 0;
    const std::string expected = by_reference(quads, query, union_default_graph);
    const auto cyclic_joins = seed % 3 == 0 ? sparql::CyclicJoins::AtOnce : sparql::CyclicJoins::ByCost;
    const auto budget = std::make_shared<base::Budget>();
    if (spill_folder != nullptr) budget->allow_spilling(*spill_folder, UINT64_MAX, 1);
    const std::string got = by_engine(in_memory(quads), query, union_default_graph, {}, cyclic_joins, budget);
    if (!expected.empty()) ++with_rows;
    if (budget->spilled() > 0) ++spilling;
    if (got == expected) continue;
    UNSCOPED_INFO("seed " << seed << (union_default_graph ? ", union" : ", unnamed graph alone") << "\n"
                          << tests::to_nquads(quads) << "\n"
                          << sparql::algebra::to_string(query));
    CHECK(got == expected);
    return spilling;
  }
  CHECK(with_rows > (last - first) / 2);  // else the comparison says little
  return spilling;
}

}  // namespace

TEST_CASE("The engine agrees with the specification's words on random queries", "[reference]") { compare(1, 3000); }

TEST_CASE("The engine agrees with the specification's words when all that takes memory goes to disk", "[reference]") {
  const tests::TemporaryFolder folder;
  const std::filesystem::path path = folder.path();
  CHECK(compare(1, 3000, &path) > 600);
}

TEST_CASE("The engine agrees with itself over a store, whatever its layers, and compacted", "[reference]") {
  for (std::uint32_t seed = 1; seed <= 150; ++seed) {
    reference::Generator generator(seed);
    const auto quads = generator.quads();
    tests::LayeredStore stored(quads);
    std::vector<sparql::algebra::Query> queries;
    for (int i = 0; i < 20; ++i) queries.push_back(generator.query());
    const auto check = [&](const char* state) {
      for (const auto& query : queries) {
        CAPTURE(seed, state, sparql::algebra::to_string(query), tests::to_nquads(quads));
        REQUIRE(by_engine(stored.snapshot(), query, seed % 2 == 0, stored.labels()) ==
                by_reference(quads, query, seed % 2 == 0));
      }
    };
    check("in layers");
    if (std::none_of(quads.begin(), quads.end(),
                     [](const rdf::Quad& quad) { return quad.subject.is_blank() || quad.object.is_blank(); })) {
      stored.compact();
      check("compacted");
    }
  }
}

namespace {

/// A number below `end`.
unsigned below(std::mt19937& random, unsigned end) { return static_cast<unsigned>(random() % end); }

/// Links of two kinds among a few people, some also in a second graph.
std::vector<rdf::Quad> random_links(std::mt19937& random) {
  std::vector<rdf::Quad> quads;
  const unsigned people = 2 + below(random, 8);
  const auto person = [&] { return rdf::Term::iri(fmt::format("https://e.example/{}", below(random, people))); };
  const auto kind = [&] {
    return rdf::Term::iri(below(random, 3) == 0 ? "https://e.example/p" : "https://e.example/q");
  };
  const auto graph = [&] { return below(random, 4) == 0 ? rdf::Term::iri("https://e.example/g") : rdf::Term{}; };
  for (unsigned i = 4 + below(random, 30); i > 0; --i) quads.push_back({person(), kind(), person(), graph()});
  return quads;
}

/// A SELECT of triples over a few variables, most of which have cycles.
std::string random_cycle(std::mt19937& random) {
  const unsigned variables = 2 + below(random, 5);
  const auto end = [&] {
    return below(random, 12) == 0 ? fmt::format("<https://e.example/{}>", below(random, 4))
                                  : fmt::format("?v{}", below(random, variables));
  };
  std::string text = "SELECT * {";
  for (unsigned i = 2 + below(random, 6); i > 0; --i) {
    text += fmt::format(" {} <https://e.example/{}> {} .", end(), below(random, 3) == 0 ? "p" : "q", end());
  }
  if (below(random, 4) == 0) text += " FILTER(?v0 != ?v1)";
  return below(random, 2) == 0 ? text + "}" : "SELECT ?v0 {" + text.substr(text.find('{') + 1) + "}";
}

}  // namespace

TEST_CASE("Cycles joined at once give what they give one by one, and what the specification says", "[reference]") {
  std::mt19937 random(7);
  std::size_t at_once = 0;
  for (int round = 0; round < 3000; ++round) {
    const auto quads = random_links(random);
    const std::string text = random_cycle(random);
    const auto query = sparql::parse_query(text, {});
    CAPTURE(round, text, tests::to_nquads(quads));
    const std::string expected = by_reference(quads, query, true);
    const auto view = in_memory(quads);
    REQUIRE(by_engine(view, query, true, {}, sparql::CyclicJoins::OneByOne) == expected);
    REQUIRE(by_engine(view, query, true, {}, sparql::CyclicJoins::AtOnce) == expected);
    sparql::QueryOptions options;
    options.cyclic_joins = sparql::CyclicJoins::AtOnce;
    const auto plan = sparql::run_algebra(view, query, options, nullptr)->explain(sparql::ExplainFormat::Text);
    if (plan.find("MultiwayJoin") != std::string::npos) ++at_once;
  }
  CHECK(at_once > 300);
}

// Hidden: run it with "[long]".
TEST_CASE("The engine agrees on many random queries", "[.][long]") { compare(3001, 60'000); }

// Hidden: an hour of it, or as many seconds as SCENOGRAPH_SECONDS says, with "[hour]".
TEST_CASE("The engine agrees on random queries for a long time", "[.][hour]") {
  const char* const seconds = std::getenv("SCENOGRAPH_SECONDS");
  const auto end =
      std::chrono::steady_clock::now() + std::chrono::seconds(seconds == nullptr ? 3600 : std::atoi(seconds));
  constexpr std::uint32_t at_once = 10'000;
  std::uint32_t first = 100'000;
  const tests::TemporaryFolder folder;
  const std::filesystem::path path = folder.path();
  for (; std::chrono::steady_clock::now() < end; first += at_once) {
    compare(first, first + at_once - 1, (first / at_once) % 2 == 0 ? &path : nullptr);
  }
  WARN(first - 100'000 << " queries compared");
}
