#include "publish/json_ld.hpp"

#include <fmt/format.h>

#include "jsonld/entity.hpp"

namespace scenograph::publish {

namespace {

/// For an attribute in double quotes.
std::string escape_attribute(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string to_json_ld(const std::vector<rdf::Quad>& description, std::string_view iri) {
  std::vector<rdf::Triple> triples;
  triples.reserve(description.size());
  for (const rdf::Quad& quad : description) triples.push_back({quad.subject, quad.predicate, quad.object});
  const std::string json = jsonld::entity_json(triples, iri);
  std::string out;
  for (const char c : json) {
    if (c == '<') {
      out += "\\u003c";  // "<" occurs in strings alone
    } else {
      out += c;
    }
  }
  return out;
}

std::string embed_snippet(const Site& site, std::string_view iri) {
  return fmt::format("<script async src=\"{}embed.js\" data-iri=\"{}\"></script>", escape_attribute(site.base_iri),
                     escape_attribute(iri));
}

}  // namespace scenograph::publish
