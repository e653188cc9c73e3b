#include "shacl/profile.hpp"

#include <catch2/catch.hpp>

#include "support/turtle.hpp"

namespace scenograph::shacl {

TEST_CASE("What shapes ask of data is told field by field") {
  const std::string text = R"(
    @prefix : <http://x/> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <http://schema.org/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    :Show a sh:NodeShape ; sh:targetClass schema:Play ; rdfs:label "Show"@en, "Spectacle"@fr ;
      sh:property [ sh:path schema:name ; sh:name "Title"@en, "Titre"@fr ; sh:minCount 1 ; sh:message "Needed|so."@en ;
        <http://www.w3.org/2004/02/skos/core#example> "Phèdre"@fr, "Phaedra"@en ] ,
        [ sh:path schema:name ; sh:maxCount 2 ; sh:severity sh:Info ; sh:datatype xsd:string ] ,
        [ sh:path ( schema:author schema:name ) ; sh:name "Author"@en ; sh:minCount 1 ; sh:severity sh:Warning ] ,
        [ sh:path schema:genre ; sh:name "Genre"@en ; sh:or ( [ sh:nodeKind sh:IRI ] [ sh:in ( "a" "b" ) ] ) ] ,
        [ sh:path schema:url ; sh:deactivated true ; sh:minCount 1 ] .
    :Unused a sh:NodeShape ; sh:property [ sh:path schema:url ; sh:minCount 1 ] .)";
  const Shapes shapes = load_shapes(tests::from_turtle(text));
  std::string page;
  write_profile(shapes, {}, "en", [&page](std::string_view piece) { page += piece; });
  CHECK(page.find("\n## Show\n\n`schema:Play`\n") != std::string::npos);
  CHECK(page.find("| Title | `schema:name` | required | at most 2 | `xsd:string` | `Phaedra` | Needed\\|so. |\n") !=
        std::string::npos);
  CHECK(page.find("| Author | `schema:author` / `schema:name` | recommended |") != std::string::npos);
  CHECK(page.find("| Genre | `schema:genre` | optional |  | an address (IRI), `a`, `b` |") != std::string::npos);
  CHECK(page.find("schema:url") == std::string::npos);
  page.clear();
  write_profile(shapes, {}, "fr", [&page](std::string_view piece) { page += piece; });
  CHECK(page.find("| Titre | `schema:name` | obligatoire | au plus 2 |") != std::string::npos);
}

TEST_CASE("The profile goes on with the terms and lists of the model") {
  const Shapes shapes = load_shapes(tests::from_turtle(R"(
    @prefix : <http://x/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
    :Second sh:targetClass :B ; sh:order 2 ; sh:property [ sh:path :p ; sh:minCount 1 ] .
    :First sh:targetClass :A ; sh:order 1.5 ; sh:property [ sh:path :p ; sh:minCount 1 ] .)"));
  const auto model = tests::from_turtle(R"(
    @prefix : <http://x/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    :A skos:scopeNote "How A is used."@en .
    :Z a owl:Class ; rdfs:subClassOf :A ; rdfs:label "Zed"@en, "Zède"@fr ; rdfs:comment "Last|one."@en .
    :q a owl:ObjectProperty ; rdfs:domain :Z ; rdfs:range :A ; rdfs:label "queue"@en .
    :list a skos:ConceptScheme ; skos:prefLabel "Kinds"@en .
    <http://x/list/low> a skos:Concept ; skos:inScheme :list ; skos:prefLabel "Low"@en ; skos:broader <http://x/list/top> ;
      skos:altLabel "Deep"@en, "Bas"@fr .
    <http://x/list/top> a skos:Concept ; skos:inScheme :list ; skos:prefLabel "Top"@en .
    :elsewhere a skos:Concept ; skos:inScheme :other ; skos:prefLabel "Elsewhere"@en .)");
  std::string page;
  write_profile(shapes, model, "en", [&page](std::string_view piece) { page += piece; });
  CHECK(page.find("<http://x/A>\n\nHow A is used.\n\n| field") < page.find("<http://x/B>\n\n| field"));
  CHECK(page.find("| <http://x/Z> | Zed | class, a kind of <http://x/A> | Last\\|one. |\n"
                  "| <http://x/q> | queue | property from <http://x/Z> to <http://x/A> |  |\n") != std::string::npos);
  CHECK(page.find("## List: Kinds\n") != std::string::npos);
  CHECK(page.find("| `low` | Low | Deep | Top |\n| `top` | Top |  |  |\n") != std::string::npos);
  CHECK(page.find("Elsewhere") == std::string::npos);
}

}  // namespace scenograph::shacl
