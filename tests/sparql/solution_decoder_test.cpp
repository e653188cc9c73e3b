#include "sparql/exec/solution_decoder.hpp"

#include <catch2/catch.hpp>

#include <random>

#include "base/budget.hpp"
#include "rdf/vocab.hpp"
#include "sparql/memory_view.hpp"

using namespace scenograph;
using namespace scenograph::sparql;

namespace {

/// Ids of the view and of the query alone, and how to get at them.
struct Terms {
  tests::MemoryView view;
  base::Budget budget;
  TermTable table{view, budget};

  store::TermId stored(const rdf::Term& term) { return view.intern(term); }
};

Batch batch_of(std::vector<std::vector<store::TermId>> columns) {
  Batch batch;
  batch.size = columns.front().size();
  batch.columns = std::move(columns);
  return batch;
}

}  // namespace

TEST_CASE("Solutions hold the terms of their ids", "[exec]") {
  Terms terms;
  std::vector<store::TermId> ids = {{}, terms.stored(rdf::Term::iri("http://ex.test/a"))};
  for (int i = 0; i < 200; ++i) {
    const std::string text = "text number " + std::to_string(i);
    ids.push_back(terms.stored(i % 2 == 0 ? rdf::Term::literal(text) : rdf::Term::lang_literal(text, "fr")));
    ids.push_back(*store::inline_id(rdf::TermView(rdf::Term::literal(std::to_string(i), rdf::xsd::integer))));
    ids.push_back(terms.table.intern(rdf::Term::literal(text, "http://ex.test/type")));
    ids.push_back(terms.table.fresh_blank());
  }
  std::mt19937 random(4);
  std::vector<std::vector<store::TermId>> columns(3);
  for (auto& column : columns) {
    for (int row = 0; row < 1500; ++row) column.push_back(ids[random() % (1 + random() % ids.size())]);
  }
  const Batch rows = batch_of(columns);
  SolutionDecoder decoder(terms.table);
  SolutionBatch out;
  out.columns.resize(3);
  for (std::size_t from = 0; from < rows.size; from += out.size) {
    decoder.decode(rows, from, std::min<std::size_t>(1 + random() % 700, rows.size - from), out);
    REQUIRE(out.size > 0);
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t row = 0; row < out.size; ++row) {
        const store::TermId id = columns[i][from + row];
        const auto term = out.at(i, row);
        REQUIRE(term.has_value() != id.is_undefined());
        if (term) REQUIRE(rdf::to_term(*term) == terms.table.term(id));
      }
    }
  }
}

TEST_CASE("A term that comes again and again is held once", "[exec]") {
  Terms terms;
  const auto type = terms.stored(rdf::Term::iri("http://ex.test/type"));
  const auto name = terms.stored(rdf::Term::iri("http://ex.test/name"));
  std::vector<store::TermId> column;
  for (int row = 0; row < 2000; ++row) column.push_back(row % 2 == 0 ? type : name);
  SolutionDecoder decoder(terms.table);
  SolutionBatch out;
  out.columns.resize(2);
  decoder.decode(batch_of({column, column}), 0, column.size(), out);
  CHECK(out.size == 2000);
  CHECK(out.terms.size() == 2);
}

TEST_CASE("Fewer solutions are held at once where their terms are long", "[exec]") {
  Terms terms;
  std::vector<store::TermId> column;
  for (int row = 0; row < 1000; ++row) {
    column.push_back(terms.stored(rdf::Term::literal(std::to_string(row) + std::string(50'000, 'x'))));
  }
  const Batch rows = batch_of({column});
  SolutionDecoder decoder(terms.table);
  SolutionBatch out;
  out.columns.resize(1);
  decoder.decode(rows, 0, rows.size, out);
  CHECK(out.size >= 1);
  CHECK(out.terms.bytes() < 8'000'000);
}
