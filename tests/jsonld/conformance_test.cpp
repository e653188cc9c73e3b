#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <string>

#include "base/bytes.hpp"
#include "canon/compare.hpp"
#include "jsonld/html.hpp"
#include "jsonld/processor.hpp"
#include "rdf/iri.hpp"
#include "support/nquads.hpp"
#include "support/tally.hpp"
#include "syntax/reader.hpp"

using namespace scenograph;
using jsonld::Value;

namespace {

const std::string tests_base = "https://w3c.github.io/json-ld-api/tests/";
const std::filesystem::path folder = std::filesystem::path(SCENOGRAPH_SUITES) / "json-ld";

std::string read_text(const std::string& name) {
  const auto source = base::open_file(folder / name);
  return base::read_all(*source, 0, name);
}

std::optional<std::string> load(std::string_view address) {
  if (!address.starts_with(tests_base)) return std::nullopt;
  const std::string name(address.substr(tests_base.size()));
  if (!std::filesystem::exists(folder / name)) return std::nullopt;
  return read_text(name);
}

/// Arrays but those of lists sorted: their order does not count.
Value sorted(const Value& value, bool list = false) {
  if (value.is_array()) {
    Value::Array array;
    for (const Value& each : value.array()) array.push_back(sorted(each));
    if (!list) {
      std::sort(array.begin(), array.end(), [](const Value& a, const Value& b) { return to_json(a) < to_json(b); });
    }
    return array;
  }
  if (!value.is_object()) return value;
  Value::Object object;
  for (const auto& [key, member] : value.object()) object.emplace(key, sorted(member, key == "@list"));
  return object;
}

std::string compare(const Value& got, const Value& expected) {
  if (to_canonical_json(sorted(got)) == to_canonical_json(sorted(expected))) return {};
  return "got " + to_json(got) + "\n  expected " + to_json(expected);
}

std::vector<rdf::Quad> read_quads(const std::string& name) {
  std::vector<rdf::Quad> quads;
  const auto source = base::open_file(folder / name);
  syntax::read(*source, syntax::Format::NQuads, {}, [&quads](const rdf::Quad& quad) { quads.push_back(quad); });
  return quads;
}

class Test {
 public:
  explicit Test(const Value& entry) : entry_(entry), option_(entry.has("option") ? *entry.find("option") : Value()) {}

  [[nodiscard]] std::string text(const char* key) const {
    const Value* found = entry_.find(key);
    return found == nullptr ? std::string() : found->string();
  }
  [[nodiscard]] std::string option(const char* key) const {
    const Value* found = option_.find(key);
    return found != nullptr && found->is_string() ? found->string() : std::string();
  }
  [[nodiscard]] bool flag(const char* key, bool fallback) const {
    const Value* found = option_.find(key);
    return found == nullptr ? fallback : found->boolean();
  }

  [[nodiscard]] jsonld::ProcessorOptions options() const {
    jsonld::ProcessorOptions options;
    options.base = option("base").empty() ? tests_base + text("input") : option("base");
    options.loader = load;
    options.json_ld_1_0 = option("processingMode") == "json-ld-1.0";
    options.compact_arrays = flag("compactArrays", true);
    options.compact_to_relative = flag("compactToRelative", true);
    options.use_native_types = flag("useNativeTypes", false);
    options.use_rdf_type = flag("useRdfType", false);
    if (option("rdfDirection") == "i18n-datatype") options.rdf_direction = jsonld::RdfDirection::I18nDatatype;
    if (option("rdfDirection") == "compound-literal") options.rdf_direction = jsonld::RdfDirection::CompoundLiteral;
    if (!option("expandContext").empty()) options.expand_context = json(option("expandContext"));
    return options;
  }

  [[nodiscard]] static Value json(const std::string& name) { return jsonld::parse_json(read_text(name), name); }

