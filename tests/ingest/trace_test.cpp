#include "ingest/trace.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>

#include "ingest/ingest.hpp"
#include "ingest/mapped_fields.hpp"
#include "ingest/scratch_store.hpp"
#include "ingest/shapes.hpp"
#include "support/temporary_folder.hpp"

namespace scenograph::ingest {

namespace {

using shacl::Field;

constexpr std::string_view prefixes = R"(@prefix ex: <http://ex.test/> .
@prefix rml: <http://w3id.org/rml/> .
@prefix schema: <http://schema.org/> .
@prefix scgf: <https://w3id.org/scenograph/fn#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
<#table> rml:source "agenda.csv" ; rml:referenceFormulation rml:CSV .
)";

constexpr std::string_view shows = R"(
<#show> rml:logicalSource <#table> ; rml:subjectMap [ rml:template "show/{Code}" ; rml:class ex:Show ] ;
  rml:predicateObjectMap [ rml:predicate ex:name ; rml:objectMap [ rml:reference "Titre" ] ],
    [ rml:predicate ex:country ; rml:object "FR" ],
    [ rml:predicate ex:hall ; rml:objectMap [ rml:template "hall-{Salle}" ; rml:termType rml:BlankNode ] ],
    [ rml:predicate ex:start ; rml:objectMap [ rml:functionExecution <#start> ] ] .
<#hall> rml:logicalSource <#table> ;
  rml:subjectMap [ rml:template "hall-{Salle}" ; rml:termType rml:BlankNode ; rml:class ex:Hall ] ;
  rml:predicateObjectMap [ rml:predicate ex:name ; rml:objectMap [ rml:reference "Salle" ] ],
    [ rml:predicate ex:town ; rml:objectMap [ rml:reference "Ville" ] ] .
<#start> rml:function scgf:parse_date_time ;
  rml:input [ rml:parameter scgf:date ; rml:inputValueMap [ rml:reference "Date" ] ],
            [ rml:parameter scgf:time ; rml:inputValueMap [ rml:reference "Heure" ] ] .
)";

/// A store with what some exports give, and how their reports are traced.
class World {
 public:
  IngestResult ingest(std::string_view mapping, std::string_view table, const std::string& name = "agenda",
                      const Gate& gate = {}) {
    Source source;
    source.path = write(name + ".csv", table);
    source.mapping = write(name + ".rml.ttl", std::string(prefixes) + std::string(mapping));
    source.base_iri = "http://base.test/";
    return ingest::ingest(scratch_.store(), source, graph(name), "", gate, {});
  }

  /// Of a property shape with `constraint` on things of the class.
  shacl::Report report(std::string_view type, std::string_view constraint) {
    const auto shapes = shapes_of(type, constraint);
    base::Budget budget;
    const store::Snapshot view = scratch_.store().snapshot();
    shacl::Report report = shacl::validate(*view, shapes, {}, budget);
    trace(*view, store::GraphSet::all(), budget, report);
    return report;
  }

  shacl::Shapes shapes_of(std::string_view type, std::string_view constraint) {
    std::string text(prefixes);
    text.append("ex:S sh:targetClass ").append(type).append(" ; sh:property [ ").append(constraint).append(" ] .\n");
    return read_shapes(std::array{write("shapes.ttl", text)}, {});
  }

  /// The fields of the only result.
  std::vector<Field> fields(std::string_view type, std::string_view constraint) {
    return fields_of(report(type, constraint));
  }

  static std::vector<Field> fields_of(const shacl::Report& report) {
    REQUIRE(report.results.size() == 1);
    std::vector<Field> fields;
    for (const std::uint32_t index : report.results.front().fields) fields.push_back(report.fields.at(index));
    return fields;
  }

  static std::vector<shacl::Record> records_of(const shacl::Report& report) {
    REQUIRE(report.results.size() == 1);
    return report.entities.at(report.results.front().focus_node).records;
  }

  store::Store& store() { return scratch_.store(); }

  static rdf::Term graph(const std::string& name) { return rdf::Term::iri("http://base.test/graph/" + name); }

  /// Of the graph that provenance is in.
  std::uint64_t provenance_size() {
    const auto view = store().snapshot();
    return view->count({{}, {}, {}, view->find(graph("provenance")).value()});
  }

 private:
  std::filesystem::path write(const std::string& name, std::string_view content) {
    std::ofstream(folder_.path() / name) << content;
    return folder_.path() / name;
  }

  tests::TemporaryFolder folder_;
  ScratchStore scratch_;
};

const std::vector<Field> start_columns{{Field::Kind::Columns, "agenda.csv", {"Date", "Heure"}}};

}  // namespace

TEST_CASE("results are traced to columns and records", "[trace]") {
  World world;
  world.ingest(shows, "Code,Titre,Date,Heure,Salle,Ville\nA 1,Ph,2026-01-01,20:30,Nef,\n");
  const auto name = world.report("ex:Show", "sh:path ex:name ; sh:minLength 3");
  CHECK(World::fields_of(name) == std::vector<Field>{{Field::Kind::Columns, "agenda.csv", {"Titre"}}});
  CHECK(World::records_of(name) == std::vector<shacl::Record>{{"agenda.csv", {{"Code", "A 1"}}}});
  CHECK(world.fields("ex:Show", "sh:path ex:start ; sh:maxCount 0") == start_columns);
  CHECK(world.fields("ex:Show", "sh:path ex:country ; sh:maxLength 1") ==
        std::vector<Field>{{Field::Kind::Constant, "agenda.rml.ttl", {}}});
  CHECK(world.fields("ex:Show", "sh:path ex:image ; sh:minCount 1") ==
        std::vector<Field>{{Field::Kind::NoColumn, "agenda.csv", {}}});
  CHECK(world.fields("ex:Show", "sh:path [ sh:alternativePath ( ex:image ex:name ) ] ; sh:maxCount 0") ==
        std::vector<Field>{{Field::Kind::Columns, "agenda.csv", {"Titre"}}});
  CHECK(world.fields("ex:Show", "sh:path [ sh:inversePath ex:image ] ; sh:minCount 1").empty());
  CHECK(world.fields("ex:Show", "sh:path ( [ sh:zeroOrMorePath ex:part ] ex:start ) ; sh:minCount 2") == start_columns);
  CHECK(world.fields("ex:Show", "sh:path ( [ sh:zeroOrMorePath ex:part ] ex:image ) ; sh:minCount 1").empty());
  CHECK(world.fields("ex:Show", "sh:path [ sh:oneOrMorePath ex:name ] ; sh:minCount 2") ==
        std::vector<Field>{{Field::Kind::Columns, "agenda.csv", {"Titre"}}});
}

TEST_CASE("nodes that were blank are traced by their classes, and sequences to their last node", "[trace]") {
  World world;
  world.ingest(shows, "Code,Titre,Date,Heure,Salle,Ville\n1,Ph,2026-01-01,20:30,Nef,\n");
  const auto town = world.report("ex:Hall", "sh:path ex:town ; sh:minCount 1");
  CHECK(World::fields_of(town) == std::vector<Field>{{Field::Kind::Columns, "agenda.csv", {"Ville"}}});
  CHECK(World::records_of(town) == std::vector<shacl::Record>{{"agenda.csv", {{"Salle", "Nef"}}}});
  const std::vector<Field> name{{Field::Kind::Columns, "agenda.csv", {"Salle"}}};
  CHECK(world.fields("ex:Show", "sh:path ( ex:hall ex:name ) ; sh:minLength 9") == name);
  CHECK(world.fields("ex:Show", "sh:path ( ex:hall ex:town ) ; sh:minCount 1") ==
        std::vector<Field>{{Field::Kind::Columns, "agenda.csv", {"Ville"}}});
  CHECK(world.fields("ex:Show", "sh:path ( ex:image ex:url ) ; sh:minCount 1") ==
        std::vector<Field>{{Field::Kind::NoColumn, "agenda.csv", {}}});
}

TEST_CASE("a value is traced to the export that says it", "[trace]") {
  World world;
  const auto table = [](const std::string& title) {
    return "Code,Titre,Date,Heure,Salle,Ville\n1," + title + ",,,,\n";
  };
  world.ingest(shows, table("Phèdre"));
  world.ingest(shows, table("Ph"), "other");
  CHECK(world.fields("ex:Show", "sh:path ex:name ; sh:minLength 3") ==
        std::vector<Field>{{Field::Kind::Columns, "other.csv", {"Titre"}}});
  const auto both = world.report("ex:Show", "sh:path ex:start ; sh:minCount 1");
  CHECK(World::fields_of(both) == std::vector<Field>{{Field::Kind::Columns, "agenda.csv", {"Date", "Heure"}},
                                                     {Field::Kind::Columns, "other.csv", {"Date", "Heure"}}});
  CHECK(World::records_of(both) ==
        std::vector<shacl::Record>{{"agenda.csv", {{"Code", "1"}}}, {"other.csv", {{"Code", "1"}}}});
}

TEST_CASE("of several triples maps those count whose template and constants the node has", "[trace]") {
  World world;
  world.ingest(R"(
<#full> rml:logicalSource <#table> ; rml:subjectMap [ rml:template "full-{Code}" ; rml:termType rml:BlankNode ; rml:class ex:Offer ] ;
  rml:predicateObjectMap [ rml:predicate ex:name ; rml:object "Plein" ],
    [ rml:predicate ex:price ; rml:objectMap [ rml:reference "Plein tarif" ] ] .
<#reduced> rml:logicalSource <#table> ; rml:subjectMap [ rml:template "reduced-{Code}" ; rml:termType rml:BlankNode ; rml:class ex:Offer ] ;
  rml:predicateObjectMap [ rml:predicate ex:name ; rml:object "Réduit" ],
    [ rml:predicate ex:price ; rml:objectMap [ rml:reference "Tarif réduit" ] ] .
<#house> rml:logicalSource <#table> ; rml:subjectMap [ rml:constant <http://ex.test/house> ; rml:class ex:Body ] ;
  rml:predicateObjectMap [ rml:predicate ex:town ; rml:object "Port" ] .
<#company> rml:logicalSource <#table> ; rml:subjectMap [ rml:template "body/{Code}" ; rml:class ex:Body ] ;
  rml:predicateObjectMap [ rml:predicate ex:code ; rml:objectMap [ rml:template "{Code}/{Plein tarif}" ; rml:termType rml:Literal ] ] .
)",
               "Code,Plein tarif,Tarif réduit\n1,20,x\n");
  CHECK(world.fields("ex:Offer", "sh:path ex:price ; sh:pattern \"^[0-9]+$\"") ==
        std::vector<Field>{{Field::Kind::Columns, "agenda.csv", {"Tarif réduit"}}});
  CHECK(world.fields("ex:Body", "sh:path ex:town ; sh:maxCount 0") ==
        std::vector<Field>{{Field::Kind::Constant, "agenda.rml.ttl", {}}});
  CHECK(world.fields("ex:Body", "sh:path ex:code ; sh:maxCount 0") ==
        std::vector<Field>{{Field::Kind::Columns, "agenda.csv", {"Code", "Plein tarif"}}});
}

