#include "conformance/json_ld_test.hpp"

#include <algorithm>
#include <array>
#include <regex>
#include <utility>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "canon/compare.hpp"
#include "conformance/json_ld_server.hpp"
#include "jsonld/processor.hpp"
#include "support/nquads.hpp"
#include "syntax/reader.hpp"

namespace scenograph::conformance {

namespace {

using jsonld::Value;

std::string read_text(const std::filesystem::path& path) {
  const auto source = base::open_file(path);
  return base::read_all(*source, 0, path.filename().string());
}

Value read_json(const std::filesystem::path& path) { return jsonld::parse_json(read_text(path), path.string()); }

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

std::string text_of(const Value& object, const char* key) {
  const Value* found = object.find(key);
  return found != nullptr && found->is_string() ? found->string() : std::string();
}

/// Arrays but those of lists sorted, and language tags in lower case: that is what the suites say does not count.
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
  for (const auto& [key, member] : value.object()) {
    const bool tag = key == "@language" && member.is_string();
    object.emplace(key, tag ? Value(lower_case(member.string())) : sorted(member, key == "@list"));
  }
  return object;
}

std::string compare(const Value& got, const Value& expected) {
  if (to_canonical_json(sorted(got)) == to_canonical_json(sorted(expected))) return {};
  return "got " + to_json(got) + "\n  expected " + to_json(expected);
}

/// The quads of a file of N-Quads, of generalized RDF too: there predicates may be blank nodes.
std::vector<rdf::Quad> read_quads(const std::filesystem::path& path) {
  constexpr std::string_view blank = "blank:";
  const std::string text = std::regex_replace(read_text(path), std::regex("(^|\n)(\\S+ )_:(\\S+)"), "$1$2<blank:$3>");
  std::vector<rdf::Quad> quads;
  const auto source = base::open_text(text);
  syntax::read(*source, syntax::Format::NQuads, {}, [&quads, blank](rdf::Quad quad) {
    if (quad.predicate.value.starts_with(blank)) {
      quad.predicate = rdf::Term::blank(quad.predicate.value.substr(blank.size()));
    }
    quads.push_back(std::move(quad));
  });
  return quads;
}

/// Generalized RDF as RDF: a quad whose predicate is a blank node becomes a node of its own that names the three terms,
/// so that datasets are isomorphic after if and only if they were before.
std::vector<rdf::Quad> reified(const std::vector<rdf::Quad>& quads) {
  std::vector<rdf::Quad> standard;
  for (const rdf::Quad& quad : quads) {
    if (!quad.predicate.is_blank()) {
      standard.push_back(quad);
      continue;
    }
    const rdf::Term statement = rdf::Term::blank("statement" + std::to_string(standard.size()));
    const std::array<std::pair<std::string, rdf::Term>, 3> parts = {
        {{"subject", quad.subject}, {"predicate", quad.predicate}, {"object", quad.object}}};
    for (const auto& [name, part] : parts) {
      standard.push_back({statement, rdf::Term::iri("generalized:" + name), part, quad.graph});
    }
  }
  return standard;
}

class Runner {
 public:
  explicit Runner(const JsonLdTest& test) : test_(test), entry_(test.entry) {
    if (const Value* option = entry_.find("option")) option_ = *option;
    if (test.name.starts_with("remote-doc")) server_ = std::make_unique<JsonLdServer>(test.folder, entry_);
  }

  std::string run() {
    const std::string code = text_of(entry_, "expectErrorCode");
    try {
      const std::string wrong = check();
      return code.empty() ? wrong : "expected an error: " + code;
    } catch (const base::Error& error) {
      if (code.empty()) throw;
      return error.message().starts_with(code) ? std::string() : "expected " + code + ", got " + error.message();
    }
  }

 private:
  [[nodiscard]] bool has_type(std::string_view type) const {
    const Value::Array& types = entry_.find("@type")->array();
    return std::any_of(types.begin(), types.end(), [type](const Value& each) { return each.is(type); });
  }

  [[nodiscard]] bool flag(const char* key, bool fallback) const {
    const Value* found = option_.find(key);
    return found == nullptr ? fallback : found->boolean();
  }

  [[nodiscard]] std::filesystem::path file(const char* key) const { return test_.folder / text_of(entry_, key); }

  /// The file that an address within the suite stands for.
  [[nodiscard]] std::optional<jsonld::LoadedDocument> load(std::string_view address) const {
    if (server_) return server_->load(address);
    if (!address.starts_with(test_.base)) return std::nullopt;
    std::string name(address.substr(test_.base.size()));
    name.resize(std::min(name.find('#'), name.size()));
    if (!std::filesystem::exists(test_.folder / name)) return std::nullopt;
    const bool is_page = name.ends_with(".html");
    std::string type = text_of(option_, "contentType");
    if (type.empty() || !is_page) type = is_page ? "text/html" : "application/ld+json";
    return jsonld::LoadedDocument{read_text(test_.folder / name), std::string(address), type, {}};
  }

