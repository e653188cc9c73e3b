#include "markup/internal/rdfa_names.hpp"

#include <algorithm>
#include <array>

#include "markup/internal/values.hpp"

namespace scenograph::markup {

namespace {

using Entry = std::pair<std::string_view, std::string_view>;

// Source: RDFa Core Initial Context (https://www.w3.org/2011/rdfa-context/rdfa-1.1).
constexpr std::array<Entry, 47> initial_prefixes = {{
    {"as", "https://www.w3.org/ns/activitystreams#"},
    {"cc", "http://creativecommons.org/ns#"},
    {"csvw", "http://www.w3.org/ns/csvw#"},
    {"ctag", "http://commontag.org/ns#"},
    {"dc", "http://purl.org/dc/terms/"},
    {"dc11", "http://purl.org/dc/elements/1.1/"},
    {"dcat", "http://www.w3.org/ns/dcat#"},
    {"dcterms", "http://purl.org/dc/terms/"},
    {"dqv", "http://www.w3.org/ns/dqv#"},
    {"duv", "https://www.w3.org/ns/duv#"},
    {"foaf", "http://xmlns.com/foaf/0.1/"},
    {"gr", "http://purl.org/goodrelations/v1#"},
    {"grddl", "http://www.w3.org/2003/g/data-view#"},
    {"ical", "http://www.w3.org/2002/12/cal/icaltzd#"},
    {"jsonld", "http://www.w3.org/ns/json-ld#"},
    {"ldp", "http://www.w3.org/ns/ldp#"},
    {"ma", "http://www.w3.org/ns/ma-ont#"},
    {"oa", "http://www.w3.org/ns/oa#"},
    {"odrl", "http://www.w3.org/ns/odrl/2/"},
    {"og", "http://ogp.me/ns#"},
    {"org", "http://www.w3.org/ns/org#"},
    {"owl", "http://www.w3.org/2002/07/owl#"},
    {"prov", "http://www.w3.org/ns/prov#"},
    {"qb", "http://purl.org/linked-data/cube#"},
    {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
    {"rdfa", "http://www.w3.org/ns/rdfa#"},
    {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
    {"rev", "http://purl.org/stuff/rev#"},
    {"rif", "http://www.w3.org/2007/rif#"},
    {"rr", "http://www.w3.org/ns/r2rml#"},
    {"schema", "http://schema.org/"},
    {"sd", "http://www.w3.org/ns/sparql-service-description#"},
    {"sioc", "http://rdfs.org/sioc/ns#"},
    {"skos", "http://www.w3.org/2004/02/skos/core#"},
    {"skosxl", "http://www.w3.org/2008/05/skos-xl#"},
    {"sosa", "http://www.w3.org/ns/sosa/"},
    {"ssn", "http://www.w3.org/ns/ssn/"},
    {"time", "http://www.w3.org/2006/time#"},
    {"v", "http://rdf.data-vocabulary.org/#"},
    {"vcard", "http://www.w3.org/2006/vcard/ns#"},
    {"void", "http://rdfs.org/ns/void#"},
    {"wdr", "http://www.w3.org/2007/05/powder#"},
    {"wdrs", "http://www.w3.org/2007/05/powder-s#"},
    {"xhv", "http://www.w3.org/1999/xhtml/vocab#"},
    {"xml", "http://www.w3.org/XML/1998/namespace"},
    {"xsd", "http://www.w3.org/2001/XMLSchema#"},
    // What a colon without a prefix stands for: RDFa Core 1.1, section 7.4.1.
    {"", "http://www.w3.org/1999/xhtml/vocab#"},
}};

constexpr std::array<Entry, 3> initial_terms = {{
    {"describedby", "http://www.w3.org/2007/05/powder-s#describedby"},
    {"license", "http://www.w3.org/1999/xhtml/vocab#license"},
    {"role", "http://www.w3.org/1999/xhtml/vocab#role"},
}};

std::string in_lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

template <std::size_t size>
std::optional<std::string_view> find_in(const std::array<Entry, size>& entries, std::string_view name) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.first == name; });
  return found == entries.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

void RdfaNames::add_prefixes(std::string_view attribute) {
  const auto words = words_of(attribute);
  for (std::size_t i = 0; i + 1 < words.size();) {
    if (!words[i].ends_with(':')) {
      ++i;
      continue;
    }
    add_prefix(words[i].substr(0, words[i].size() - 1), words[i + 1]);
    i += 2;
  }
}

void RdfaNames::add_prefix(std::string_view name, std::string_view iri) {
  if (name.empty() || name == "_") return;  // Both are spoken for: RDFa Core 1.1, section 7.5, step 3.
  prefixes_[in_lower_case(name)] = iri;
}

std::optional<std::string> RdfaNames::expand(std::string_view curie) const {
  const std::size_t colon = curie.find(':');
  if (colon == std::string_view::npos || curie.substr(colon + 1).starts_with("//")) return std::nullopt;
  const auto iri = find(in_lower_case(curie.substr(0, colon)));
  if (!iri) return std::nullopt;
  return std::string(*iri).append(curie.substr(colon + 1));
}

std::optional<std::string> RdfaNames::expand_term(std::string_view term) const {
  const std::string_view vocabulary = vocabulary_in_force();
  if (!vocabulary.empty()) return std::string(vocabulary).append(term);
  const auto known = find_in(initial_terms, in_lower_case(term));
  return known ? std::optional<std::string>(*known) : std::nullopt;
}

std::string_view RdfaNames::vocabulary_in_force() const {
  const RdfaNames* names = this;
  while (!names->vocabulary_ && names->outer_ != nullptr) names = names->outer_;
  return names->vocabulary_ ? std::string_view(*names->vocabulary_) : std::string_view();
}

std::optional<std::string_view> RdfaNames::find(const std::string& prefix) const {
  for (const RdfaNames* names = this; names != nullptr; names = names->outer_) {
    const auto found = names->prefixes_.find(prefix);
    if (found != names->prefixes_.end()) return found->second;
  }
  return find_in(initial_prefixes, prefix);
}

}  // namespace scenograph::markup
