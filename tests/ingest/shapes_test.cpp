#include "ingest/shapes.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/error.hpp"
#include "ingest/scratch_store.hpp"
#include "rdf/vocab.hpp"
#include "shacl/validate.hpp"
#include "support/temporary_folder.hpp"

namespace scenograph::ingest {

namespace {

/// "LINE: MESSAGE" of what is wrong with shapes in a file of Turtle, after two lines of prefixes.
std::string fault_of(const std::string& shapes) {
  const tests::TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "shapes.ttl";
  std::ofstream(path) << "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix : <http://ex.test/> .\n" << shapes;
  try {
    static_cast<void>(read_shapes(std::array{path}, {}));
  } catch (const base::Error& error) {
    CHECK(error.where().source == path.string());
    return std::to_string(error.where().line) + ": " + error.message();
  }
  return "no fault";
}

/// An entity of a class with the examples of all fields that a shape asks of it.
struct Model {
  rdf::Term entity;
  std::vector<rdf::Quad> quads;

  Model(const shacl::Shapes& shapes, const shacl::Shape& shape) : entity(rdf::Term::iri("http://ex.test/entity")) {
    for (const shacl::Target& target : shape.targets) say(rdf::Term::iri(rdf::rdf::type), target.term);
    for (const shacl::Constraint& constraint : shape.constraints) {
      if (constraint.component != shacl::Component::Property) continue;
      const shacl::Shape& field = shapes.at(constraint.shapes.front());
      if (field.path.front().kind != shacl::Path::Kind::Predicate) continue;
      for (const rdf::Term& example : field.examples) say(field.path.front().predicate, example);
    }
  }

  void say(const rdf::Term& predicate, const rdf::Term& object) { quads.push_back({entity, predicate, object, {}}); }
};

}  // namespace

TEST_CASE("examples that the shapes give are as the shapes want them", "[shapes]") {
  const shacl::Shapes shapes = default_shapes();
  std::size_t examples = 0;
  for (const shacl::Shape& shape : shapes.shapes) {
    if (!shape.has_active_targets()) continue;
    const Model model(shapes, shape);
    examples += model.quads.size() - shape.targets.size();
    ScratchStore scratch;
    const auto transaction = scratch.store().begin();
    for (const rdf::Quad& quad : model.quads) {
      transaction->insert({transaction->intern(quad.subject), transaction->intern(quad.predicate),
                           transaction->intern(quad.object), transaction->intern({})});
    }
    base::Budget budget;
    const shacl::Report report = shacl::validate(*transaction, shapes, {}, budget);
    for (const shacl::Result& result : report.results) {
      const auto is_value = [&result](const rdf::Quad& quad) { return quad.object == result.value; };
      INFO(shape.label << ": " << shacl::pick(report.messages_of(result), "en"));
      CHECK((result.value == model.entity || std::none_of(model.quads.begin(), model.quads.end(), is_value)));
    }
  }
  CHECK(examples > 30);
}

TEST_CASE("ill-formed shapes are told with the line of the file", "[shapes]") {
  CHECK(
      fault_of("\n:Fine sh:targetNode :x .\n\n:S sh:targetNode :x ; sh:datatype 1 .\n") ==
      "6: shape <http://ex.test/S> is ill-formed: sh:datatype \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> is not "
      "an IRI");
  CHECK(fault_of(":S sh:targetNode :x ;\n  sh:property [\n    sh:path :p ; sh:minCount -1 ] .\n").starts_with("5: "));
  CHECK(
      fault_of(":S sh:targetNode :x ;\n  sh:node :T .\n\n:T sh:not :S .\n") ==
      "6: shape <http://ex.test/S> is recursive, which SHACL leaves undefined: <http://ex.test/S> → <http://ex.test/T> "
      "→ <http://ex.test/S>; break the cycle");
}

TEST_CASE("ill-formed queries of shapes are told with the line of what has them", "[shapes]") {
  CHECK(
      fault_of(":S sh:targetNode :x ; sh:sparql :Q .\n\n:Q sh:select \"SELECT $this { MINUS { $this ?p ?o } }\" .\n") ==
      "5: shape <http://ex.test/S>: the sh:select of <http://ex.test/Q> is ill-formed: it has MINUS, which a query "
      "with "
      "pre-bound variables may not use: write FILTER NOT EXISTS");
}

}  // namespace scenograph::ingest