TEST_CASE("subjects that are values are told as the export has them", "[trace]") {
  World world;
  constexpr std::string_view mapping = R"(
<#page> rml:logicalSource <#table> ; rml:baseIRI <http://venue.test/> ; rml:subjectMap [ rml:reference "Id" ; rml:class ex:Page ] ;
  rml:predicateObjectMap [ rml:predicate ex:name ; rml:objectMap [ rml:reference "Titre" ] ] .
)";
  const auto record_of = [&](const std::string& id) {
    world.ingest(mapping, "Id,Titre\n" + id + ",Ph\n");
    return World::records_of(world.report("ex:Page", "sh:path ex:name ; sh:minLength 3"));
  };
  for (const char* id : {"f40-84", "http://venue.test/shows/phedre", "http://other.test/x"}) {
    CHECK(record_of(id) == std::vector<shacl::Record>{{"agenda.csv", {{"Id", id}}}});
  }
}

TEST_CASE("paths of JSON are told from the root", "[trace]") {
  World world;
  const auto result = world.ingest(R"(
<#json> rml:source "x.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$.shows[*]" .
<#show> rml:logicalSource <#json> ; rml:subjectMap [ rml:template "http://ex.test/{$.id}" ; rml:class ex:Show ] ;
  rml:predicateObjectMap [ rml:predicate ex:name ; rml:objectMap [ rml:reference "title.fr" ] ] .
)",
                                   R"({"shows":[{"id":7,"title":{"fr":"x"}}]})");
  CHECK(result.quads == 2);
  const auto report = world.report("ex:Show", "sh:path ex:name ; sh:minLength 3");
  CHECK(World::fields_of(report) == std::vector<Field>{{Field::Kind::Members, "agenda.csv", {"shows[*].title.fr"}}});
  CHECK(World::records_of(report) == std::vector<shacl::Record>{{"agenda.csv", {{"shows[*].id", "7"}}}});
  CHECK(world.fields("ex:Show", "sh:path ex:image ; sh:minCount 1") ==
        std::vector<Field>{{Field::Kind::NoMember, "agenda.csv", {}}});
  CHECK(shown_reference("$[*].title.fr", false) == "title.fr");
  CHECK(shown_reference("$", false) == "$");
  CHECK(shown_reference("$.odd column", true) == "$.odd column");
}

