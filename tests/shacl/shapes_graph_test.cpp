#include <catch2/catch.hpp>

#include <set>
#include <string>

#include "shacl/validate.hpp"
#include "sparql/memory_view.hpp"

namespace scenograph::shacl {

TEST_CASE("queries see the shapes graph beside the graphs that are validated, and no others", "[sparql]") {
  using rdf::Term;
  const std::string sh = "http://www.w3.org/ns/shacl#";
  const Term p = Term::iri("http://ex.test/p");
  const Term node = Term::iri("http://ex.test/node");
  const Term shape = Term::iri("http://ex.test/S");
  const Term rule = Term::blank("b0");
  sparql::tests::MemoryView view;
  view.add(node, p, Term::literal("validated"), Term::iri("http://ex.test/g1"));
  view.add(node, p, Term::literal("not validated"), Term::iri("http://ex.test/g2"));
  view.add(Term::blank("b0"), p, Term::literal("a blank node of the data, labelled as one of the shapes"));
  const Shapes shapes = load_shapes(std::vector<rdf::Quad>{
      {shape, Term::iri(sh + "targetNode"), node, {}},
      {shape, p, Term::literal("of the shape"), {}},
      {shape, Term::iri(sh + "sparql"), rule, {}},
      {rule, p, Term::literal("of the rule"), {}},
      {rule,
       Term::iri(sh + "select"),
       Term::literal("SELECT $this ?value { { $this <http://ex.test/p> ?value } UNION "
                     "{ GRAPH $shapesGraph { $currentShape <http://ex.test/p> ?value } } UNION "
                     "{ GRAPH $shapesGraph { ?any <http://www.w3.org/ns/shacl#sparql>/<http://ex.test/p> ?value } } }"),
       {}},
  });
  Options options;
  options.graphs = store::GraphSet::of({*view.find(Term::iri("http://ex.test/g1"))});
  base::Budget budget;
  const Report report = validate(view, shapes, options, budget);
  std::set<std::string> values;
  for (const Result& result : report.results) values.insert(result.value.value().value);
  CHECK(values == std::set<std::string>{"validated", "of the shape", "of the rule"});
  CHECK(report.total == 3);
}

}  // namespace scenograph::shacl
