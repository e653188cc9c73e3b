#include "shacl/quality.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <cmath>
#include <map>
#include <random>
#include <set>

#include "rdf/vocab.hpp"
#include "sparql/memory_view.hpp"
#include "syntax/reader.hpp"

// Scores against values worked out by hand, and on random data against a second computation, entity by entity over sets
// of triples. What one entity scores alone must be what it scores among all.

namespace scenograph::shacl {

namespace {

using rdf::Term;
using sparql::tests::MemoryView;
using store::TermId;
using Quads = std::vector<rdf::Quad>;

const std::string prefixes =
    "@prefix : <http://x/> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
    "@prefix scg: <https://w3id.org/scenograph/ontology#> . @prefix quality: <https://w3id.org/scenograph/quality#> . "
    "@prefix schema: <http://schema.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n";

const std::string weights_text = prefixes + R"(
quality:overall a :Metric .
quality:completeness scg:weight 4 .
quality:links scg:weight 2 .
quality:validity scg:weight 3 ; scg:partClass :Offer ; sh:name "a correction"@en ;
  scg:penalty [ sh:severity sh:Violation ; scg:weight 0.25 ], [ sh:severity sh:Warning ; scg:weight 0.05 ],
    [ sh:severity sh:Info ; scg:weight 0.01 ] .
quality:freshness scg:weight 1 ; scg:halfLife "P100D"^^xsd:duration ; scg:ageStep "P10D"^^xsd:duration .
:E sh:targetClass :Event ; scg:until [ sh:alternativePath ( :end :start ) ] ; rdfs:label "event"@en ;
  scg:plural "events"@en ; sh:property :e-name, :e-image, :e-price, :e-linked .
:e-name sh:path :name ; sh:minCount 1 ; scg:metric quality:completeness ; scg:weight 3 .
:e-image sh:path :image ; sh:minCount 1 ; sh:nodeKind sh:IRI ; sh:name "an image"@en, "une image"@fr ;
  scg:metric quality:completeness ; scg:weight 2 .
:e-price sh:path ( :offers :price ) ; sh:minCount 1 ; scg:metric quality:completeness ; scg:weight 1 .
:e-linked sh:path ( :location :sameAs ) ; sh:minCount 1 ; scg:metric quality:links ; scg:weight 1 .
:P sh:targetClass :Place ; sh:property :p-name, :p-same .
:p-name sh:path :name ; sh:minCount 1 ; scg:metric quality:completeness ; scg:weight 1 .
:p-same sh:path :sameAs ; sh:minCount 1 ; scg:metric quality:links ; scg:weight 2 .
)";

const std::string shapes_text = prefixes + R"(
:SE sh:targetClass :Event ; sh:property [ sh:path :name ; sh:maxCount 1 ] ,
  [ sh:path :start ; sh:minCount 1 ; sh:severity sh:Warning ] .
:SO sh:targetClass :Offer ; sh:property [ sh:path :price ; sh:minCount 1 ] ,
  [ sh:path :currency ; sh:minCount 1 ; sh:severity sh:Info ] .
:SW sh:targetNode :kind ; sh:property [ sh:path [ sh:inversePath :type ] ; sh:property [ sh:path :name ; sh:minCount 1 ] ] .
)";

Quads read_text(const std::string& turtle) {
  Quads quads;
  const auto source = base::open_text(turtle);
  syntax::ReadOptions options;
  options.base = "http://x/";
  syntax::read(*source, syntax::Format::Turtle, options, [&quads](const rdf::Quad& quad) { quads.push_back(quad); });
  return quads;
}

Term x(const std::string& name) { return Term::iri("http://x/" + name); }
Term day(int number) { return Term::literal(fmt::format("2026-01-{:02}", number), rdf::xsd::date); }
constexpr std::int64_t january_1 = 20'454;  // 2026-01-01, in days

/// Data, and how it is scored: graph :hidden may not be read, and :provenance is no source.
struct Scene {
  MemoryView view;
  QualityWeights weights = load_quality_weights(read_text(weights_text));
  Shapes shapes = load_shapes(read_text(shapes_text));
  QualityOptions options;
  base::Budget budget;