TEST_CASE("triples maps that make one node together are traced together", "[trace]") {
  World world;
  world.ingest(R"(
<#json> rml:source "x.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$.shows[*]" .
<#dates> rml:source "x.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$.shows[*].dates[*]" .
<#date> rml:logicalSource <#json> ;
  rml:subjectMap [ rml:template "date-{$.dates[*].day}" ; rml:termType rml:BlankNode ; rml:class ex:Date ] ;
  rml:predicateObjectMap [ rml:predicate ex:name ; rml:objectMap [ rml:reference "title" ] ],
    [ rml:predicate <https://schema.org/eventStatus> ; rml:object "cancelled" ] .
<#day> rml:logicalSource <#dates> ; rml:subjectMap [ rml:template "date-{$.day}" ; rml:termType rml:BlankNode ] ;
  rml:predicateObjectMap [ rml:predicate ex:day ; rml:objectMap [ rml:reference "day" ] ],
    [ rml:predicate ex:country ; rml:object "FR" ] .
)",
               R"({"shows":[{"title":"x","dates":[{"day":"2026-01-01"}]}]})");
  const auto report = world.report("ex:Date", "sh:path ex:name ; sh:minLength 3");
  CHECK(World::fields_of(report) == std::vector<Field>{{Field::Kind::Members, "agenda.csv", {"shows[*].title"}}});
  CHECK(World::records_of(report) ==
        std::vector<shacl::Record>{{"agenda.csv", {{"shows[*].dates[*].day", "2026-01-01"}}}});
  CHECK(world.fields("ex:Date", "sh:path schema:eventStatus ; sh:maxCount 0") ==
        std::vector<Field>{{Field::Kind::Constant, "agenda.rml.ttl", {}}});
}

