#include <algorithm>
#include <string>
#include <vector>

#include "fuzz/rdf_text.hpp"
#include "jsonld/any_syntax.hpp"
#include "jsonld/json.hpp"
#include "jsonld/processor.hpp"

// Reads JSON and JSON-LD: JSON is written and read again; an expanded document is compacted, and turned to RDF and
// back; what is read directly is what that makes; lenient reading takes whatever strict reading does. The first byte
// says which options.

namespace {

using namespace scenograph;
using fuzz::answers;
using fuzz::require;
using jsonld::Value;

void require_same_json(const Value& value) {
  const std::string text = jsonld::to_json(value);
  for (const std::string& written : {text, jsonld::to_json(value, 2)}) {
    require(jsonld::to_json(jsonld::parse_json(written, "again")) == text);
  }
  static_cast<void>(jsonld::to_canonical_json(value));
}

void process(const Value& document, const jsonld::ProcessorOptions& options) {
  const Value expanded = jsonld::expand(document, options);
  require_same_json(expanded);
  if (const Value* context = document.find("@context"); context != nullptr) {
    answers([&] { static_cast<void>(jsonld::compact(expanded, *context, options)); });
  }
  std::vector<rdf::Quad> quads;
  answers([&] { jsonld::to_rdf(expanded, options, [&](const rdf::Quad& quad) { quads.push_back(quad); }); });
  fuzz::require_round_trip(quads, syntax::Format::NQuads);
  answers([&] { static_cast<void>(jsonld::from_rdf(quads, options)); });
}

/// Quads but for the names of blank nodes, sorted.
std::vector<std::string> told(const std::vector<rdf::Quad>& quads) {
  std::vector<std::string> lines;
  for (rdf::Quad quad : quads) {
    for (rdf::Term* term : {&quad.subject, &quad.object, &quad.graph}) {
      if (term->is_blank()) term->value = "b";
    }
    lines.push_back(to_ntriples(quad.subject) + to_ntriples(quad.predicate) + to_ntriples(quad.object) +
                    to_ntriples(quad.graph));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

/// What is read directly is what the algorithms in full make, or refused by both.
void require_same_quads(std::string_view text, const jsonld::ProcessorOptions& options) {
  std::vector<rdf::Quad> direct;
  std::vector<rdf::Quad> full;
  const bool read = answers(
      [&] { jsonld::read_rdf(text, "input", options, [&](const rdf::Quad& quad) { direct.push_back(quad); }); });
  const bool made = answers([&] {
    jsonld::to_rdf(jsonld::expand(jsonld::parse_json(text, "input"), options), options,
                   [&](const rdf::Quad& quad) { full.push_back(quad); });
  });
  require(read == made && (!read || told(direct) == told(full)));
}

struct Reading {
  bool done = false;
  std::vector<rdf::Quad> quads;
  std::size_t remarks = 0;
};

Reading read_as(std::string_view text, syntax::Format format, bool lenient) {
  Reading reading;
  syntax::ReadOptions options;
  options.base = "http://base.test/a/b";
  options.lenient = lenient;
  options.diagnostics = [&](const base::Diagnostic&) { ++reading.remarks; };
  const auto source = base::open_text(text);
  reading.done = answers([&] {
    jsonld::read_any(*source, format, options, [&](const rdf::Quad& quad) { reading.quads.push_back(quad); });
  });
  return reading;
}

/// Lenient reading reads what strict reading does, and the same where it has nothing to say; it never says much.
void require_leniency(std::string_view text) {
  const Reading strict = read_as(text, syntax::Format::JsonLd, false);
  const Reading lenient = read_as(text, syntax::Format::JsonLd, true);
  require(lenient.remarks < 2000);
  require(lenient.done || !strict.done);
  if (strict.done && lenient.remarks == 0) require(told(strict.quads) == told(lenient.quads));
  fuzz::require_round_trip(lenient.quads, syntax::Format::NQuads);
  const std::string page = "<script type='application/ld+json'>" + std::string(text) + "</script>";
  require(read_as(page, syntax::Format::Html, true).done);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const unsigned manner = input.byte();
  jsonld::ProcessorOptions options;
  options.base = "http://base.test/a/b";
  options.use_native_types = manner % 2 == 1;
  options.json_ld_1_0 = manner / 2 % 4 == 3;
  options.rdf_direction = static_cast<jsonld::RdfDirection>(manner / 8 % 3);
  require_same_quads(input.rest(), options);
  require_leniency(input.rest());
  answers([&] {
    const Value document = jsonld::parse_json(input.rest(), "input");
    require_same_json(document);
    process(document, options);
  });
  return 0;
}
