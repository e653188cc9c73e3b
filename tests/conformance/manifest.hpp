#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rdf/term.hpp"

namespace scenograph::conformance {

/// Quads of an RDF file.
/// @param base  of relative IRIs; empty: the file's own.
[[nodiscard]] std::vector<rdf::Quad> read_file(const std::filesystem::path& path, const std::string& base = {});

/// The IRI of a file, and back.
[[nodiscard]] std::string iri_of(const std::filesystem::path& path);
[[nodiscard]] std::filesystem::path path_of(const std::string& iri);

/// What one or more RDF documents say, by subject.
class Graph {
 public:
  void add(const std::vector<rdf::Quad>& quads);

  [[nodiscard]] std::vector<rdf::Term> objects(const rdf::Term& subject, std::string_view predicate) const;

  using Members = std::map<std::string, std::vector<rdf::Term>, std::less<>>;

  /// The objects of a subject, by predicate.
  [[nodiscard]] const Members& members(const rdf::Term& subject) const;

  /// A subject of this class, or the default graph's term if there is none.
  [[nodiscard]] rdf::Term subject(const rdf::Term& type) const;

  /// The first object, or the default graph's term if there is none.
  [[nodiscard]] rdf::Term object(const rdf::Term& subject, std::string_view predicate) const;

  /// The elements of an RDF list; of a node that is none, the node.
  [[nodiscard]] std::vector<rdf::Term> list(const rdf::Term& head) const;

 private:
  std::map<rdf::Term, Members> members_;
};

/// A test of a W3C manifest.
struct Test {
  std::string name;  ///< "aggregates#agg01"
  rdf::Term node;
  std::string type;              ///< the class's local name
  std::string base;              ///< mf:assumedTestBase; may be empty
  std::filesystem::path folder;  ///< the manifest's, which `base` stands for
};

/// The tests of a manifest and of those it includes, in order. Adds all that the manifests say to `graph`.
[[nodiscard]] std::vector<Test> read_manifest(const std::filesystem::path& path, Graph& graph);

/// Names of the test vocabularies.
namespace mf {
inline constexpr std::string_view ns = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
inline constexpr std::string_view include = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#include";
inline constexpr std::string_view entries = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#entries";
inline constexpr std::string_view assumed_base =
    "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#assumedTestBase";
inline constexpr std::string_view action = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#action";
inline constexpr std::string_view result = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#result";
inline constexpr std::string_view expected_status =
    "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#expectedStatus";
inline constexpr std::string_view expected_format =
    "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#expectedFormat";
inline constexpr std::string_view expected_boolean =
    "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#expectedBoolean";
inline constexpr std::string_view expected_location =
    "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#expectedLocation";
}  // namespace mf
namespace qt {
inline constexpr std::string_view query = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#query";
inline constexpr std::string_view data = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#data";
inline constexpr std::string_view graph_data = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#graphData";
inline constexpr std::string_view service_data = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#serviceData";
inline constexpr std::string_view endpoint = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#endpoint";
}  // namespace qt
namespace ut {
inline constexpr std::string_view request = "http://www.w3.org/2009/sparql/tests/test-update#request";
inline constexpr std::string_view data = "http://www.w3.org/2009/sparql/tests/test-update#data";
inline constexpr std::string_view graph_data = "http://www.w3.org/2009/sparql/tests/test-update#graphData";
inline constexpr std::string_view graph = "http://www.w3.org/2009/sparql/tests/test-update#graph";
}  // namespace ut
namespace ht {
inline constexpr std::string_view ns = "http://www.w3.org/2011/http#";
inline constexpr std::string_view requests = "http://www.w3.org/2011/http#requests";
inline constexpr std::string_view headers = "http://www.w3.org/2011/http#headers";
inline constexpr std::string_view body = "http://www.w3.org/2011/http#body";
inline constexpr std::string_view response = "http://www.w3.org/2011/http#resp";
}  // namespace ht
namespace cnt {
inline constexpr std::string_view chars = "http://www.w3.org/2011/content#chars";
inline constexpr std::string_view encoding = "http://www.w3.org/2011/content#characterEncoding";
}  // namespace cnt

}  // namespace scenograph::conformance
