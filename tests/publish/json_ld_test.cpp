#include "publish/json_ld.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <set>

#include "base/error.hpp"
#include "jsonld/processor.hpp"
#include "publish/assets.hpp"
#include "publish/internal/frame.hpp"
#include "rdf/vocab.hpp"
#include "sparql/memory_view.hpp"
#include "syntax/reader.hpp"

namespace scenograph::publish {

namespace {

using jsonld::Value;
using rdf::Term;
using sparql::tests::MemoryView;

const Site site{"http://x/", "Test"};

MemoryView view_of(const std::string& turtle) {
  MemoryView view;
  const std::string text = "@prefix x: <http://x/> . @prefix s: <http://schema.org/> . " + turtle;
  const auto source = base::open_text(text);
  syntax::read(*source, syntax::Format::Turtle, {},
               [&view](const rdf::Quad& quad) { view.add(quad.subject, quad.predicate, quad.object, quad.graph); });
  return view;
}

std::string page(const MemoryView& view, std::string_view language = "fr") {
  return page_json_ld(view, store::GraphSet::all(), site, "http://x/e", language);
}

}  // namespace

TEST_CASE("A page's JSON-LD has the shape of its class's frame") {
  struct Case {
    const char* turtle;
    const char* json;
  };
  const std::vector<Case> cases = {
      {"x:f s:name 'else' .", ""},
      {"x:e a s:Event, s:TheaterEvent, x:T ; s:name 'Phèdre' ; x:p 1 .",
       R"({"@context":"https://schema.org","@id":"http://x/e","@type":["TheaterEvent","http://x/T","Event"],)"
       R"("name":"Phèdre"})"},
      {"x:e a s:Event ; s:url <http://y/> ; s:performer x:nobody ; s:eventStatus s:EventScheduled ; "
       "s:isAccessibleForFree true ; s:maximumAttendeeCapacity 120 .",
       R"({"@context":"https://schema.org","@id":"http://x/e","@type":"Event",)"
       R"("eventStatus":"http://schema.org/EventScheduled","isAccessibleForFree":true,"maximumAttendeeCapacity":120,)"
       R"("performer":{"@id":"http://x/nobody"},"url":"http://y/"})"},
      {"x:e a s:Event ; s:startDate \"2025-12-12T20:30:00\"^^<http://www.w3.org/2001/XMLSchema#dateTime> ; "
       "s:offers [ s:price 12.50 ; x:internal 3 ], [ s:price 1e1 ], [] .",
       R"({"@context":"https://schema.org","@id":"http://x/e","@type":"Event","offers":[{"price":"12.50"},)"
       R"({"price":10}],"startDate":"2025-12-12T20:30:00"})"},
      {"x:e a s:Event ; s:subEvent x:f . x:f s:superEvent x:e ; s:location x:l . x:l s:name 'Salle' ; s:geo [] .",
       R"({"@context":"https://schema.org","@id":"http://x/e","@type":"Event","subEvent":{"@id":"http://x/f",)"
       R"("location":{"@id":"http://x/l","name":"Salle"}}})"},
      {"x:e a s:EventSeries ; s:superEvent x:e .",
       R"({"@context":"https://schema.org","@id":"http://x/e","@type":"EventSeries","superEvent":{"@id":"http://x/e"}})"},
      {"x:e a s:Event ; s:image 'http://y/1.jpg', <http://y/2.jpg>, x:i . x:i s:caption '</script>' .",
       R"({"@context":"https://schema.org","@id":"http://x/e","@type":"Event","image":["http://y/1.jpg",)"
       R"("http://y/2.jpg",{"@id":"http://x/i","caption":"\u003c/script>"}]})"},
      // A class without a frame is told in full: its parts and blank nodes, and who is linked.
      {"x:e a x:Thing ; x:p 'a'@de, 'b'@fr ; x:q [ x:r x:f, <http://x/id/part/1> ] . x:f a s:Person ; s:name 'F' ; "
       "x:s 1 . <http://x/id/part/1> x:t \"v\"^^x:type .",
       R"({"@context":"https://schema.org","@id":"http://x/e","@type":"http://x/Thing","http://x/p":"b",)"
       R"("http://x/q":{"http://x/r":[{"@id":"http://x/f","@type":"Person","name":"F"},)"
       R"({"@id":"http://x/id/part/1","http://x/t":{"@type":"http://x/type","@value":"v"}}]}})"},
  };
  for (const Case& each : cases) {
    INFO(each.turtle);
    CHECK(page(view_of(each.turtle)) == each.json);
  }
}

TEST_CASE("Search engines are given each text in one language, without its tag") {
  const auto names_in = [](const std::string& texts, std::string_view language) {
    const Value json = jsonld::parse_json(page(view_of("x:e a s:Play ; s:name " + texts + " ."), language), "");
    const Value& name = *json.find("name");
    if (name.is_string()) return name.string();
    std::string out;
    for (const Value& each : name.array()) out += each.string() + ";";
    return out;
  };
  CHECK(names_in("'PHEDRE', 'Phaedra'@en, 'Phèdre'@fr, 'Phèdre !'@fr-CA", "fr") == "Phèdre !;Phèdre;");
  CHECK(names_in("'PHEDRE', 'Phèdre'@fr", "en") == "PHEDRE");
  CHECK(names_in("'Phèdre'@fr, 'Phädra'@de", "en") == "Phädra");
  CHECK(names_in("'Fedra'@frp, 'Phädra'@de", "fr") == "Phädra");
  CHECK(names_in("12.5, 'Phèdre'@fr", "en") == "12.5;Phèdre;");
}

TEST_CASE("The data of an entity keeps all languages and properties") {
  const MemoryView view = view_of(
      "x:e a s:Play ; s:name 'Phèdre'@fr, 'Phaedra'@en, 'F' ; x:p 1 ; s:author x:r . x:r s:name 'R' ; s:birthDate "
      "'1639' .");
  CHECK(data_json_ld(view, store::GraphSet::all(), site, "http://x/e") ==
        R"({"@context":"https://schema.org","@id":"http://x/e","@type":"Play",)"
        R"("author":{"@id":"http://x/r","name":"R"},"http://x/p":1,"name":["F",)"
        R"({"@language":"en","@value":"Phaedra"},{"@language":"fr","@value":"Phèdre"}]})");
  CHECK(data_json_ld(view, store::GraphSet::all(), site, "http://x/p").empty());
}

TEST_CASE("A property with very many values is told in part") {
  std::string turtle = "x:e a s:Organization ; s:name 'E' ; s:zzz 1 ; s:member ";
  for (int i = 0; i < 5000; ++i) turtle += (i == 0 ? "x:m" : ", x:m") + std::to_string(i);
  const Value json = jsonld::parse_json(page(view_of(turtle + " .")), "");
  CHECK(json.find("member")->array().size() == 200);
  CHECK(json.find("name")->is("E"));
}

TEST_CASE("Graphs that may not be read are not told") {
  MemoryView view;
  const Term entity = Term::iri("http://x/e");
  view.add(entity, Term::iri("http://schema.org/name"), Term::literal("public"), Term::iri("http://x/g1"));
  view.add(entity, Term::iri("http://schema.org/name"), Term::literal("secret"), Term::iri("http://x/g2"));
  const auto graph = view.find(Term::iri("http://x/g1")).value();
  const std::string json = page_json_ld(view, store::GraphSet::of({graph}), site, "http://x/e", "fr");
  CHECK(json.find("public") != std::string::npos);
  CHECK(json.find("secret") == std::string::npos);
  CHECK(page_json_ld(view, store::GraphSet::of({}), site, "http://x/e", "fr").empty());
}

TEST_CASE("What pages' frames must not hold is refused by name") {
  struct Case {
    const char* frame;
    const char* message;
  };
  const std::vector<Case> cases = {
      {"[]", "a frame is an object"},
      {R"({"@type":["Event"]})", "@context must be \"https://schema.org\""},
      {R"({"@context":"https://schema.org"})", "@type must be a list of classes"},
      {R"({"@context":"https://schema.org","@type":[],"@explicit":true})", "@explicit is not for frames of pages"},
      {R"({"@context":"https://schema.org","@type":[],"name":""})", "the frame of name must be an object"},
      {R"({"@context":"https://schema.org","@type":[],"geo":{"latitude":{}}})", "the frame of geo needs \"@id\": {}"},
  };
  for (const Case& each : cases) {
    std::vector<std::string> types;
    CHECK_THROWS_WITH(parse_frame(each.frame, "f.jsonld", types), Catch::Contains(each.message));
  }
}

namespace {

/// Facts about a handful of things, as generated performing-arts data has them.
class Facts {
 public:
  explicit Facts(unsigned seed) : random_(seed) {}

  std::vector<rdf::Quad> make() {
    for (int thing = 0; thing < 6; ++thing) describe(thing);
    return std::move(quads_);
  }

 private:
  static Term schema(std::string_view name) { return Term::iri("http://schema.org/" + std::string(name)); }
  std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_); }

  static Term thing(std::size_t number) {
    return number == 0 ? Term::iri("http://x/e") : Term::iri("http://x/" + std::to_string(number));
  }

  void describe(int number) {
    static const char* const classes[] = {"Event", "TheaterEvent", "Place", "Person", "Play", "Offer", "TheaterGroup"};
    const Term subject = thing(static_cast<std::size_t>(number));
    for (std::size_t i = below(3); i-- > 0;) {
      quads_.push_back({subject, Term::iri(rdf::rdf::type), schema(classes[below(std::size(classes))]), {}});
    }
    for (std::size_t i = below(number == 0 ? 30 : 10); i-- > 0;) add_fact(subject);
  }

  /// Literals only where frames have no properties: the algorithm leaves them out elsewhere, pages tell them.
  void add_fact(const Term& subject) {
    static const char* const of_texts[] = {"name", "genre", "inLanguage", "abstract", "unheardOf"};
    static const char* const of_things[] = {"location", "performer", "offers",     "workPerformed", "subEvent",
                                            "about",    "author",    "superEvent", "organizer",     "memberOf",
                                            "director", "image",     "unheardOf",  "address",       "genre"};
    if (below(3) == 0) {
      quads_.push_back({subject, schema(of_texts[below(std::size(of_texts))]), literal(), {}});
    } else {
      quads_.push_back({subject, schema(of_things[below(std::size(of_things))]), other(), {}});
    }
  }

  Term literal() {
    if (below(3) == 0) return Term::literal(std::to_string(below(9)), rdf::xsd::integer);
    return Term::literal("text " + std::to_string(below(4)));
  }

  Term other() {
    if (below(6) != 0) return thing(below(8));
    const Term blank = Term::blank("b" + std::to_string(quads_.size()));
    quads_.push_back({blank, schema("name"), Term::literal("blank"), {}});
    return blank;
  }

  std::mt19937 random_;
  std::vector<rdf::Quad> quads_;
};

std::string plain_key(const std::string& key) {
  if (key == "id" || key == "type") return "@" + key;
  return key.starts_with("schema:") ? key.substr(7) : key;
}

bool is_nothing(const Value& value) {
  return (value.is_object() && value.object().empty()) || (value.is_array() && value.array().empty());
}

/// As pages have it: their keys, no names of blank nodes, and none of those of which nothing is told. Arrays are
/// sorted: their order says nothing.
Value normal(Value value) {
  if (value.is_array()) {
    for (Value& each : value.array()) each = normal(std::move(each));
    std::erase_if(value.array(), is_nothing);
    std::sort(value.array().begin(), value.array().end(),
              [](const Value& a, const Value& b) { return to_json(a) < to_json(b); });
    if (value.array().size() == 1) return value.array().front();
  } else if (value.is_object()) {
    Value::Object object;
    for (auto& [key, member] : value.object()) {
      Value told = normal(std::move(member));
      const bool is_blank_name = plain_key(key) == "@id" && told.string().starts_with("_:");
      if (!is_nothing(told) && !is_blank_name) object.emplace(plain_key(key), std::move(told));
    }
    return object;
  }
  return value;
}

/// What the framing algorithm makes of the frame and the whole of the facts.
Value framed(const std::vector<rdf::Quad>& quads, std::string_view file) {
  jsonld::ProcessorOptions options;
  options.use_native_types = true;
  Value frame = jsonld::parse_json(find_asset(file).value(), file);
  frame.object()["@id"] = "http://x/e";
  frame.object().erase("@type");
  jsonld::FrameOptions flags;
  flags.embed = "@always";
  flags.is_explicit = true;
  flags.omit_default = true;
  return jsonld::frame(jsonld::from_rdf(quads, options), frame, flags, options);
}

}  // namespace

TEST_CASE("A page's JSON-LD is what the framing algorithm makes of the frame") {
  struct Class {
    const char* type;
    const char* file;
  };
  const Class classes[] = {{"MusicEvent", "frames/event.jsonld"},
                           {"Museum", "frames/place.jsonld"},
                           {"MusicGroup", "frames/organization.jsonld"},
                           {"Person", "frames/person.jsonld"},
                           {"Book", "frames/work.jsonld"}};
  std::set<std::string> seen;
  for (unsigned seed = 0; seed < 500; ++seed) {
    const Class& chosen = classes[seed % std::size(classes)];
    std::vector<rdf::Quad> quads = Facts(seed).make();
    const Term entity = Term::iri("http://x/e");
    std::erase_if(
        quads, [&](const rdf::Quad& quad) { return quad.subject == entity && quad.predicate.value == rdf::rdf::type; });
    quads.push_back(
        {entity, Term::iri(rdf::rdf::type), Term::iri("http://schema.org/" + std::string(chosen.type)), {}});
    MemoryView view;
    for (const rdf::Quad& quad : quads) view.add(quad.subject, quad.predicate, quad.object);
    const std::string got = page(view);
    INFO(seed << " " << chosen.file << "\n" << got);
    REQUIRE(to_json(normal(jsonld::parse_json(got, ""))) == to_json(normal(framed(quads, chosen.file))));
    seen.insert(got);
  }
  CHECK(seen.size() > 400);
}

}  // namespace scenograph::publish
