#include "mapping/fields.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace scenograph::mapping {

namespace {

constexpr std::string_view prefixes = R"(
@prefix ex: <http://ex.test/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rml: <http://w3id.org/rml/> .
@prefix scgf: <https://w3id.org/scenograph/fn#> .
<#table> rml:source "agenda.csv" ; rml:referenceFormulation rml:CSV .
<#events> rml:source "agenda.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$.events[*]" .
<#dates> rml:source "agenda.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$.events[*].dates[*]" .
)";

std::vector<TriplesMapFields> listed(std::string_view turtle) {
  return list_fields(parse_mapping(std::string(prefixes) + std::string(turtle), "."), "http://base.test/");
}

using Values = std::vector<std::pair<std::string, std::string>>;

}  // namespace

TEST_CASE("fields of references, templates, functions and constants", "[fields]") {
  const auto maps = listed(R"(
<#show> rml:logicalSource <#table> ;
  rml:subjectMap [ rml:template "show/{Code}" ; rml:class ex:Show ] ;
  rml:predicateObjectMap
    [ rml:predicate ex:name ; rml:objectMap [ rml:reference "Titre" ; rml:languageMap [ rml:reference "Langue" ] ] ],
    [ rml:predicate ex:start ; rml:objectMap [ rml:functionExecution <#start> ] ],
    [ rml:predicate ex:page ; rml:objectMap [ rml:template "http://ex.test/{Salle}/{Code}" ] ],
    [ rml:predicate ex:country ; rml:object "FR" ],
    [ rml:predicateMap [ rml:template "http://ex.test/p/{Code}" ] ; rml:objectMap [ rml:reference "Prix" ] ] .
<#start> rml:function scgf:parse_date_time ;
  rml:input [ rml:parameter scgf:date ; rml:inputValueMap [ rml:template "{Date}" ] ],
            [ rml:parameter scgf:time ; rml:inputValueMap [ rml:functionExecution <#time> ] ],
            [ rml:parameter scgf:zone ; rml:inputValue "Europe/Paris" ] .
<#time> rml:function scgf:trim ; rml:input [ rml:parameter scgf:value ; rml:inputValueMap [ rml:reference "Heure" ] ] .
)");
  REQUIRE(maps.size() == 1);
  CHECK(maps[0].classes == std::vector<std::string>{"http://ex.test/Show"});
  CHECK(maps[0].is_table);
  CHECK_FALSE(maps[0].is_blank);
  CHECK(maps[0].subject == "http://base.test/show/{Code}");
  CHECK(maps[0].subject_references == std::vector<std::string>{"Code"});
  CHECK(maps[0].predicates ==
        std::vector<PredicateFields>{{"http://ex.test/name", {"Titre", "Langue"}, {}, true},
                                     {"http://ex.test/start", {"Date", "Heure"}, {}, false},
                                     {"http://ex.test/page", {"Salle", "Code"}, {}, false},
                                     {"http://ex.test/country", {}, rdf::Term::literal("FR"), false},
                                     {"", {"Prix"}, {}, true}});
}

TEST_CASE("classes of tables, of object maps and of others with the same template", "[fields]") {
  const auto maps = listed(R"(
<#date> rml:logicalSource <#events> ;
  rml:subjectMap [ rml:template "date-{$.dates[*].begin}" ; rml:termType rml:BlankNode ; rml:class ex:Event ] ;
  rml:predicateObjectMap [ rml:predicate rdf:type ; rml:objectMap [ rml:functionExecution <#type> ; rml:termType rml:IRI ] ],
    [ rml:predicate rdf:type ; rml:object ex:Thing ] ,
    [ rml:predicate ex:name ; rml:objectMap [ rml:reference "title" ] ] .
<#time> rml:logicalSource <#dates> ;
  rml:subjectMap [ rml:template "date-{$.begin}" ; rml:termType rml:BlankNode ] ;
  rml:predicateObjectMap [ rml:predicate ex:start ; rml:objectMap [ rml:reference "$.begin" ] ] .
<#other> rml:logicalSource <#dates> ;
  rml:subjectMap [ rml:template "date-{$.begin}" ] ;
  rml:predicateObjectMap [ rml:predicate ex:whole ; rml:objectMap [ rml:reference "$" ] ] .
<#type> rml:function scgf:lookup ;
  rml:input [ rml:parameter scgf:value ; rml:inputValueMap [ rml:reference "$.genre" ] ],
            [ rml:parameter scgf:table ; rml:inputValue ( "Danse" ex:DanceEvent "x" "text" ) ],
            [ rml:parameter scgf:else ; rml:inputValue ex:Show ] .
)");
  REQUIRE(maps.size() == 3);
  CHECK(maps[0].classes == std::vector<std::string>{"http://ex.test/Event", "http://ex.test/Thing"});
  CHECK(maps[0].possible_classes == std::vector<std::string>{"http://ex.test/Show", "http://ex.test/DanceEvent"});
  CHECK_FALSE(maps[0].is_table);
  CHECK(maps[0].subject == "date-{$.events[*].dates[*].begin}");
  CHECK(maps[0].predicates.back() == PredicateFields{"http://ex.test/name", {"$.events[*].title"}, {}, true});
  CHECK(maps[1].classes.empty());
  CHECK(maps[1].possible_classes == std::vector<std::string>{"http://ex.test/Event", "http://ex.test/Thing",
                                                             "http://ex.test/Show", "http://ex.test/DanceEvent"});
  CHECK(maps[1].predicates ==
        std::vector<PredicateFields>{{"http://ex.test/start", {"$.events[*].dates[*].begin"}, {}, true}});
  CHECK(maps[2].classes.empty());
  CHECK(maps[2].possible_classes.empty());
  CHECK(maps[2].predicates ==
        std::vector<PredicateFields>{{"http://ex.test/whole", {"$.events[*].dates[*]"}, {}, true}});
}

TEST_CASE("joins give what the parent's subject is made of", "[fields]") {
  const auto maps = listed(R"(
<#date> rml:logicalSource <#table> ; rml:subjectMap [ rml:reference "Adresse" ] ;
  rml:predicateObjectMap [ rml:predicate ex:place ; rml:objectMap [ rml:parentTriplesMap <#place> ;
    rml:joinCondition [ rml:child "Lieu" ; rml:parent "Nom" ] ] ] .
<#place> rml:logicalSource <#table> ; rml:subjectMap [ rml:template "{Nom} \\{{Ville}\\}" ; rml:termType rml:BlankNode ] ;
  rml:predicateObjectMap [ rml:predicate ex:name ; rml:object "x" ] .
<#owner> rml:logicalSource <#table> ; rml:subject ex:owner ;
  rml:predicateObjectMap [ rml:predicate ex:name ; rml:object "y" ] .
)");
  REQUIRE(maps.size() == 3);
  CHECK(maps[0].subject == "{Adresse}");
  CHECK(maps[0].base == "http://base.test/");
  CHECK(maps[1].base.empty());
  CHECK(maps[0].predicates == std::vector<PredicateFields>{{"http://ex.test/place", {"Nom", "Ville"}, {}, false}});
  CHECK(maps[1].is_blank);
  CHECK(maps[1].subject == "{Nom} \\{{Ville}\\}");
  CHECK(maps[2].subject == "http://ex.test/owner");
  CHECK(maps[2].subject_references.empty());
}

TEST_CASE("templates are undone where they can be read in one way only", "[fields]") {
  struct {
    const char* text;
    const char* iri;
    std::optional<Values> values;
  } const cases[] = {
      {"http://ex.test/{Code}", "http://ex.test/1234", {{{"Code", "1234"}}}},
      {"http://ex.test/{Code}", "http://ex.test/%C3%A9t%C3%A9%20%2F2", {{{"Code", "été /2"}}}},
      {"http://ex.test/{Code}", "http://ex.test/été", {{{"Code", "été"}}}},
      {"http://ex.test/{a}/{b}#it", "http://ex.test/1/2#it", {{{"a", "1"}, {"b", "2"}}}},
      {"http://ex.test/{a}/{a}", "http://ex.test/1/1", {{{"a", "1"}}}},
      {"{url}", "http://ex.test/a/b", {{{"url", "http://ex.test/a/b"}}}},
      {"http://ex.test/one", "http://ex.test/one", Values{}},
      {"http://ex.test/{a}-{b}", "http://ex.test/x-y", {{{"a", "x"}, {"b", "y"}}}},
      {"http://ex.test/{a}-{b}", "http://ex.test/x-y-z", std::nullopt},
      {"http://ex.test/{a}-{b}", "http://ex.test/a--b", std::nullopt},
      {"http://ex.test/{a}/{a}", "http://ex.test/1/2", std::nullopt},
      {"http://ex.test/{a}{b}", "http://ex.test/12", std::nullopt},
      {"http://ex.test/{Code}", "http://ex.test/", std::nullopt},
      {"http://ex.test/{Code}", "http://ex.test/a/b", std::nullopt},
      {"http://ex.test/{Code}/x", "http://ex.test/x", std::nullopt},
      {"http://ex.test/{Code}", "http://other.test/a", std::nullopt},
      {"http://ex.test/{Code}", "", std::nullopt},
      {"http://ex.test/{Code}", "http://ex.test/%FF", std::nullopt},
      {"http://ex.test/{Code}", "http://ex.test/%4", std::nullopt},
      {"http://ex.test/{Code", "http://ex.test/1", std::nullopt},
      {"", "", std::nullopt},
  };
  for (const auto& each : cases) {
    INFO(each.text << " of " << each.iri);
    CHECK(undo_template(each.text, each.iri) == each.values);
  }
}

}  // namespace scenograph::mapping
