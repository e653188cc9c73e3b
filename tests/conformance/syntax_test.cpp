#include "conformance/syntax_test.hpp"

#include "base/error.hpp"
#include "canon/canonicalize.hpp"
#include "canon/compare.hpp"
#include "conformance/data.hpp"
#include "support/nquads.hpp"

namespace scenograph::conformance {

namespace {

std::string difference(const std::vector<rdf::Quad>& got, const std::vector<rdf::Quad>& expected) {
  if (canon::isomorphic(got, expected)) return {};
  return "got\n" + tests::to_nquads(got) + "expected\n" + tests::to_nquads(expected);
}

/// The quads in the order of the document, each as a canonical line.
std::string lines(const std::vector<rdf::Quad>& quads) {
  std::string out;
  for (const rdf::Quad& quad : quads) {
    for (const rdf::Term* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) {
      if (!term->is_default_graph()) out += rdf::to_ntriples(*term) + " ";
    }
    out += ".\n";
  }
  return out;
}

}  // namespace

bool is_syntax_test(const Test& test) {
  for (const std::string_view syntax : {"TestTurtle", "TestTrig", "TestNTriples", "TestNQuads", "TestXML"}) {
    if (test.type.starts_with(syntax)) return true;
  }
  return false;
}

std::string run_syntax_test(const Test& test, const Graph& manifest) {
  const bool is_negative = test.type.find("Negative") != std::string::npos;
  const auto path = path_of(manifest.object(test.node, mf::action).value);
  std::vector<rdf::Quad> quads;
  try {
    quads = read_file(path, test.base.empty() ? "" : test.base + path.lexically_relative(test.folder).string());
  } catch (const base::Error& error) {
    return is_negative ? std::string() : error.what();
  }
  if (is_negative) return "was not refused";
  const rdf::Term result = manifest.object(test.node, mf::result);
  if (!result.is_iri()) return {};
  const auto expected = path_of(result.value);
  if (!test.type.ends_with("C14N")) return difference(quads, read_file(expected));
  const std::string text = text_of(expected);
  return lines(quads) == text ? "" : "got\n" + lines(quads) + "expected\n" + text;
}

}  // namespace scenograph::conformance