  explicit Scene(const Quads& quads) {
    for (const rdf::Quad& quad : quads) view.add(quad.subject, quad.predicate, quad.object, quad.graph);
    const auto id = [this](const std::string& name) { return view.intern(x(name)); };
    options.graphs = store::GraphSet::all_but({id("hidden")});
    options.not_sources = {id("provenance")};
    options.part_prefix = "http://x/part/";
    options.today = january_1 + 19;  // 2026-01-20
    options.changed = {{id("a"), january_1}, {id("b"), january_1 - 81}, {id("hidden"), january_1 + 19}};
  }

  std::unique_ptr<QualityReport> score_all() { return score(view, weights, shapes, options, budget); }
  Quality one(const Term& entity) { return score_entity(view, weights, shapes, options, view.intern(entity), budget); }
};

Scores scores_of(const QualityReport& report, const MemoryView& view, const Term& entity) {
  const auto ids = report.entities();
  const auto at = std::find(ids.begin(), ids.end(), view.find(entity).value());
  REQUIRE(at != ids.end());
  return report.scores(static_cast<std::size_t>(at - ids.begin()));
}

void check_same(const Scores& found, const Scores& wanted) {
  for (std::size_t i = 0; i < metric_count; ++i) {
    INFO(metric_names[i]);
    if (std::isnan(wanted[i])) {
      CHECK(std::isnan(found[i]));
    } else {
      CHECK(found[i] == Approx(wanted[i]).margin(1e-5));
    }
  }
}

/// In graphs, so that Turtle will do: triples of graph :a, then those of :b and so on.
Quads in_graphs(const std::map<std::string, std::string>& graphs) {
  Quads out;
  for (const auto& [name, turtle] : graphs) {
    for (rdf::Quad& quad : read_text(prefixes + turtle)) {
      if (!name.empty()) quad.graph = x(name);
      out.push_back(std::move(quad));
    }
  }
  return out;
}

}  // namespace

TEST_CASE("scores are what the weights say, worked out by hand", "[quality]") {
  Scene scene(in_graphs({{"a",
                          ":e a :Event ; :name \"E\", \"F\" ; :start \"2026-01-25\"^^xsd:date ; :location :p ; "
                          ":offers <http://x/part/o>, :o . <http://x/part/o> a :Offer . :o a :Offer ; :price 3 ."},
                         {"b", ":p a :Place ; :name \"P\" ; :sameAs <http://w/1> . :e :image \"i\" ."},
                         {"hidden", ":e :image :i . :h a :Event ."}}));
  const auto report = scene.score_all();
  REQUIRE(report->entities().size() == 2);
  // 3 for the name, 1 for a price; the image is no IRI. Two names, an offer without price: 0.5; two lack a currency.
  const double fresh = std::exp2(-0.1);  // 19 days: one whole step of ten
  const double completeness = 4.0 / 6;
  const double validity = 1 - 0.25 - 0.25 - 0.02;
  check_same(scores_of(*report, scene.view, x("e")),
             {completeness, validity, 1, fresh, (4 * completeness + 3 * validity + 2 * 1 + fresh) / 10});
  const double old = std::exp2(-1);  // 100 days
  check_same(scores_of(*report, scene.view, x("p")), {1, 1, 1, old, (4 + 3 + 2 + old) / 10});

  const Quality all = report->of_all();
  CHECK(all.entities == 2);
  CHECK(all.scores[3] == Approx((fresh + old) / 2));
  REQUIRE(all.improvements.size() == 2);
  CHECK(improvement_text(scene.weights, all.improvements[0], "en") == "a correction on 1 entry");
  CHECK(all.improvements[0].gain == Approx(0.52 * 3 / 10 / 2));
  CHECK(improvement_text(scene.weights, all.improvements[1], "en") == "an image on 1 event");
  CHECK(improvement_name(scene.weights, all.improvements[1], "fr") == "une image");
  CHECK(all.improvements[1].gain == Approx(4.0 / 10 * 2 / 6 / 2));
  const TermId a = scene.view.intern(x("a"));
  const TermId b = scene.view.intern(x("b"));
  CHECK(report->sources() == std::vector<TermId>{std::min(a, b), std::max(a, b)});
  CHECK(report->of_sources(std::vector{a}).entities == 1);
  CHECK(report->of_sources(std::vector{b}).entities == 2);
  CHECK(report->of_sources(std::vector{a, b}).entities == 2);
}

