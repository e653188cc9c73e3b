#include <catch2/catch.hpp>

#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "canon/compare.hpp"
#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"
#include "support/nquads.hpp"
#include "support/tally.hpp"
#include "syntax/reader.hpp"
#include "syntax/writer.hpp"

using namespace scenograph;
using syntax::Format;

namespace {

const std::string mf = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";

std::vector<rdf::Quad> read_file(const std::filesystem::path& path, Format format, const std::string& base) {
  std::vector<rdf::Quad> quads;
  syntax::ReadOptions options;
  options.base = base;
  options.source_name = path.filename();
  const auto source = base::open_file(path);
  syntax::read(*source, format, options, [&quads](const rdf::Quad& quad) { quads.push_back(quad); });
  return quads;
}

/// Reads back what the writer makes of `quads`.
std::vector<rdf::Quad> round_trip(const std::vector<rdf::Quad>& quads, Format format, std::size_t arrange_bytes = 0) {
  std::string text;
  syntax::WriteOptions options;
  options.arrange_bytes = arrange_bytes;
  const auto writer = syntax::make_writer(
      format, [&text](std::string_view piece) { text += piece; }, options);
  for (const rdf::Quad& quad : quads) writer->write(quad);
  writer->finish();
  std::vector<rdf::Quad> back;
  const auto source = base::open_text(text);
  syntax::read(*source, format, {}, [&back](const rdf::Quad& quad) { back.push_back(quad); });
  return back;
}

class Manifest {
 public:
  Manifest(const std::filesystem::path& folder, const std::string& base) {
    for (rdf::Quad& quad : read_file(folder / "manifest.ttl", Format::Turtle, base + "manifest.ttl")) {
      values_[quad.subject.value][quad.predicate.value] = quad.object.value;
      if (quad.predicate.value == mf + "entries") entries_ = quad.object.value;
      if (quad.predicate.value == mf + "assumedTestBase") base_ = quad.object.value;
    }
    if (base_.empty()) base_ = base;
  }

  [[nodiscard]] const std::string& base() const { return base_; }

  [[nodiscard]] std::vector<std::string> tests() const {
    std::vector<std::string> tests;
    for (std::string node = entries_; node != rdf::rdf::nil; node = value(node, rdf::rdf::rest)) {
      tests.push_back(value(node, rdf::rdf::first));
    }
    return tests;
  }

  [[nodiscard]] std::string value(const std::string& subject, std::string_view predicate) const {
    const auto found = values_.find(subject);
    if (found == values_.end()) return {};
    const auto object = found->second.find(std::string(predicate));
    return object == found->second.end() ? std::string() : object->second;
  }

 private:
  std::map<std::string, std::map<std::string, std::string>> values_;
  std::string entries_;
  std::string base_;
};

std::string check_round_trips(const std::vector<rdf::Quad>& quads, Format format) {
  if (!canon::isomorphic(round_trip(quads, format), quads)) return "does not survive being written and read";
  if (!canon::isomorphic(round_trip(quads, format, 1U << 20U), quads)) return "does not survive being arranged";
  return {};
}

std::string check(const std::filesystem::path& folder, const std::string& folder_base, const Manifest& manifest,
                  const std::string& test, Format format) {
  const std::string type = manifest.value(test, rdf::rdf::type);
  const std::string action = manifest.value(test, mf + "action").substr(folder_base.size());
  const std::string result = manifest.value(test, mf + "result");
  const bool negative = type.find("Negative") != std::string::npos;
  std::vector<rdf::Quad> quads;
  try {
    quads = read_file(folder / action, format, manifest.base() + action);
  } catch (const base::Error& error) {
    if (negative) return {};
    throw;
  }
  if (negative) return "was not refused";
  if (!result.empty()) {
    const std::string name = result.substr(folder_base.size());
    const std::vector<rdf::Quad> expected = read_file(folder / name, Format::NQuads, {});
    if (!canon::isomorphic(quads, expected)) {
      return "got\n" + tests::to_nquads(quads) + "expected\n" + tests::to_nquads(expected);
    }
  }
  return check_round_trips(quads, format);
}

void run_suite(const std::string& name, Format format) {
  const std::filesystem::path folder = std::filesystem::path(SCENOGRAPH_SUITES) / "rdf-tests/rdf/rdf11" / name;
  if (!std::filesystem::exists(folder)) {
    std::cout << "skipped: no " << folder.string() << '\n';
    return;
  }
  const std::string base = "https://w3c.github.io/rdf-tests/rdf/rdf11/" + name + "/";
  const Manifest manifest(folder, base);
  tests::Tally tally(name, name + ".txt");
  for (const std::string& test : manifest.tests()) {
    tally.run(test.substr(test.find('#') + 1), [&] { return check(folder, base, manifest, test, format); });
  }
  CHECK(tally.finish() == 0);
}

}  // namespace

TEST_CASE("W3C N-Triples", "[conformance]") { run_suite("rdf-n-triples", Format::NTriples); }
TEST_CASE("W3C N-Quads", "[conformance]") { run_suite("rdf-n-quads", Format::NQuads); }
TEST_CASE("W3C Turtle", "[conformance]") { run_suite("rdf-turtle", Format::Turtle); }
TEST_CASE("W3C TriG", "[conformance]") { run_suite("rdf-trig", Format::TriG); }
TEST_CASE("W3C RDF/XML", "[conformance]") { run_suite("rdf-xml", Format::RdfXml); }
