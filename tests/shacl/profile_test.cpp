#include "shacl/profile.hpp"

#include <catch2/catch.hpp>

#include "syntax/reader.hpp"

namespace scenograph::shacl {

TEST_CASE("What shapes ask of data is told field by field") {
  const std::string text = R"(
    @prefix : <http://x/> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <http://schema.org/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    :Show a sh:NodeShape ; sh:targetClass schema:Play ; rdfs:label "Show"@en, "Spectacle"@fr ;
      sh:property [ sh:path schema:name ; sh:name "Title"@en, "Titre"@fr ; sh:minCount 1 ; sh:message "Needed|so."@en ] ,
        [ sh:path schema:name ; sh:maxCount 2 ; sh:severity sh:Info ; sh:datatype xsd:string ] ,
        [ sh:path ( schema:author schema:name ) ; sh:name "Author"@en ; sh:minCount 1 ; sh:severity sh:Warning ] ,
        [ sh:path schema:genre ; sh:name "Genre"@en ; sh:or ( [ sh:nodeKind sh:IRI ] [ sh:in ( "a" "b" ) ] ) ] ,
        [ sh:path schema:url ; sh:deactivated true ; sh:minCount 1 ] .
    :Unused a sh:NodeShape ; sh:property [ sh:path schema:url ; sh:minCount 1 ] .)";
  std::vector<rdf::Quad> quads;
  const auto source = base::open_text(text);
  syntax::read(*source, syntax::Format::Turtle, {}, [&quads](const rdf::Quad& quad) { quads.push_back(quad); });
  const Shapes shapes = load_shapes(quads);
  std::string page;
  write_profile(shapes, "en", [&page](std::string_view piece) { page += piece; });
  CHECK(page.find("\n## Show\n\n`schema:Play`\n") != std::string::npos);
  CHECK(page.find("| Title | `schema:name` | required | at most 2 | `xsd:string` | Needed\\|so. |\n") !=
        std::string::npos);
  CHECK(page.find("| Author | `schema:author` / `schema:name` | recommended |") != std::string::npos);
  CHECK(page.find("| Genre | `schema:genre` | optional |  | an address (IRI), `a`, `b` |") != std::string::npos);
  CHECK(page.find("schema:url") == std::string::npos);
  page.clear();
  write_profile(shapes, "fr", [&page](std::string_view piece) { page += piece; });
  CHECK(page.find("| Titre | `schema:name` | obligatoire | au plus 2 |") != std::string::npos);
}

}  // namespace scenograph::shacl