TEST_CASE("what is past need not be fresh, and what changed nobody knows when is not measured", "[quality]") {
  Scene scene(in_graphs({{"a",
                          ":past a :Event ; :start \"2026-01-10\"^^xsd:date ; :end \"2026-01-19\"^^xsd:date ."
                          ":today a :Event ; :start \"2026-01-20T20:00:00Z\"^^xsd:dateTime . :no-date a :Event ."
                          ":own a :Event ; schema:dateModified \"2026-01-20\"^^xsd:date ."},
                         {"", ":unknown a :Place ; :name \"U\" ."}}));
  const auto report = scene.score_all();
  CHECK(std::isnan(scores_of(*report, scene.view, x("past"))[3]));
  CHECK(scores_of(*report, scene.view, x("today"))[3] == Approx(std::exp2(-0.1)));
  CHECK(scores_of(*report, scene.view, x("no-date"))[3] == Approx(std::exp2(-0.1)));
  CHECK(scores_of(*report, scene.view, x("own"))[3] == 1);
  // Freshness aside, the weights are 4, 3 and 2.
  check_same(scores_of(*report, scene.view, x("unknown")), {1, 1, 0, not_measured, 7.0 / 9});
}

TEST_CASE("validity never falls below 0", "[quality]") {
  std::string many = ":e a :Event ; :start \"2026-01-25\"^^xsd:date ; :offers ";
  for (int i = 0; i < 9; ++i) many += fmt::format("{}<http://x/part/{}>", i == 0 ? "" : ", ", i);
  for (int i = 0; i < 9; ++i) many += fmt::format(" . <http://x/part/{}> a :Offer", i);
  Scene scene(in_graphs({{"a", many + " ."}}));
  CHECK(scores_of(*scene.score_all(), scene.view, x("e"))[1] == 0);
  CHECK(scene.one(x("e")).scores[1] == 0);
}

TEST_CASE("nothing is scored where there is no entity", "[quality]") {
  Scene scene(in_graphs({{"a", ":o a :Offer . _:b a :Event . <http://x/part/e> a :Event ."}}));
  CHECK(scene.score_all()->entities().empty());
  CHECK(scene.score_all()->of_all().entities == 0);
  CHECK(scene.one(x("o")).entities == 0);
  CHECK(scene.one(x("part/e")).entities == 0);
  CHECK(scene.one(x("nowhere")).entities == 0);
}

namespace {

/// The second computation.
class Naive {
 public:
  explicit Naive(const Quads& quads) {
    for (const rdf::Quad& quad : quads) {
      if (quad.graph == x("hidden")) continue;
      triples_.insert({quad.subject, quad.predicate, quad.object});
      if (quad.graph != x("provenance")) graphs_[quad.subject].insert(quad.graph);
    }
    for (const rdf::Triple& triple : triples_) {
      if (is_entity(triple.subject)) entities_.insert(triple.subject);
      nodes_.insert(triple.subject);
      nodes_.insert(triple.object);
    }
  }

  [[nodiscard]] const std::set<Term>& entities() const { return entities_; }
  [[nodiscard]] const std::set<Term>& graphs(const Term& entity) { return graphs_[entity]; }

