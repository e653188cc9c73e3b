#include "syntax/prefixes.hpp"

#include "base/utf8.hpp"
#include "syntax/internal/names.hpp"

namespace scenograph::syntax {

namespace {

bool is_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_hex(char c) { return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || (c >= '0' && c <= '9'); }

bool is_escapable(char c) { return std::string_view("_~.-!$&'()*+,;=/?#@%").find(c) != std::string_view::npos; }

/// Appends `local` as PN_LOCAL; false if no escape makes it one.
bool append_local(std::string& out, std::string_view local) {
  for (std::size_t i = 0; i < local.size();) {
    const char c = local[i];
    const bool inside = i > 0 && i + 1 < local.size();
    const bool percent_escape = c == '%' && i + 2 < local.size() && is_hex(local[i + 1]) && is_hex(local[i + 2]);
    if (is_alnum(c) || c == '_' || c == ':' || (c == '-' && i > 0) || (c == '.' && inside) || percent_escape) {
      out += c;
      ++i;
    } else if (static_cast<unsigned char>(c) >= 0x80) {
      const std::size_t start = i;
      if (!is_name_char(base::next_code_point(local, i))) return false;
      out += local.substr(start, i - start);
    } else if (is_escapable(c)) {
      out += '\\';
      out += c;
      ++i;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

const PrefixList& usual_prefixes() {
  static const PrefixList prefixes = {
      {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
      {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
      {"owl", "http://www.w3.org/2002/07/owl#"},
      {"xsd", "http://www.w3.org/2001/XMLSchema#"},
      {"skos", "http://www.w3.org/2004/02/skos/core#"},
      {"schema", "http://schema.org/"},
      {"sh", "http://www.w3.org/ns/shacl#"},
      {"prov", "http://www.w3.org/ns/prov#"},
      {"dcterms", "http://purl.org/dc/terms/"},
      {"dc", "http://purl.org/dc/elements/1.1/"},
      {"dcat", "http://www.w3.org/ns/dcat#"},
      {"void", "http://rdfs.org/ns/void#"},
      {"foaf", "http://xmlns.com/foaf/0.1/"},
      {"geo", "http://www.opengis.net/ont/geosparql#"},
      {"wgs84", "http://www.w3.org/2003/01/geo/wgs84_pos#"},
      {"sd", "http://www.w3.org/ns/sparql-service-description#"},
      {"vann", "http://purl.org/vocab/vann/"},
      {"wd", "http://www.wikidata.org/entity/"},
      {"wdt", "http://www.wikidata.org/prop/direct/"},
      {"ado", "http://kg.artsdata.ca/ontology/"},
      {"adr", "http://kg.artsdata.ca/resource/"},
      {"spa", "http://vocab.performing-arts.ch/"},
      {"capdata", "https://ontologie.capdataculture.fr/v1/"},
      {"lrmoo", "http://iflastandards.info/ns/lrm/lrmoo/"},
      {"crm", "http://www.cidoc-crm.org/cidoc-crm/"},
      {"rico", "https://www.ica.org/standards/RiC/ontology#"},
      {"cp", "https://data.vlaanderen.be/ns/cultuurparticipatie#"},
      {"udb", "https://data.publiq.be/ns/uitdatabank#"},
      {"rml", "http://w3id.org/rml/"},
      {"rr", "http://www.w3.org/ns/r2rml#"},
      {"scg", "https://w3id.org/scenograph/ontology#"},
      {"scgf", "https://w3id.org/scenograph/fn#"},
  };
  return prefixes;
}

std::optional<std::string_view> usual_namespace(std::string_view prefix) {
  for (const auto& [name, iri] : usual_prefixes()) {
    if (name == prefix) return iri;
  }
  return std::nullopt;
}

std::optional<std::string> shorten(const PrefixList& prefixes, std::string_view iri) {
  const std::pair<std::string, std::string>* best = nullptr;
  for (const auto& each : prefixes) {
    const bool fits = !each.second.empty() && iri.starts_with(each.second);
    if (fits && (best == nullptr || each.second.size() > best->second.size())) best = &each;
  }
  if (best == nullptr) return std::nullopt;
  std::string name = best->first + ":";
  if (!append_local(name, iri.substr(best->second.size()))) return std::nullopt;
  return name;
}

}  // namespace scenograph::syntax