 private:
  const Value& entry_;
  Value option_;
};

using Run = std::function<std::string(const Test&)>;

std::string check(const Test& test, const Run& run) {
  const std::string code = test.text("expectErrorCode");
  try {
    const std::string wrong = run(test);
    return code.empty() ? wrong : "expected an error: " + code;
  } catch (const base::Error& error) {
    if (code.empty()) throw;
    return error.message().starts_with(code) ? std::string() : "expected " + code + ", got " + error.message();
  }
}

std::string run_expand(const Test& test) {
  const Value got = jsonld::expand(Test::json(test.text("input")), test.options());
  return test.text("expect").empty() ? std::string() : compare(got, Test::json(test.text("expect")));
}

std::string run_to_rdf(const Test& test) {
  std::vector<rdf::Quad> quads;
  const jsonld::ProcessorOptions options = test.options();
  jsonld::to_rdf(jsonld::expand(Test::json(test.text("input")), options), options,
                 [&quads](const rdf::Quad& quad) { quads.push_back(quad); });
  if (test.text("expect").empty()) return {};
  const std::vector<rdf::Quad> expected = read_quads(test.text("expect"));
  if (canon::isomorphic(quads, expected)) return {};
  return "got\n" + tests::to_nquads(quads) + "expected\n" + tests::to_nquads(expected);
}

std::string run_from_rdf(const Test& test) {
  const Value got = jsonld::from_rdf(read_quads(test.text("input")), test.options());
  return test.text("expect").empty() ? std::string() : compare(got, Test::json(test.text("expect")));
}

std::string run_compact(const Test& test) {
  const jsonld::ProcessorOptions options = test.options();
  const Value expanded = jsonld::expand(Test::json(test.text("input")), options);
  const Value got = jsonld::compact(expanded, Test::json(test.text("context")), options);
  return test.text("expect").empty() ? std::string() : compare(got, Test::json(test.text("expect")));
}

/// The JSON of the page's scripts that the test asks for.
Value from_page(const Test& test, jsonld::ProcessorOptions& options) {
  const std::string address = test.option("base").empty() ? tests_base + test.text("input") : test.option("base");
  const std::string input = test.text("input");
  const std::size_t hash = input.find('#');
  const jsonld::Page page =
      jsonld::find_scripts(read_text(input.substr(0, hash)), address.substr(0, address.find('#')));
  options.base = page.base;
  Value::Array documents;
  for (const jsonld::Script& script : page.scripts) {
    if (hash != std::string::npos && script.id != input.substr(hash + 1)) continue;
    Value document;
    try {
      document = jsonld::parse_json(script.text, input);
    } catch (const base::Error& error) {
      throw base::Error(error.code(), "invalid script element: " + error.message());
    }
    if (!test.flag("extractAllScripts", false)) return document;
    for (const Value& each : document.is_array() ? document.array() : Value::Array{document}) documents.push_back(each);
  }
  if (hash != std::string::npos) throw base::Error(base::Code::BadData, "loading document failed: no script");
  return documents;
}

std::string run_page(const Test& test) {
  jsonld::ProcessorOptions options = test.options();
  const Value expanded = jsonld::expand(from_page(test, options), options);
  const std::string expect = test.text("expect");
  if (expect.ends_with(".nq")) {
    std::vector<rdf::Quad> quads;
    jsonld::to_rdf(expanded, options, [&quads](const rdf::Quad& quad) { quads.push_back(quad); });
    return canon::isomorphic(quads, read_quads(expect)) ? std::string() : "got\n" + tests::to_nquads(quads);
  }
  if (expect.empty()) return {};
  if (test.text("context").empty()) return compare(expanded, Test::json(expect));
  return compare(jsonld::compact(expanded, Test::json(test.text("context")), options), Test::json(expect));
}

void run_suite(const std::string& name, const Run& run) {
  if (!std::filesystem::exists(folder)) {
    std::cout << "skipped: no " << folder.string() << '\n';
    return;
  }
  const Value manifest = Test::json(name + "-manifest.jsonld");
  tests::Tally tally("json-ld " + name, "json-ld-" + name + ".txt");
  for (const Value& entry : manifest.find("sequence")->array()) {
    const Test test(entry);
    if (test.option("specVersion") == "json-ld-1.0") continue;
    tally.run(test.text("@id").substr(1), [&] { return check(test, run); });
  }
  CHECK(tally.finish() == 0);
}

}  // namespace

TEST_CASE("W3C JSON-LD expand", "[conformance]") { run_suite("expand", run_expand); }
TEST_CASE("W3C JSON-LD toRdf", "[conformance]") { run_suite("toRdf", run_to_rdf); }
TEST_CASE("W3C JSON-LD fromRdf", "[conformance]") { run_suite("fromRdf", run_from_rdf); }
TEST_CASE("W3C JSON-LD compact", "[conformance]") { run_suite("compact", run_compact); }
TEST_CASE("W3C JSON-LD html", "[conformance]") { run_suite("html", run_page); }
