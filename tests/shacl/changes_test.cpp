#include <catch2/catch.hpp>

#include <filesystem>
#include <iostream>
#include <random>
#include <set>

#include "base/error.hpp"
#include "shacl/validate.hpp"
#include "sparql/memory_view.hpp"
#include "support/turtle.hpp"

// What changes may have touched is found: every result that a change brings is among those of `validate_changes`, and
// everything that finds is true.

namespace scenograph::shacl {

namespace {

using sparql::tests::MemoryView;
using Quads = std::vector<rdf::Quad>;

std::set<std::string> results_of(const Report& report) {
  std::set<std::string> out;
  for (const Result& result : report.results) {
    const Check& check = report.check_of(result);
    out.insert(rdf::to_ntriples(result.focus_node) + " " + rdf::to_ntriples(check.source_shape) + " " +
               check.component_iri + " " + (check.path ? to_string(*check.path) : "") + " " +
               (result.value ? rdf::to_ntriples(*result.value) : ""));
  }
  return out;
}

/// Takes a few quads away and adds as many with members of others, so that they often mean something.
struct Edit {
  Quads after;
  Quads changed;

  Edit(const Quads& before, std::mt19937& random) : after(before) {
    const auto any = [&random](const Quads& quads) -> const rdf::Quad& {
      return quads[std::uniform_int_distribution<std::size_t>(0, quads.size() - 1)(random)];
    };
    for (auto i = random() % 3; i-- > 0 && !after.empty();) {
      const rdf::Quad gone = any(after);
      std::erase(after, gone);
      changed.push_back(gone);
    }
    for (auto i = random() % 3; i-- > 0;) {
      const rdf::Quad& from = any(before);
      rdf::Quad made{any(before).subject, from.predicate, any(before).object, {}};
      if (random() % 2 == 0) made.object = from.object;
      after.push_back(made);
      changed.push_back(made);
    }
  }
};

struct State {
  MemoryView view;