TEST_CASE("the list of fields follows the mapping", "[trace]") {
  World world;
  constexpr std::string_view table = "Code,Titre,Date,Heure,Salle,Ville\n1,Ph,2026-01-01,20:30,Nef,Port\n";
  world.ingest(shows, table);
  const auto size = world.provenance_size();
  const auto commit = world.store().snapshot()->commit_number();
  world.ingest(shows, table);
  CHECK(world.store().snapshot()->commit_number() == commit);

  // Another mapping that makes the same of the same table: only the list changes.
  std::string renamed(shows);
  renamed.replace(renamed.find("\"Titre\""), 7, "\"_col.2\"");
  const auto again = world.ingest(renamed, table);
  CHECK(again.commit.number == commit + 1);
  CHECK(again.commit.inserted == 1);
  CHECK(again.commit.removed == 1);
  CHECK_FALSE(again.report);
  CHECK(world.provenance_size() == size);
  CHECK(world.fields("ex:Show", "sh:path ex:name ; sh:minLength 3") ==
        std::vector<Field>{{Field::Kind::Columns, "agenda.csv", {"_col.2"}}});

  // A shorter mapping leaves nothing of the longer one.
  world.ingest(R"(
<#show> rml:logicalSource <#table> ; rml:subjectMap [ rml:template "show/{Code}" ; rml:class ex:Show ] .)",
               table);
  const auto lists = read_mapped_fields(*world.store().snapshot());
  REQUIRE(lists.size() == 1);
  REQUIRE(lists[0].maps.size() == 1);
  CHECK(lists[0].file == "agenda.csv");
  CHECK(lists[0].mapping == "agenda.rml.ttl");
  CHECK(lists[0].maps[0].predicates.empty());
  CHECK(world.provenance_size() == 5 + 1 + 4);
}

