#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scenograph::syntax {

/// Prefixes with their namespaces, in the order they were added.
using PrefixList = std::vector<std::pair<std::string, std::string>>;

/// The usual prefixes of the field: rdf, rdfs, owl, xsd, skos, schema, sh, prov, dcterms, dcat, void, foaf, geo, wd,
/// wdt, ado, spa, lrmoo, crm, scg (our ontology) and the like.
[[nodiscard]] const PrefixList& usual_prefixes();

/// The namespace of a usual prefix, for "did you forget PREFIX schema: <…>" messages and for query forms.
[[nodiscard]] std::optional<std::string_view> usual_namespace(std::string_view prefix);

/// `iri` as a prefixed name that Turtle and SPARQL read back, escapes included; nullopt if no prefix fits.
[[nodiscard]] std::optional<std::string> shorten(const PrefixList& prefixes, std::string_view iri);

}  // namespace scenograph::syntax