  [[nodiscard]] Scores scores(const Term& entity) {
    double total = 0;
    double earned = 0;
    double links = 0;
    double linked = 0;
    if (is(entity, "Event")) {
      total += 6;
      if (has(entity, "name")) earned += 3;
      const auto images = values(entity, "image");
      if (!images.empty() && std::all_of(images.begin(), images.end(), [](const Term& t) { return t.is_iri(); })) {
        earned += 2;
      }
      if (leads(entity, "offers", "price")) earned += 1;
      links += 1;
      if (leads(entity, "location", "sameAs")) linked += 1;
    }
    if (is(entity, "Place")) {
      total += 1;
      if (has(entity, "name")) earned += 1;
      links += 2;
      if (has(entity, "sameAs")) linked += 2;
    }
    Scores out{earned / total, std::max(0.0, 1 - penalty(entity)), linked / links, freshness(entity), not_measured};
    const bool is_fresh = !std::isnan(out[3]);
    out[4] = (4 * out[0] + 3 * out[1] + 2 * out[2] + (is_fresh ? out[3] : 0)) / (is_fresh ? 10 : 9);
    return out;
  }

 private:
  [[nodiscard]] std::vector<Term> values(const Term& node, const std::string& name) const {
    std::vector<Term> out;
    const Term predicate = name == "type"           ? Term::iri(rdf::rdf::type)
                           : name == "dateModified" ? Term::iri("http://schema.org/dateModified")
                                                    : x(name);
    for (const rdf::Triple& triple : triples_) {
      if (triple.subject == node && triple.predicate == predicate) out.push_back(triple.object);
    }
    return out;
  }
  [[nodiscard]] bool has(const Term& node, const std::string& name) const { return !values(node, name).empty(); }
  [[nodiscard]] bool leads(const Term& node, const std::string& first, const std::string& second) const {
    const auto middle = values(node, first);
    return std::any_of(middle.begin(), middle.end(), [&](const Term& each) { return has(each, second); });
  }
  [[nodiscard]] bool is(const Term& node, const std::string& name) const {
    return triples_.contains({node, Term::iri(rdf::rdf::type), x(name)});
  }
  [[nodiscard]] static bool is_under(const Term& node) { return node.value.starts_with("http://x/part/"); }
  [[nodiscard]] bool is_entity(const Term& node) const {
    return node.is_iri() && !is_under(node) && (is(node, "Event") || is(node, "Place"));
  }
  [[nodiscard]] bool is_part(const Term& node) const {
    return !is_entity(node) && (node.is_blank() || (node.is_iri() && (is_under(node) || is(node, "Offer"))));
  }

  [[nodiscard]] double own_penalty(const Term& node) const {
    double out = 0;
    if (is(node, "Event") && values(node, "name").size() > 1) out += 0.25;
    if (is(node, "Event") && !has(node, "start")) out += 0.05;
    if (is(node, "Offer") && !has(node, "price")) out += 0.25;
    if (is(node, "Offer") && !has(node, "currency")) out += 0.01;
    if (triples_.contains({node, x("type"), x("kind")}) && !has(node, "name")) out += 0.25;
    return out;
  }

  /// Whether `to` is reached from `from` over parts, in as many steps.
  [[nodiscard]] bool reaches(const Term& from, const Term& to, int steps) const {
    for (const rdf::Triple& triple : triples_) {
      if (triple.subject != from) continue;
      if (triple.object == to) return true;
      if (steps > 1 && is_part(triple.object) && reaches(triple.object, to, steps - 1)) return true;
    }
    return false;
  }

  [[nodiscard]] double penalty(const Term& entity) const {
    double out = own_penalty(entity);
    for (const Term& node : nodes_) {
      if (is_part(node) && own_penalty(node) > 0 && reaches(entity, node, 4)) out += own_penalty(node);
    }
    return out;
  }

  [[nodiscard]] static int day_in_january(const Term& term) { return std::stoi(term.value.substr(8, 2)); }