TEST_CASE("a graph without a mapping has no fields, nor has one that had", "[trace]") {
  World world;
  world.ingest(shows, "Code,Titre,Date,Heure,Salle,Ville\n1,Ph,,,,\n");
  tests::TemporaryFolder folder;
  Source source;
  source.path = folder.path() / "agenda.nt";
  source.base_iri = "http://base.test/";
  std::ofstream(source.path) << "<http://base.test/show/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
                                "<http://ex.test/Show> .\n";
  static_cast<void>(ingest::ingest(world.store(), source, World::graph("agenda"), "", {}, {}));
  CHECK(read_mapped_fields(*world.store().snapshot()).empty());
  CHECK(world.provenance_size() == 4);
  CHECK(world.fields("ex:Show", "sh:path ex:name ; sh:minCount 1").empty());
}

TEST_CASE("what the gate holds back is traced, and leaves no list but in quarantine", "[trace]") {
  World world;
  const auto shapes = world.shapes_of("ex:Show", "sh:path ex:name ; sh:minLength 3");
  Gate gate;
  gate.shapes = &shapes;
  gate.holds_back = shacl::Severity::Violation;
  constexpr std::string_view table = "Code,Titre,Date,Heure,Salle,Ville\n1,Ph,,,,\n";
  const auto held = world.ingest(shows, table, "agenda", gate);
  REQUIRE(held.held_back);
  CHECK(World::fields_of(*held.report) == std::vector<Field>{{Field::Kind::Columns, "agenda.csv", {"Titre"}}});
  CHECK(read_mapped_fields(*world.store().snapshot()).empty());

  gate.quarantine = World::graph("held");
  world.ingest(shows, table, "agenda", gate);
  CHECK(read_mapped_fields(*world.store().snapshot()).size() == 1);
  world.ingest(shows, "Code,Titre,Date,Heure,Salle,Ville\n1,Phèdre,,,,\n", "agenda", gate);
  const auto view = world.store().snapshot();
  const auto lists = read_mapped_fields(*view);
  REQUIRE(lists.size() == 1);
  CHECK(view->term(lists[0].graph) == World::graph("agenda"));
}

TEST_CASE("many subjects are read in one pass", "[trace]") {
  World world;
  std::string table = "Code,Titre,Date,Heure,Salle,Ville\n";
  for (int i = 0; i < 3000; ++i) table += std::to_string(i) + ",Ph,2026-01-01,20:30,Nef,Port\n";
  world.ingest(shows, table);
  const auto report = world.report("ex:Show", "sh:path ex:name ; sh:minLength 3");
  REQUIRE(report.results.size() == 3000);
  CHECK(report.fields.size() == 1);
  for (const auto& result : report.results) {
    const auto& records = report.entities.at(result.focus_node).records;
    REQUIRE(records.size() == 1);
    CHECK(result.focus_node.value == "http://base.test/show/" + records[0].values.at(0).second);
    CHECK(result.fields.size() == 1);
  }
}

}  // namespace scenograph::ingest
