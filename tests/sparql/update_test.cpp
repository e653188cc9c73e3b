#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "base/error.hpp"
#include "sparql/query.hpp"
#include "sparql/update/run_update.hpp"
#include "support/nquads.hpp"
#include "support/temporary_folder.hpp"

using namespace scenograph;
using namespace scenograph::sparql;

namespace {

/// A store in a folder of its own.
struct Fixture {
  scenograph::tests::TemporaryFolder folder;
  std::unique_ptr<store::Store> store = store::Store::open(folder.path());

  store::CommitResult update(const std::string& text, const UpdateOptions& options = {}) {
    return run_update(*store, "PREFIX : <x:>\n" + text, options);
  }

  /// All quads, as sorted N-Quads lines.
  std::string quads() const {
    const auto snapshot = store->snapshot();
    std::vector<rdf::Quad> out;
    const auto scan = snapshot->scan({});
    store::QuadBatch batch;
    while (scan->next(batch)) {
      for (std::size_t i = 0; i < batch.size; ++i) {
        out.push_back(
            {snapshot->term(batch.columns[0][i]), snapshot->term(batch.columns[1][i]),
             snapshot->term(batch.columns[2][i]),
             batch.columns[3][i] == store::default_graph ? rdf::Term{} : snapshot->term(batch.columns[3][i])});
      }
    }
    return scenograph::tests::to_nquads(out);
  }
};

}  // namespace

TEST_CASE("A request changes all or nothing", "[update]") {
  Fixture data;
  const auto result = data.update("INSERT DATA { :a :p 1 . GRAPH :g { :b :p 2 } } ; DELETE DATA { :a :p 1 }");
  CHECK(result.inserted == 1);
  CHECK(data.quads() == "<x:b> <x:p> \"2\"^^<http://www.w3.org/2001/XMLSchema#integer> <x:g> .\n");
  CHECK_THROWS_AS(data.update("CLEAR ALL ; COPY :nowhere TO :g"), base::Error);
  CHECK(data.store->info().quads == 1);
  CHECK(data.update("CLEAR ALL ; COPY SILENT :nowhere TO :g").removed == 1);
  CHECK(data.quads().empty());
}

TEST_CASE("WHERE sees what was there before its operation", "[update]") {
  Fixture data;
  data.update("INSERT DATA { :a :p :b . :b :p :c }");
  data.update("DELETE { ?x :p ?y } INSERT { ?y :p ?x ; :of [ :n ?x ] } WHERE { ?x :p ?y }");
  const auto count = [&](const std::string& pattern) {
    const auto result = run_query(data.store->snapshot(), "PREFIX : <x:> SELECT * {" + pattern + "}");
    SolutionBatch batch;
    return result->next(batch) ? batch.size : 0;
  };
  CHECK(count("?x :p ?y") == 2);
  CHECK(count(":b :p :a . :c :p :b . :b :of/:n :a . :c :of/:n :b") == 1);
  CHECK(count("?x :of ?b . FILTER(ISBLANK(?b))") == 2);
  data.update("INSERT { ?b :named ?name } WHERE { ?x :of ?b BIND(BNODE() AS ?name) }");
  CHECK(count("?x :of ?b . ?b :named ?n . FILTER(ISBLANK(?n))") == 2);
}

TEST_CASE("Graphs that the caller may not see stay as they are", "[update]") {
  Fixture data;
  data.update("INSERT DATA { GRAPH :mine { :a :p 1 } GRAPH :yours { :a :p 2 } }");
  UpdateOptions options;
  options.readable = store::GraphSet::of({*data.store->snapshot()->find(rdf::Term::iri("x:mine"))});
  CHECK_THROWS_AS(data.update("CLEAR GRAPH :yours", options), base::Error);
  CHECK_THROWS_AS(data.update("INSERT DATA { GRAPH :yours { :a :p 3 } }", options), base::Error);
  CHECK(data.update("CLEAR ALL", options).removed == 1);
  CHECK(data.quads() == "<x:a> <x:p> \"2\"^^<http://www.w3.org/2001/XMLSchema#integer> <x:yours> .\n");
}

TEST_CASE("LOAD is closed unless allowed", "[update]") {
  Fixture data;
  CHECK_THROWS_AS(data.update("LOAD <http://ex.test/d>"), base::Error);
  CHECK(data.update("LOAD SILENT <http://ex.test/d>").inserted == 0);
  UpdateOptions options;
  options.load = [](const std::string& address, const std::shared_ptr<base::Budget>&, const rdf::QuadSink& sink) {
    sink({rdf::Term::iri(address), rdf::Term::iri("x:p"), rdf::Term::blank("a"), {}});
  };
  data.update("LOAD <http://ex.test/d> INTO GRAPH :g", options);
  CHECK(data.quads() == "<http://ex.test/d> <x:p> _:b1 <x:g> .\n");
}