  [[nodiscard]] double freshness(const Term& entity) {
    int last = 0;
    if (is(entity, "Event")) {
      for (const char* name : {"start", "end"}) {
        for (const Term& date : values(entity, name)) last = std::max(last, day_in_january(date));
      }
    }
    std::optional<double> age;
    if (graphs_[entity].contains(x("b"))) age = 100;
    if (graphs_[entity].contains(x("a"))) age = 19;
    int modified = 0;
    for (const Term& date : values(entity, "dateModified")) modified = std::max(modified, day_in_january(date));
    if (modified > 0) age = std::max(0, 20 - modified);
    if ((last > 0 && last < 20) || !age) return not_measured;
    return std::exp2(-std::floor(*age / 10) / 10);
  }

  std::set<rdf::Triple> triples_;
  std::set<Term> nodes_;
  std::set<Term> entities_;
  std::map<Term, std::set<Term>> graphs_;
};

Quads random_quads(std::mt19937& random) {
  const auto below = [&random](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  const auto node = [&]() -> Term {
    const std::string number = std::to_string(below(4));
    switch (below(4)) {
      case 0:
        return x("part/" + number);
      case 1:
        return Term::blank("b" + number);
      case 2:
        return x("o" + number);
      default:
        return x("e" + number);
    }
  };
  Quads out;
  const std::vector<std::string> graphs = {"a", "b", "c", "hidden", "provenance"};
  for (int i = 10 + below(50); i > 0; --i) {
    rdf::Quad quad{node(), {}, {}, x(graphs[static_cast<std::size_t>(below(5))])};
    const std::vector<std::string> links = {"offers", "location", "sameAs", "image"};
    const std::vector<std::string> texts = {"name", "price", "currency", "image"};
    const std::vector<std::string> classes = {"Event", "Place", "Offer"};
    switch (below(8)) {
      case 0:
      case 1:
      case 2:
        quad.predicate = Term::iri(rdf::rdf::type);
        quad.object = x(classes[static_cast<std::size_t>(below(3))]);
        break;
      case 3:
      case 4:
        quad.predicate = x(links[static_cast<std::size_t>(below(4))]);
        quad.object = node();
        break;
      case 5:
        quad.predicate = x(texts[static_cast<std::size_t>(below(4))]);
        quad.object = Term::literal(std::to_string(below(3)));
        break;
      case 6:
        quad.predicate =
            below(3) == 0 ? Term::iri("http://schema.org/dateModified") : x(below(2) == 0 ? "start" : "end");
        quad.object = day(1 + below(31));
        break;
      default:
        quad.predicate = x("type");
        quad.object = x("kind");
    }
    out.push_back(std::move(quad));
  }
  return out;
}

}  // namespace

TEST_CASE("scores of random data are those of a naive computation", "[quality]") {
  std::mt19937 random(20260120);
  std::size_t scored = 0;
  for (int round = 0; round < 400; ++round) {
    const Quads quads = random_quads(random);
    Scene scene(quads);
    Naive naive(quads);
    const auto report = scene.score_all();
    INFO("round " << round);
    REQUIRE(report->entities().size() == naive.entities().size());
    Scores sum{};
    std::size_t in_a = 0;
    for (const Term& entity : naive.entities()) {
      INFO(entity.value);
      const Scores wanted = naive.scores(entity);
      check_same(scores_of(*report, scene.view, entity), wanted);
      const Quality one = scene.one(entity);
      CHECK(one.entities == 1);
      check_same(one.scores, wanted);
      // All that is lacking makes up for all that the score falls short of, freshness aside.
      double gains = 0;
      for (const Improvement& each : one.improvements) gains += each.gain;
      const double stale = std::isnan(wanted[3]) ? 0 : (1 - wanted[3]) / 10;
      CHECK(gains == Approx(1 - wanted[4] - stale).margin(1e-5));
      sum[4] += wanted[4];
      if (naive.graphs(entity).contains(x("a"))) ++in_a;
      ++scored;
    }
    const Quality all = report->of_all();
    if (all.entities > 0) CHECK(all.scores[4] == Approx(sum[4] / static_cast<double>(all.entities)).margin(1e-5));
    CHECK(report->of_sources(std::vector{scene.view.intern(x("a"))}).entities == in_a);
  }
  CHECK(scored > 500);
}

}  // namespace scenograph::shacl
