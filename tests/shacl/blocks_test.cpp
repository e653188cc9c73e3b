#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "rdf/vocab.hpp"
#include "shacl/report.hpp"
#include "shacl/validate.hpp"
#include "store/store.hpp"
#include "support/temporary_folder.hpp"
#include "support/turtle.hpp"

// Focus nodes dealt out to threads, and validations that end early.

namespace scenograph::shacl {

namespace {

using rdf::Term;

constexpr std::size_t things = 150'000;  // more than two blocks
constexpr std::size_t first_violation = 70'000;

Term iri(std::string_view name) { return Term::iri(fmt::format("http://ex.test/{}", name)); }

/// Every third thing without a name (a Warning); from the 70,000th on every fourth has two prices (a Violation).
class ThingStore {
 public:
  ThingStore() : store_(store::Store::open(folder_.path(), {})) {
    const auto transaction = store_->begin();
    const auto say = [&](const Term& subject, const Term& predicate, const Term& object) {
      transaction->insert({transaction->intern(subject), transaction->intern(predicate), transaction->intern(object),
                           transaction->intern({})});
    };
    for (std::size_t i = 0; i < things; ++i) {
      const Term thing = iri(fmt::format("thing/{:06}", i));
      say(thing, Term::iri(rdf::rdf::type), iri("Thing"));
      if (i % 3 != 0) say(thing, iri("name"), Term::literal("a name"));
      say(thing, iri("price"), Term::literal("1"));
      if (i >= first_violation && i % 4 == 0) say(thing, iri("price"), Term::literal("2"));
    }
    transaction->commit({});
  }

  [[nodiscard]] store::Snapshot snapshot() const { return store_->snapshot(); }

 private:
  tests::TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_;
};

Shapes shapes() {
  return load_shapes(tests::from_turtle(R"(
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex.test/> .
    ex:Named a sh:NodeShape ; sh:targetClass ex:Thing ;
      sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:severity sh:Warning ] .
    ex:Priced a sh:NodeShape ; sh:targetSubjectsOf ex:price ; sh:property [ sh:path ex:price ; sh:maxCount 1 ] .)"));
}

std::string as_json(const Report& report) {
  std::string text;
  write_json(report, [&text](std::string_view bytes) { text += bytes; });
  return text;
}

}  // namespace

TEST_CASE("validation by threads", "[shacl]") {
  static const ThingStore store;
  const auto view = store.snapshot();
  const auto run = [&](const Options& options) {
    base::Budget budget;
    return validate(*view, shapes(), options, budget);
  };
  Options options;

  SECTION("the report is the same for any number of threads") {
    options.max_results = 30'000;  // of 50,000 warnings: which are kept must not depend on chance
    const Report alone = run(options);
    CHECK(alone.focus_nodes == 2 * things);
    CHECK(alone.count(Severity::Warning) == things / 3);
    CHECK(alone.count(Severity::Violation) == (things - first_violation) / 4);
    for (const std::size_t threads : {2, 3, 8}) {
      options.threads = threads;
      CHECK(as_json(run(options)) == as_json(alone));
    }
  }

  SECTION("it ends at the first result of a severity") {
    options.stop_at = Severity::Violation;
    for (const std::size_t threads : {1, 3}) {
      options.threads = threads;
      const Report report = run(options);
      CHECK(report.stopped);
      CHECK(report.count(Severity::Violation) == 1);
      CHECK(report.count(Severity::Warning) == things / 3);  // of the shape before
      if (threads == 1) CHECK(report.focus_nodes < 2 * things);
    }
    options.stop_at = Severity::Warning;
    options.threads = 1;
    const Report report = run(options);
    CHECK(report.total == 1);
    CHECK(report.focus_nodes < things / 10);
  }

  SECTION("it goes to the end where there is none of the severity") {
    options.stop_at = Severity::Violation;
    const auto named = load_shapes(tests::from_turtle(R"(
      @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex.test/> .
      ex:Named sh:targetClass ex:Thing ; sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:severity sh:Warning ] .)"));
    base::Budget budget;
    const Report report = validate(*view, named, options, budget);
    CHECK(!report.stopped);
    CHECK(report.total == things / 3);
  }

  SECTION("what one thread throws ends all") {
    options.threads = 3;
    base::Budget budget(std::chrono::milliseconds(0), std::size_t{1} << 20U);
    CHECK_THROWS_AS(validate(*view, shapes(), options, budget), base::Error);
  }
}

}  // namespace scenograph::shacl
