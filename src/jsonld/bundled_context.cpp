#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "jsonld/document.hpp"
#include "jsonld/internal/bundled.hpp"
#include "jsonld/schema_org.hpp"

namespace scenograph::jsonld {

namespace {

// Properties of schema.org whose strings are addresses of things; strings of all others are text.
constexpr std::array iri_properties = {"additionalType",
                                       "availability",
                                       "contentUrl",
                                       "discussionUrl",
                                       "downloadUrl",
                                       "embedUrl",
                                       "eventAttendanceMode",
                                       "eventStatus",
                                       "hasMap",
                                       "image",
                                       "installUrl",
                                       "itemCondition",
                                       "license",
                                       "logo",
                                       "mainEntityOfPage",
                                       "paymentUrl",
                                       "photo",
                                       "publishingPrinciples",
                                       "relatedLink",
                                       "replyToUrl",
                                       "sameAs",
                                       "screenshot",
                                       "significantLink",
                                       "thumbnailUrl",
                                       "trackingUrl",
                                       "url",
                                       "usageInfo"};

// Typed schema:Date whether or not they hold a time, as schema.org's own context has it.
constexpr std::array date_properties = {"availabilityEnds", "availabilityStarts",
                                        "birthDate",        "contentReferenceTime",
                                        "dateCreated",      "dateIssued",
                                        "dateModified",     "datePosted",
                                        "datePublished",    "deathDate",
                                        "dissolutionDate",  "doorTime",
                                        "endDate",          "expires",
                                        "foundingDate",     "previousStartDate",
                                        "priceValidUntil",  "scheduledTime",
                                        "startDate",        "uploadDate",
                                        "validFrom",        "validThrough",
                                        "validUntil"};

template <std::size_t N>
void define(Value::Object& context, const std::array<const char*, N>& terms, const char* type) {
  for (const char* term : terms) {
    context[term] = Value::Object{{"@id", std::string("schema:") + term}, {"@type", type}};
  }
}

std::string make_schema_org() {
  Value::Object context{{"@vocab", "http://schema.org/"},
                        {"schema", "http://schema.org/"},
                        {"xsd", "http://www.w3.org/2001/XMLSchema#"},
                        {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
                        {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
                        {"owl", "http://www.w3.org/2002/07/owl#"},
                        {"skos", "http://www.w3.org/2004/02/skos/core#"},
                        {"id", "@id"},
                        {"type", "@type"}};
  define(context, iri_properties, "@id");
  define(context, date_properties, "schema:Date");
  return to_json(Value::Object{{"@context", std::move(context)}});
}

enum class Bundled { None, SchemaOrg, Scenograph };

Bundled find_bundled(std::string_view address) {
  address = address.substr(0, address.find('#'));
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (address.starts_with(scheme)) {
      address.remove_prefix(scheme.size());
      break;
    }
  }
  if (address == "w3id.org/scenograph/context.jsonld") return Bundled::Scenograph;
  if (address.starts_with("www.")) address.remove_prefix(4);
  static constexpr std::array<std::string_view, 6> known = {"schema.org",
                                                            "schema.org/",
                                                            "schema.org/docs/jsonldcontext.json",
                                                            "schema.org/docs/jsonldcontext.jsonld",
                                                            "schema.org/version/latest/schemaorg-current-https.jsonld",
                                                            "schema.org/version/latest/schemaorg-current-http.jsonld"};
  const bool is_known = std::find(known.begin(), known.end(), address) != known.end();
  return is_known ? Bundled::SchemaOrg : Bundled::None;
}

}  // namespace

bool is_schema_iri_property(std::string_view term) noexcept {
  return std::find(iri_properties.begin(), iri_properties.end(), term) != iri_properties.end();
}

bool is_bundled(std::string_view address) { return find_bundled(address) != Bundled::None; }

std::optional<LoadedDocument> bundled_document(std::string_view address) {
  static const std::string schema_org = make_schema_org();
  switch (find_bundled(address)) {
    case Bundled::SchemaOrg:
      return LoadedDocument{schema_org, "https://schema.org/", "application/ld+json", {}};
    case Bundled::Scenograph:
      return LoadedDocument{std::string(bundled_files().front().content),
                            "https://w3id.org/scenograph/context.jsonld",
                            "application/ld+json",
                            {}};
    case Bundled::None:
      break;
  }
  return std::nullopt;
}

}  // namespace scenograph::jsonld