  [[nodiscard]] jsonld::ProcessorOptions options() const {
    jsonld::ProcessorOptions options;
    options.base = text_of(option_, "base");
    options.loader = [this](std::string_view address) { return load(address); };
    options.json_ld_1_0 = text_of(option_, "processingMode") == "json-ld-1.0";
    options.compact_arrays = flag("compactArrays", true);
    options.compact_to_relative = flag("compactToRelative", true);
    options.use_native_types = flag("useNativeTypes", false);
    options.use_rdf_type = flag("useRdfType", false);
    options.generalized_rdf = flag("produceGeneralizedRdf", false);
    const std::string direction = text_of(option_, "rdfDirection");
    if (direction == "i18n-datatype") options.rdf_direction = jsonld::RdfDirection::I18nDatatype;
    if (direction == "compound-literal") options.rdf_direction = jsonld::RdfDirection::CompoundLiteral;
    const std::string context = text_of(option_, "expandContext");
    if (!context.empty()) options.expand_context = read_json(test_.folder / context);
    return options;
  }

  /// The input in expanded form; `options` get its base.
  Value expanded(jsonld::ProcessorOptions& options) {
    jsonld::DocumentOptions documents;
    documents.loader = options.loader;
    documents.base = options.base;
    documents.all_scripts = flag("extractAllScripts", has_type("jld:ToRDFTest"));
    const std::string address =
        server_ ? server_->address(text_of(entry_, "input")) : test_.base + text_of(entry_, "input");
    const jsonld::Document document = jsonld::load_document(address, documents);
    json_ = document.json;
    options.base.clear();
    options = with_document(options, document);
    return jsonld::expand(document.json, options);
  }

  std::string check() {
    jsonld::ProcessorOptions options = this->options();
    if (has_type("jld:FromRDFTest")) return check_json(jsonld::from_rdf(read_quads(file("input")), options));
    Value document = expanded(options);
    if (has_type("jld:ToRDFTest")) {
      std::string wrong = check_quads(quads_of(document, options));
      return wrong.empty() ? check_quads(quads_read(options)) : wrong;
    }
    if (has_type("jld:FrameTest")) return check_json(framed(document, options));
    if (has_type("jld:FlattenTest")) document = jsonld::flatten(document);
    if (text_of(entry_, "context").empty()) return check_json(document);
    options.wrap_graph = has_type("jld:FlattenTest");
    return check_json(jsonld::compact(document, read_json(file("context")), options));
  }

  Value framed(const Value& document, const jsonld::ProcessorOptions& options) const {
    jsonld::FrameOptions framing;
    if (option_.has("omitGraph")) framing.omit_graph = flag("omitGraph", true);
    return jsonld::frame(document, read_json(file("frame")), framing, options);
  }

  [[nodiscard]] std::string check_json(const Value& got) const {
    if (text_of(entry_, "expect").empty()) return {};
    const Value expected = read_json(file("expect"));
    return server_ ? compare(server_->with_own_addresses(got, test_.base), expected) : compare(got, expected);
  }

  static std::vector<rdf::Quad> quads_of(const Value& document, const jsonld::ProcessorOptions& options) {
    std::vector<rdf::Quad> quads;
    jsonld::to_rdf(document, options, [&quads](const rdf::Quad& quad) { quads.push_back(quad); });
    return quads;
  }

  /// The quads as they are read without expanding the document as a whole.
  [[nodiscard]] std::vector<rdf::Quad> quads_read(const jsonld::ProcessorOptions& options) const {
    std::vector<rdf::Quad> quads;
    jsonld::read_rdf(to_json(json_), "", options, [&quads](const rdf::Quad& quad) { quads.push_back(quad); });
    return quads;
  }

  [[nodiscard]] std::string check_quads(const std::vector<rdf::Quad>& quads) const {
    if (text_of(entry_, "expect").empty()) return {};
    const std::vector<rdf::Quad> expected = read_quads(file("expect"));
    if (canon::isomorphic(reified(quads), reified(expected))) return {};
    return "got\n" + tests::to_nquads(quads) + "expected\n" + tests::to_nquads(expected);
  }

  const JsonLdTest& test_;
  const Value& entry_;
  Value option_;
  Value json_;  // of the input
  std::unique_ptr<JsonLdServer> server_;
};

}  // namespace

std::vector<JsonLdTest> read_json_ld_manifest(const std::filesystem::path& path) {
  const Value manifest = read_json(path);
  const std::string file = path.filename().string();
  const std::string suite = file.substr(0, file.find("-manifest"));
  std::vector<JsonLdTest> tests;
  for (const Value& entry : manifest.find("sequence")->array()) {
    JsonLdTest test{suite + text_of(entry, "@id"), entry, path.parent_path(), text_of(manifest, "baseIri"), {}};
    const Value* option = entry.find("option");
    if (option != nullptr && text_of(*option, "specVersion") == "json-ld-1.0") {
      test.not_meant = "for processors of JSON-LD 1.0 alone";
    }
    tests.push_back(std::move(test));
  }
  return tests;
}

std::string run_json_ld_test(const JsonLdTest& test) { return Runner(test).run(); }

}  // namespace scenograph::conformance
