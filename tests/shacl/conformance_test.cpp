#include <catch2/catch.hpp>

#include <filesystem>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "canon/compare.hpp"
#include "rdf/vocab.hpp"
#include "shacl/report.hpp"
#include "shacl/validate.hpp"
#include "store/store.hpp"
#include "support/nquads.hpp"
#include "support/tally.hpp"
#include "support/temporary_folder.hpp"
#include "syntax/reader.hpp"

// The W3C SHACL suite: each test file holds its data, its shapes, and the report that a validator must give.

namespace scenograph::shacl {

namespace {

namespace fs = std::filesystem;
using rdf::Quad;
using rdf::Term;

const std::string mf = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const std::string sht = "http://www.w3.org/ns/shacl-test#";
const std::string sh = "http://www.w3.org/ns/shacl#";
const std::string file_scheme = "file://";

std::vector<Quad> read_file(const fs::path& path) {
  std::vector<Quad> quads;
  syntax::ReadOptions options;
  options.base = file_scheme + path.string();
  options.source_name = path.filename();
  const auto source = base::open_file(path);
  syntax::read(*source, syntax::Format::Turtle, options, [&](const Quad& quad) { quads.push_back(quad); });
  return quads;
}

class Graph {
 public:
  explicit Graph(std::vector<Quad> quads) : quads_(std::move(quads)) {
    for (const Quad& quad : quads_) by_subject_[quad.subject].push_back(&quad);
  }

  [[nodiscard]] const std::vector<Quad>& quads() const { return quads_; }

  [[nodiscard]] std::vector<Term> objects(const Term& subject, const std::string& predicate) const {
    std::vector<Term> found;
    const auto at = by_subject_.find(subject);
    if (at == by_subject_.end()) return found;
    for (const Quad* quad : at->second) {
      if (quad->predicate.value == predicate) found.push_back(quad->object);
    }
    return found;
  }

  [[nodiscard]] std::optional<Term> object(const Term& subject, const std::string& predicate) const {
    const auto found = objects(subject, predicate);
    return found.empty() ? std::nullopt : std::optional(found.front());
  }

  /// Adds the triples of `node`, and of the blank nodes that the triples of these predicates lead to, at any depth.
  void extract(const Term& node, std::vector<Quad>& out) const {
    const auto at = by_subject_.find(node);
    if (at == by_subject_.end()) return;
    for (const Quad* quad : at->second) {
      if (quad->predicate.value == sh + "resultMessage" || quad->predicate.value == sh + "detail") continue;
      out.push_back(*quad);
      const std::string& predicate = quad->predicate.value;
      const bool leaves = predicate == sh + "sourceShape" || predicate == sh + "value" ||
                          predicate == sh + "focusNode" || predicate == sh + "sourceConstraint";
      if (quad->object.is_blank() && !leaves) extract(quad->object, out);
    }
  }

 private:
  std::vector<Quad> quads_;
  std::map<Term, std::vector<const Quad*>> by_subject_;
};

fs::path path_of(const Term& iri) { return iri.value.substr(file_scheme.size()); }

std::vector<Quad> report_of(const std::vector<Quad>& data, const std::vector<Quad>& shapes_graph) {
  const Shapes shapes = load_shapes(shapes_graph);
  const tests::TemporaryFolder folder;
  const auto store = store::Store::open(folder.path());
  const auto transaction = store->begin();
  store::BlankScope scope(*transaction);
  for (const Quad& quad : data) transaction->insert(scope.intern(quad));
  transaction->commit({});
  base::Budget budget;
  std::vector<Quad> report;
  write_graph(validate(*store->snapshot(), shapes, {}, budget), [&](const Quad& quad) { report.push_back(quad); });
  std::vector<Quad> kept;
  Graph(report).extract(Term::blank("report"), kept);
  return kept;
}

std::string check(const Graph& manifest, const Term& test) {
  const auto action = manifest.object(test, mf + "action");
  const auto result = manifest.object(test, mf + "result");
  if (!action || !result) return "the manifest has no action or no result";
  const auto data = read_file(path_of(manifest.object(*action, sht + "dataGraph").value()));
  const auto shapes = read_file(path_of(manifest.object(*action, sht + "shapesGraph").value()));
  if (result->value == sht + "Failure") {
    try {
      (void)report_of(data, shapes);
    } catch (const base::Error&) {
      return {};
    }
    return "was not refused";
  }
  std::vector<Quad> expected;
  manifest.extract(*result, expected);
  const std::vector<Quad> got = report_of(data, shapes);
  if (canon::isomorphic(got, expected)) return {};
  return "got\n" + tests::to_nquads(got) + "expected\n" + tests::to_nquads(expected);
}

void run_manifest(const fs::path& path, tests::Tally& tally) {
  const Graph manifest(read_file(path));
  const Term self = Term::iri(file_scheme + path.string());
  for (const Term& include : manifest.objects(self, mf + "include")) run_manifest(path_of(include), tally);
  const auto entries = manifest.object(self, mf + "entries");
  for (Term list = entries.value_or(Term::iri(rdf::rdf::nil)); list.value != rdf::rdf::nil;
       list = manifest.object(list, std::string(rdf::rdf::rest)).value()) {
    const Term test = manifest.object(list, std::string(rdf::rdf::first)).value();
    const fs::path name = path.parent_path().filename() / path_of(test).filename();
    tally.run(name.string(), [&] { return check(manifest, test); });
  }
}

void run_suite(const std::string& name) {
  const fs::path manifest = fs::weakly_canonical(fs::path(SCENOGRAPH_SUITES) / "shacl" / name / "manifest.ttl");
  if (!fs::exists(manifest)) {
    std::cout << "skipped: no " << manifest.string() << '\n';
    return;
  }
  tests::Tally tally("shacl " + name, "shacl-" + name + ".txt");
  run_manifest(manifest, tally);
  CHECK(tally.finish() == 0);
}

TEST_CASE("W3C SHACL Core", "[conformance]") { run_suite("core"); }
TEST_CASE("W3C SHACL-SPARQL", "[conformance]") { run_suite("sparql"); }

}  // namespace

}  // namespace scenograph::shacl
