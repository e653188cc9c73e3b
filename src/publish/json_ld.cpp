#include "publish/json_ld.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

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

bool is_text(const rdf::Term& term) { return term.is_literal() && term.datatype.empty(); }

/// How far a text is from what was asked for: less is better, equal texts are of one language.
std::pair<int, std::string> distance(const rdf::Term& text, std::string_view language) {
  const bool wanted = text.language == language || text.language.starts_with(std::string(language) + "-");
  if (wanted) return {0, {}};
  return {text.language.empty() ? 1 : 2, text.language};
}

}  // namespace

std::vector<rdf::Quad> in_one_language(std::vector<rdf::Quad> description, std::string_view language) {
  using Property = std::pair<rdf::Term, rdf::Term>;
  std::map<Property, std::pair<int, std::string>> best;
  for (const rdf::Quad& quad : description) {
    if (!is_text(quad.object)) continue;
    const auto [at, is_new] = best.try_emplace({quad.subject, quad.predicate}, distance(quad.object, language));
    if (!is_new) at->second = std::min(at->second, distance(quad.object, language));
  }
  std::erase_if(description, [&](const rdf::Quad& quad) {
    return is_text(quad.object) && distance(quad.object, language) != best.at({quad.subject, quad.predicate});
  });
  for (rdf::Quad& quad : description) quad.object.language.clear();
  return description;
}

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
