#include <catch2/catch.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "reference/evaluator.hpp"
#include "reference/generator.hpp"
#include "sparql/algebra/to_string.hpp"
#include "sparql/exec/run_algebra.hpp"
#include "sparql/memory_view.hpp"
#include "support/isomorphism.hpp"

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

std::string by_engine(const std::vector<rdf::Quad>& quads, const sparql::algebra::Query& query,
                      bool union_default_graph) {
  auto view = std::make_shared<sparql::tests::MemoryView>();
  for (const rdf::Quad& quad : quads) view->add(quad.subject, quad.predicate, quad.object, quad.graph);
  sparql::QueryOptions options;
  options.union_default_graph = union_default_graph;
  const auto result = sparql::run_algebra(view, query, options, nullptr);
  std::vector<std::string> lines;
  sparql::SolutionBatch batch;
  while (result->next(batch)) {
    for (std::size_t row = 0; row < batch.size; ++row) {
      reference::Solution solution;
      for (std::size_t i = 0; i < batch.columns.size(); ++i) {
        if (batch.columns[i][row]) solution[result->variables()[i]] = *batch.columns[i][row];
      }
      lines.push_back(line_of(solution));
    }
  }
  return sorted(std::move(lines));
}

std::string by_reference(const std::vector<rdf::Quad>& quads, const sparql::algebra::Query& query,
                         bool union_default_graph) {
  std::vector<std::string> lines;
  for (const auto& row : reference::Evaluator(quads, union_default_graph).evaluate(query))
    lines.push_back(line_of(row));
  return sorted(std::move(lines));
}

/// Compares both on the queries of some seeds, up to the first that differs.
void compare(std::uint32_t first, std::uint32_t last) {
  std::size_t with_rows = 0;
  for (std::uint32_t seed = first; seed <= last; ++seed) {
    reference::Generator generator(seed);
    const auto quads = generator.quads();
    const auto query = generator.query();
    const bool union_default_graph = seed % 2 == 0;
    const std::string expected = by_reference(quads, query, union_default_graph);
    const std::string got = by_engine(quads, query, union_default_graph);
    if (!expected.empty()) ++with_rows;
    if (got == expected) continue;
    UNSCOPED_INFO("seed " << seed << (union_default_graph ? ", union" : ", unnamed graph alone") << "\n"
                          << tests::to_nquads(quads) << "\n"
                          << sparql::algebra::to_string(query));
    CHECK(got == expected);
    return;
  }
  CHECK(with_rows > (last - first) / 2);  // else the comparison says little
}

}  // namespace

TEST_CASE("The engine agrees with the specification's words on random queries", "[reference]") { compare(1, 3000); }

// Hidden: run it with "[long]".
TEST_CASE("The engine agrees on many random queries", "[.][long]") { compare(3001, 60'000); }
