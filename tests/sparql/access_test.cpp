#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "base/file.hpp"
#include "rdf/vocab.hpp"
#include "sparql/functions.hpp"
#include "sparql/query.hpp"
#include "sparql/term_indexes.hpp"
#include "store/bulk_load.hpp"
#include "support/temporary_folder.hpp"

// Filters by text and place: whatever an index offers, answers are those of looking at each row.

namespace scenograph::sparql {

namespace {

std::string plan_of(const store::Snapshot& snapshot, const std::string& query) {
  return explain(snapshot, query, {}, std::make_shared<base::Budget>(), ExplainFormat::Text);
}

constexpr const char* prefixes = R"(
  PREFIX : <http://ex.test/> PREFIX scgf: <https://w3id.org/scenograph/fn#>
  PREFIX geo: <http://www.opengis.net/ont/geosparql#> PREFIX geof: <http://www.opengis.net/def/function/geosparql/>
  PREFIX uom: <http://www.opengis.net/def/uom/OGC/1.0/>
)";

std::vector<std::string> rows_of(const store::Snapshot& snapshot, const std::string& text) {
  const auto result = run_query(snapshot, prefixes + text);
  std::vector<std::string> rows;
  for (SolutionBatch batch; result->next(batch);) {
    for (std::size_t row = 0; row < batch.size; ++row) {
      std::string line;
      for (std::size_t i = 0; i < batch.columns.size(); ++i) {
        if (const auto term = batch.at(i, row)) {
          rdf::append_ntriples(line, *term);
        } else {
          line += '-';
        }
        line += ' ';
      }
      rows.push_back(std::move(line));
    }
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

/// Made-up texts out of few words, in many scripts.
class Texts {
 public:
  explicit Texts(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t n) { return random_() % n; }

  std::string word() {
    static const std::vector<std::string> words = {
        "opéra", "Opera", "OPÉRAS", "œuvre",  "oeuvres", "Straße",         "STRASSE", "ﬁn",    "fin",
        "東京",  "京",    "文化",   "オペラ", "مسرح",    "مَسرَح",           "תיאטרון", "Чайка", "чайки",
        "l’or",  "L'OR",  "danse",  "danses", "dancing", "dance",          "Łódź",    "lodz",  "2024",
        "x",     "",      "—",      "été",    "ละคร",    "e\u0301te\u0301"};
    return words[below(words.size())];
  }

  std::string text() {
    std::string out;
    for (std::size_t count = below(5); count > 0; --count) out += word() + (below(4) == 0 ? "" : " ");
    return out;
  }

  rdf::Term literal() {
    static const std::vector<std::string> tags = {"fr", "fr-CA", "en", "de", "ja", "ru", "zh", "ar"};
    if (below(10) == 0) return rdf::Term::literal(text(), "http://ex.test/type");
    if (below(3) == 0) return rdf::Term::literal(text());
    return rdf::Term::lang_literal(text(), tags[below(tags.size())]);
  }

  std::string query() {
    std::string out;
    for (std::size_t count = 1 + below(3); count > 0; --count) {
      const std::size_t kind = below(12);
      const std::string piece = word();
      if (kind == 0) {
        out += "-" + piece + " ";
      } else if (kind == 1) {
        out += piece + "* ";
      } else if (kind == 2) {
        out += "\\\"" + piece + " " + word() + "\\\" ";
      } else if (kind == 3) {
        out += piece + " OR " + word() + " ";
      } else {
        out += piece + " ";
      }
    }
    return out;
  }

  std::mt19937& random() { return random_; }

 private:
  std::mt19937 random_;
};

/// The same quads with and without indexes: some loaded, some committed later.
struct TwoStores {
  TwoStores() {
    store::StoreOptions options;
    options.memtable_quads = 200;
    plain = store::Store::open(folder.path() / "plain", options);
    options.indexes = make_term_indexes();
    indexed = store::Store::open(folder.path() / "indexed", options);
  }

  void load(const std::vector<rdf::Quad>& quads) {
    for (store::Store* store : {plain.get(), indexed.get()}) {
      const auto load = store->begin_load({});
      for (const rdf::Quad& quad : quads) {
        load->lane(0).add({rdf::TermView(quad.subject), rdf::TermView(quad.predicate), rdf::TermView(quad.object),
                           rdf::TermView(quad.graph)},
                          0);
      }
      load->commit({});
    }
  }

  void commit(const std::vector<rdf::Quad>& quads) {
    for (store::Store* store : {plain.get(), indexed.get()}) {
      const auto transaction = store->begin();
      store::BlankScope scope(*transaction);
      for (const rdf::Quad& quad : quads) transaction->insert(scope.intern(quad));
      transaction->commit({});
    }
  }

  void check(const std::string& query) const {
    const auto wanted = rows_of(plain->snapshot(), query);
    const auto got = rows_of(indexed->snapshot(), query);
    INFO(query);
    CHECK(got == wanted);
    found += wanted.size();
    queries += 1;
    const std::string plan = plan_of(indexed->snapshot(), prefixes + query);
    const bool uses_index = plan.find("Index ?v") != std::string::npos || plan.find("Index ?lat") != std::string::npos;
    by_index += uses_index ? 1 : 0;
  }

  scenograph::tests::TemporaryFolder folder;
  std::unique_ptr<store::Store> plain;
  std::unique_ptr<store::Store> indexed;
  mutable std::size_t found = 0;
  mutable std::size_t queries = 0;
  mutable std::size_t by_index = 0;
};

rdf::Term node(const std::string& name) { return rdf::Term::iri("http://ex.test/" + name); }

/// So many more names that an index is worth while.
std::vector<rdf::Quad> with_others(std::vector<rdf::Quad> quads) {
  for (int i = 0; i < 500; ++i) {
    quads.push_back(
        {node("other" + std::to_string(i)), node("name"), rdf::Term::literal("another show " + std::to_string(i)), {}});
  }
  return quads;
}

std::string number_of(double value, std::size_t kind) {
  switch (kind) {
    case 0:
      return fmt::format("{:.4f}", value);
    case 1:
      return fmt::format("{:.9f}", value);
    case 2:
      return fmt::format("{}", static_cast<int>(value));
    default:
      return fmt::format("{:E}", value);
  }
}

rdf::Term number(double value, std::size_t kind) {
  const std::string text = number_of(value, kind);
  if (kind < 2) return rdf::Term::literal(text, rdf::xsd::decimal);
  if (kind == 2) return rdf::Term::literal(text, rdf::xsd::integer);
  return rdf::Term::literal(text, rdf::xsd::double_);
}

}  // namespace

TEST_CASE("Text filters give the same with and without index") {
  TwoStores stores;
  Texts texts(11);
  const auto quads = [&](std::size_t count, const std::string& prefix) {
    std::vector<rdf::Quad> out;
    for (std::size_t i = 0; i < count; ++i) {
      rdf::Quad quad{
          node(prefix + std::to_string(i / 2)), node("p" + std::to_string(texts.below(2))), texts.literal(), {}};
      if (texts.below(4) == 0) quad.graph = node("g" + std::to_string(texts.below(2)));
      out.push_back(std::move(quad));
    }
    return out;
  };
  const std::vector<std::string> forms = {
      "SELECT * {{ ?s :p0 ?v FILTER scgf:matches(?v, \"{}\") }}",
      "SELECT * {{ ?s ?p ?v FILTER scgf:matches(?v, \"{}\") }}",
      "SELECT * {{ ?s :p0 ?v ; :p1 ?w FILTER(scgf:matches(?v, \"{}\") && ?v != ?w) }}",
      "SELECT * {{ ?s :p0 ?v FILTER scgf:matches(?v, \"{}\", \"fr\") }}",
      "SELECT * {{ ?s :p0 ?v FILTER scgf:matches(?v, \"{}\"@en) BIND(scgf:score(?v, \"opera\") AS ?n) }}",
      "SELECT * {{ GRAPH ?g {{ ?s :p0 ?v FILTER scgf:matches(?v, \"{}\") }} }}",
      "SELECT * {{ ?s :p1 ?w OPTIONAL {{ ?s :p0 ?v FILTER scgf:matches(?v, \"{}\") }} }}",
      "SELECT * {{ ?s :p1 ?w OPTIONAL {{ ?s :p0 ?v }} FILTER scgf:matches(?v, \"{}\") }}",
      "SELECT * {{ ?s :p1 ?w MINUS {{ ?s :p0 ?v FILTER scgf:matches(?v, \"{}\") }} }}",
      "SELECT * {{ ?s :p1 ?w FILTER NOT EXISTS {{ ?s :p0 ?v FILTER scgf:matches(?v, \"{}\") }} }}",
      "SELECT * {{ {{ ?s :p0 ?v }} UNION {{ ?s :p1 ?v }} FILTER scgf:matches(?v, \"{}\") }}",
      "SELECT * {{ ?s :p0 ?v FILTER(!scgf:matches(?v, \"{}\")) }}",
      "SELECT * {{ ?s :p0 ?v FILTER(scgf:matches(?v, \"{}\") || ?s = :a1) }}",
      "SELECT ?v (COUNT(*) AS ?n) {{ ?s :p0 ?v FILTER scgf:matches(?v, \"{}\") }} GROUP BY ?v",
      "SELECT * {{ ?s :p0 ?v FILTER(scgf:score(?v, \"{}\") > 0.7) }}",
      "SELECT * {{ ?s :p0 ?v FILTER(0 <= scgf:score(?v, \"{}\")) }}",
      "SELECT * {{ ?s :p0/:p1* ?v FILTER scgf:matches(?v, \"{}\") }}"};
  stores.load(quads(3000, "a"));
  for (std::size_t round = 0; round < 4; ++round) {
    for (std::size_t i = 0; i < 90; ++i) {
      stores.check(fmt::format(fmt::runtime(forms[i % forms.size()]), texts.query()));
    }
    if (round == 0) stores.commit(quads(150, "b"));
    if (round == 1) stores.commit(quads(300, "c"));
    if (round == 2) stores.indexed->compact({});
  }
  CHECK(stores.found > stores.queries * 20);
  CHECK(stores.by_index > stores.queries / 2);
}

TEST_CASE("Place filters give the same with and without index") {
  TwoStores stores;
  Texts texts(7);
  const auto between = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(texts.random());
  };
  const auto point = [&] {
    if (texts.below(4) == 0) return std::pair(between(170, 190), between(-89, 89));
    return texts.below(5) == 0 ? std::pair(between(-180, 180), between(80, 90))
                               : std::pair(between(1, 9), between(44, 50));
  };
  const auto wkt = [&]() -> std::string {
    const auto [x, y] = point();
    const double size = std::pow(10, between(-3, 1.9));
    switch (texts.below(6)) {
      case 0:
        return fmt::format("POLYGON(({0} {1},{2} {1},{2} {3},{0} {3},{0} {1}))", x, y, x + size,
                           std::min(90.0, y + size));
      case 1:
        return fmt::format("LINESTRING({} {},{} {})", x, y, x + size, std::max(-90.0, y - size));
      case 2:
        return "POINT EMPTY";
      case 3:
        return fmt::format("<http://www.opengis.net/def/crs/EPSG/0/4326> POINT({} {})", y, x);
      default:
        return fmt::format("POINT({} {})", x, y);
    }
  };
  const auto quads = [&](std::size_t count, const std::string& prefix) {
    std::vector<rdf::Quad> out;
    for (std::size_t i = 0; i < count; ++i) {
      const rdf::Term subject = node(prefix + std::to_string(i));
      out.push_back({subject, node("wkt"), rdf::Term::literal(wkt(), functions::wkt_literal), {}});
      const auto [x, y] = point();
      out.push_back({subject, node("lat"), number(y, texts.below(4)), {}});
      out.push_back({subject, node("long"), number(x > 180 ? x - 360 : x, texts.below(4)), {}});
    }
    out.push_back({node("bad"), node("wkt"), rdf::Term::literal("POINT(1 2", functions::wkt_literal), {}});
    out.push_back({node("bad"), node("lat"), rdf::Term::literal("48.85"), {}});
    return out;
  };
  const std::vector<std::string> forms = {
      "SELECT ?s ?v {{ ?s :wkt ?v FILTER(geof:distance(?v, \"{}\"^^geo:wktLiteral, uom:metre) < {}) }}",
      "SELECT ?s ?v {{ ?s :wkt ?v FILTER(\"1e5\"^^<http://www.w3.org/2001/XMLSchema#double> > "
      "geof:distance(\"{}\"^^geo:wktLiteral, ?v) / 10) }}",
      "SELECT ?s ?v {{ ?s :wkt ?v FILTER geof:sfWithin(?v, geof:envelope(\"{}\"^^geo:wktLiteral)) }}",
      "SELECT ?s ?v {{ ?s :wkt ?v FILTER geof:sfIntersects(\"{}\"^^geo:wktLiteral, ?v) }}",
      "SELECT ?s ?v {{ ?s :wkt ?v FILTER geof:sfContains(?v, \"{}\"^^geo:wktLiteral) }}",
      "SELECT ?s ?v {{ ?s :wkt ?v FILTER geof:sfDisjoint(?v, \"{}\"^^geo:wktLiteral) }}",
      "SELECT ?s ?lat {{ ?s :lat ?lat ; :long ?long "
      "FILTER(geof:distance(scgf:point(?lat, ?long), \"{}\"^^geo:wktLiteral, uom:kilometre) <= {} / 1000) }}",
      "SELECT ?s ?lat {{ ?s :lat ?lat ; :long ?long FILTER geof:sfWithin(scgf:point(?lat, ?long), "
      "scgf:box(1.5, 45, 8, 48.5)) }}"};
  stores.load(quads(1500, "a"));
  for (std::size_t round = 0; round < 3; ++round) {
    for (std::size_t i = 0; i < 96; ++i) {
      const std::string text = fmt::format(fmt::runtime(forms[i % forms.size()]), wkt(), std::pow(10, between(2, 7.3)));
      stores.check(text);
    }
    if (round == 0) stores.commit(quads(60, "b"));
    if (round == 1) stores.indexed->compact({});
  }
  CHECK(stores.found > stores.queries * 20);
  CHECK(stores.by_index > stores.queries / 3);
}

TEST_CASE("What is committed is found at once, and not in snapshots before") {
  TwoStores stores;
  stores.load(with_others({{node("a"), node("name"), rdf::Term::lang_literal("L'Opéra de Paris", "fr"), {}}}));
  const std::string query = "SELECT ?s { ?s :name ?v FILTER scgf:matches(?v, \"opera\") }";
  const auto before = stores.indexed->snapshot();
  stores.commit({{node("b"), node("name"), rdf::Term::literal("Opera North, Leeds"), {}}});
  stores.commit({{node("c"), node("name"), rdf::Term::literal("Opéra"), {}}});
  CHECK(rows_of(before, query).size() == 1);
  CHECK(rows_of(stores.indexed->snapshot(), query).size() == 3);
  stores.indexed->compact({});
  CHECK(rows_of(stores.indexed->snapshot(), query).size() == 3);
  CHECK(rows_of(before, query).size() == 1);
  CHECK(plan_of(before, prefixes + query).find("WordsIndex ?v") != std::string::npos);
}

TEST_CASE("A filter may name a constant that BIND gives") {
  TwoStores stores;
  stores.load(with_others({{node("a"), node("name"), rdf::Term::literal("The opera"), {}}}));
  const std::string query =
      "SELECT ?s ?q { ?s :name ?v BIND(\"opera\" AS ?q) FILTER(scgf:matches(?v, ?q) && BOUND(?q)) }";
  CHECK(rows_of(stores.indexed->snapshot(), query).size() == 1);
  CHECK(plan_of(stores.indexed->snapshot(), prefixes + query).find("WordsIndex ?v") != std::string::npos);
}

TEST_CASE("A pattern of few rows is looked at without index") {
  TwoStores stores;
  stores.load({{node("a"), node("name"), rdf::Term::literal("The opera"), {}}});
  const std::string query = "SELECT ?s { ?s :name ?v FILTER scgf:matches(?v, \"opera\") }";
  CHECK(rows_of(stores.indexed->snapshot(), query).size() == 1);
  CHECK(plan_of(stores.indexed->snapshot(), prefixes + query).find("WordsIndex") == std::string::npos);
}

TEST_CASE("A filter goes below BIND to the patterns it speaks of") {
  TwoStores stores;
  stores.load(with_others({{node("a"), node("name"), rdf::Term::literal("The opera"), {}}}));
  const std::string query =
      "SELECT ?s ?n { ?s :name ?v BIND(scgf:score(?v, \"opera\") AS ?n) FILTER(scgf:matches(?v, \"opera\") && ?n > "
      "0.5) }";
  CHECK(rows_of(stores.indexed->snapshot(), query).size() == 1);
  CHECK(plan_of(stores.indexed->snapshot(), prefixes + query).find("WordsIndex ?v") != std::string::npos);
}

TEST_CASE("An index shows nothing of graphs that may not be read") {
  TwoStores stores;
  stores.load(with_others({{node("a"), node("name"), rdf::Term::literal("A public opera"), node("public")},
                           {node("b"), node("name"), rdf::Term::literal("A private opera"), node("private")}}));
  const auto snapshot = stores.indexed->snapshot();
  QueryOptions options;
  options.readable = store::GraphSet::of({*snapshot->find(node("public"))});
  const auto result = run_query(
      snapshot, std::string(prefixes) + "SELECT ?v { ?s :name ?v FILTER scgf:matches(?v, \"opera\") }", options);
  SolutionBatch batch;
  REQUIRE(result->next(batch));
  REQUIRE(batch.size == 1);
  CHECK(batch.at(0, 0)->value == "A public opera");
}

TEST_CASE("Extension functions are listed in sorted order, and documented") {
  const auto all = extension_functions();
  CHECK(std::is_sorted(all.begin(), all.end()));
  const std::string page = base::read_file(std::string(SCENOGRAPH_SOURCE) + "/docs/sparql-functions.md");
  for (const std::string_view iri : all) {
    const std::string name(iri.substr(iri.find_last_of("#/") + 1));
    CAPTURE(name);
    CHECK(page.find(":" + name + "(") != std::string::npos);
  }
}

}  // namespace scenograph::sparql