  State(const Quads& quads, const Quads& known) {
    for (const rdf::Quad& quad : known) {
      for (const rdf::Term* term : {&quad.subject, &quad.predicate, &quad.object}) (void)view.intern(*term);
    }
    for (const rdf::Quad& quad : quads) view.add(quad.subject, quad.predicate, quad.object);
  }
};

std::vector<store::QuadId> ids_of(const MemoryView& view, const Quads& quads) {
  std::vector<store::QuadId> out;
  for (const rdf::Quad& quad : quads) {
    out.push_back({view.find(quad.subject).value(), view.find(quad.predicate).value(), view.find(quad.object).value(),
                   store::default_graph});
  }
  return out;
}

struct Seen {
  std::size_t edits = 0;
  std::size_t results = 0;  // that edits brought
};

void check_edits(const Quads& data, const Shapes& shapes, unsigned edits, Seen& seen) {
  std::mt19937 random(7);
  const State before(data, {});
  base::Budget budget;
  const auto old = results_of(validate(before.view, shapes, {}, budget));
  for (unsigned i = 0; i < edits; ++i) {
    const Edit edit(data, random);
    const State after(edit.after, edit.changed);
    const auto all = results_of(validate(after.view, shapes, {}, budget));
    const auto found = results_of(validate_changes(after.view, shapes, ids_of(after.view, edit.changed), {}, budget));
    ++seen.edits;
    std::string about = std::to_string(i) + ":";
    for (const rdf::Quad& quad : edit.changed) {
      about += "\n  " + rdf::to_ntriples(quad.subject) + " " + rdf::to_ntriples(quad.predicate) + " " +
               rdf::to_ntriples(quad.object);
    }
    INFO(about);
    for (const std::string& result : all) {
      if (old.count(result) != 0) continue;
      ++seen.results;
      INFO(result);
      CHECK(found.count(result) == 1);
    }
    for (const std::string& result : found) {
      INFO(result);
      CHECK(all.count(result) == 1);
    }
  }
}

}  // namespace

TEST_CASE("Changes are followed back along every kind of path and constraint") {
  const Quads shapes = tests::from_turtle(R"(
    @prefix : <http://x/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    :Event sh:targetClass :Event ;
      sh:property [ sh:path ( :offer :price ) ; sh:minCount 1 ; sh:maxExclusive 5 ] ,
        [ sh:path ( [ sh:inversePath :event ] :name ) ; sh:minCount 1 ] ,
        [ sh:path [ sh:alternativePath ( :start ( :run :start ) ) ] ; sh:maxCount 1 ; sh:lessThan :end ] ,
        [ sh:path ( [ sh:zeroOrMorePath :part ] :name ) ; sh:minCount 2 ] ,
        [ sh:path ( [ sh:oneOrMorePath [ sh:inversePath :part ] ] [ sh:zeroOrOnePath :run ] ) ; sh:maxCount 2 ] ,
        [ sh:path :place ; sh:class :Place ; sh:node :Place-shape ] ;
      sh:not [ sh:path :name ; sh:hasValue 1 ] .
    :Place-shape sh:targetObjectsOf :place ; sh:closed true ;
      sh:property [ sh:path :name ; sh:equals :label ; sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ;
        sh:qualifiedMinCount 1 ] .
    :Named sh:targetSubjectsOf :name , :label ; sh:xone ( [ sh:path :name ; sh:minCount 2 ] [ sh:path :label ;
      sh:disjoint :name ] ) .
    :One sh:targetNode :e1 ; sh:property [ sh:path :run ; sh:node [ sh:property [ sh:path :name ; sh:minCount 1 ] ] ] .
    :All sh:targetNode :n ; sh:property [ sh:path [ sh:inversePath :name ] ;
      sh:property [ sh:path :offer ; sh:maxCount 1 ; sh:property [ sh:path :price ; sh:minCount 1 ] ] ,
        [ sh:path ( :run :name ) ; sh:minCount 1 ; sh:property [ sh:path :label ; sh:maxCount 0 ] ] ] ,
      [ sh:path :part ; sh:minCount 1 ; sh:property [ sh:path :name ; sh:maxCount 1 ] ] .
    :Sold sh:targetSubjectsOf :price ; sh:expression [ sh:path :sold ; sh:nodes [ sh:path [ sh:inversePath :offer ] ] ] .
    :Seen sh:targetSubjectsOf :place ; sh:property [ sh:path :place ; sh:expression [ sh:union (
      [ sh:path :sold ] [ sh:path :sold ; sh:nodes [ sh:filterShape [ sh:property [ sh:path :name ; sh:minCount 1 ] ] ;
        sh:nodes [ sh:path [ sh:inversePath :place ] ] ] ] ) ] ] .
    :Open sh:targetClass :Event ; sh:expression [ sh:path :sold ; sh:nodes :e1 ] .
    :Room rdfs:subClassOf :Place .)");
  const Quads data = tests::from_turtle(R"(
    @prefix : <http://x/> .
    :e1 a :Event ; :offer :o1 , :o2 ; :name 1 , :n ; :start 1 ; :end 2 ; :part :e2 ; :place :p1 ; :run :r .
    :e2 a :Event ; :offer :o2 ; :name :n ; :run :r ; :place :p2 ; :part :e3 ; :label :n .
    :e3 a :Event ; :part :e1 ; :end 1 ; :name 2 . :o1 :price 3 ; :name :n . :o2 :price 7 .
    :r :start 1 ; :name 3 ; :event :e2 . :p1 a :Room ; :name :n ; :label :n . :p2 a :Place ; :label 4 ; :start 2 .
    :e1 :sold true . :e2 :sold true . :p1 :sold true .)");
  Seen seen;
  check_edits(data, load_shapes(shapes), 3000, seen);
  CHECK(seen.results > 1000);
}

TEST_CASE("Changes to the data of the W3C suite are followed back to what they touch", "[conformance]") {
  const std::filesystem::path folder = std::filesystem::path(SCENOGRAPH_SUITES) / "shacl/core";
  if (!std::filesystem::exists(folder)) {
    std::cout << "skipped: no " << folder.string() << '\n';
    return;
  }
  Seen seen;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".ttl" || entry.path().filename() == "manifest.ttl") continue;
    const auto source = base::open_file(entry.path().string());
    const Quads quads = tests::from_turtle(base::read_all(*source, 0, ""));
    INFO(entry.path().string());
    try {
      check_edits(quads, load_shapes(quads), 100, seen);
    } catch (const base::Error&) {  // shapes that are ill-formed on purpose
    }
  }
  CHECK(seen.edits > 4000);
  CHECK(seen.results > 300);
}

}  // namespace scenograph::shacl
