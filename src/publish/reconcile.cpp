#include "publish/reconcile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/error.hpp"
#include "jsonld/json.hpp"
#include "publish/internal/cards.hpp"
#include "publish/json.hpp"
#include "rdf/vocab.hpp"
#include "search/fold.hpp"
#include "syntax/prefixes.hpp"

namespace scenograph::publish {

namespace {

constexpr std::size_t max_queries = 500;
constexpr std::size_t default_limit = 10;
constexpr std::size_t max_limit = 100;
constexpr double match_score = 95;
constexpr double match_lead = 5;
constexpr double property_share = 0.2;  // of the score, where properties can be compared
constexpr std::array<std::string_view, 8> default_types = {"Event", "EventSeries",  "CreativeWork", "Play",
                                                           "Place", "Organization", "Person",       "PerformingGroup"};

// Without a type, what lasts comes before its dates, of which many bear the same name; genres and the like do not come.
constexpr std::array<std::string_view, 4> lasting_types = {"CreativeWork", "Place", "Organization", "Person"};

struct PropertyQuery {
  std::string predicate;
  std::vector<std::string> values;  ///< folded; IRIs as they are
};

struct Query {
  std::string text;
  search::LookupOptions lookup;
  std::vector<PropertyQuery> properties;
};

[[noreturn]] void bad_shape(const char* what) {
  throw base::Error(base::Code::BadArgument, fmt::format("\"queries\": {}", what));
}

/// "schema:Place" as its IRI; IRIs as they are.
std::string to_iri(const std::string& name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string::npos || name.compare(colon, 3, "://") == 0) return name;
  const auto space = syntax::usual_namespace(name.substr(0, colon));
  return space ? std::string(*space) + name.substr(colon + 1) : name;
}

std::string comparable(const jsonld::Value& value) {
  if (const auto* id = value.find("id"); id != nullptr && id->is_string()) return id->string();
  if (value.is_string()) return search::fold(value.string());
  return value.is_scalar() ? search::fold(jsonld::to_json(value)) : "";
}

PropertyQuery read_property(const jsonld::Value& value) {
  const auto* id = value.find("pid");
  const auto* wanted = value.find("v");
  if (id == nullptr || !id->is_string() || wanted == nullptr) bad_shape("a property has \"pid\" and \"v\"");
  PropertyQuery out{to_iri(id->string()), {}};
  if (wanted->is_array()) {
    for (const auto& one : wanted->array()) out.values.push_back(comparable(one));
  } else {
    out.values.push_back(comparable(*wanted));
  }
  return out;
}

std::vector<std::string> read_types(const jsonld::Value& type) {
  std::vector<std::string> out;
  const auto add = [&](const jsonld::Value& one) {
    if (one.is_string() && !one.string().empty()) out.push_back(to_iri(one.string()));
  };
  if (type.is_array()) {
    for (const auto& one : type.array()) add(one);
  } else {
    add(type);
  }
  return out;
}

Query read_query(const jsonld::Value& value) {
  Query out;
  out.lookup.limit = default_limit;
  const auto* text = value.find("query");
  if (text == nullptr || !text->is_string()) bad_shape("each query is an object with a string \"query\"");
  out.text = text->string();
  if (const auto* limit = value.find("limit"); limit != nullptr && limit->is_integer()) {
    out.lookup.limit = static_cast<std::size_t>(std::clamp<std::int64_t>(limit->integer(), 1, max_limit));
  }
  if (const auto* type = value.find("type")) out.lookup.types = read_types(*type);
  const auto* properties = value.find("properties");
  if (properties != nullptr && properties->is_array()) {
    for (const auto& property : properties->array()) out.properties.push_back(read_property(property));
  }
  return out;
}

class Reconciler {
 public:
  Reconciler(const Site& site, const Source& source, const search::NameIndex& names, Language language)
      : facts_(source.view, source.readable), cards_(site, facts_, language), names_(names) {}

  void answer(const Query& query, JsonWriter& json) const {
    search::LookupOptions options = query.lookup;
    if (!query.properties.empty()) options.limit = std::max<std::size_t>(options.limit, 25);
    options.limit = std::max<std::size_t>(options.limit, 2);  // the lead needs a second one
    auto candidates = find(query.text, options);
    for (auto& candidate : candidates) weigh_properties(candidate, query.properties);
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const auto& a, const auto& b) { return a.score > b.score; });
    const double second = candidates.size() > 1 ? candidates[1].score : 0;
    json.begin_object().key("result").begin_array();
    for (std::size_t i = 0; i < std::min(candidates.size(), query.lookup.limit); ++i) {
      const bool is_match = i == 0 && candidates[0].score >= match_score && candidates[0].score - second >= match_lead;
      write(candidates[i], json);
      json.key("score").value(candidates[i].score).key("match").value(is_match);
      json.end_object();
    }
    json.end_array().end_object();
  }

  /// Leaves the object open.
  void write(const search::Candidate& candidate, JsonWriter& json) const {
    const rdf::Term entity = rdf::Term::iri(candidate.iri);
    json.begin_object().key("id").value(candidate.iri).key("name").value(cards_.title(entity));
    const std::string description = describe_briefly(entity);
    if (!description.empty()) json.key("description").value(description);
    json.key("type").begin_array();
    for (const auto& type : candidate.types) {
      json.begin_object().key("id").value(type).key("name").value(cards_.label(type)).end_object();
    }
    json.end_array();
  }

 private:
  /// Best first only within what lasts and within the rest; a stable sort by score does the rest.
  std::vector<search::Candidate> find(const std::string& text, search::LookupOptions options) const {
    if (!options.types.empty()) return names_.lookup(text, options);
    auto rest_options = options;
    rest_options.without = {"http://www.w3.org/2004/02/skos/core#Concept",
                            "http://www.w3.org/2004/02/skos/core#ConceptScheme"};
    for (const auto type : lasting_types) options.types.push_back(schema(type));
    auto out = names_.lookup(text, options);
    std::set<std::string> known;
    for (const auto& candidate : out) known.insert(candidate.iri);
    for (auto& candidate : names_.lookup(text, rest_options)) {
      if (!known.contains(candidate.iri)) out.push_back(std::move(candidate));
    }
    return out;
  }

  /// What tells namesakes apart: type, dates, place.
  std::string describe_briefly(const rdf::Term& entity) const {
    std::string out = cards_.type_text(entity);
    const auto add = [&](const std::string& text) {
      if (!text.empty()) out += (out.empty() ? "" : ", ") + text;
    };
    add(cards_.when(entity));
    add(cards_.address(entity));
    if (const auto place = facts_.value(entity, schema("location"))) add(cards_.title(*place));
    return out;
  }

  /// Values of the predicate on the entity, else on its address or location.
  std::vector<rdf::Term> values(const rdf::Term& entity, const std::string& predicate) const {
    auto out = facts_.values(entity, predicate);
    for (const char* through : {"address", "location"}) {
      if (!out.empty()) break;
      for (const rdf::Term& node : facts_.values(entity, schema(through))) {
        for (auto& value : facts_.values(node, predicate)) out.push_back(std::move(value));
      }
    }
    return out;
  }

  bool agrees(const std::vector<rdf::Term>& values, const PropertyQuery& wanted) const {
    return std::any_of(values.begin(), values.end(), [&](const rdf::Term& value) {
      const std::string text = search::fold(value.is_literal() ? value.value : cards_.title(value));
      return std::any_of(wanted.values.begin(), wanted.values.end(),
                         [&](const std::string& one) { return one == text || one == value.value; });
    });
  }

  void weigh_properties(search::Candidate& candidate, const std::vector<PropertyQuery>& properties) const {
    double compared = 0;
    double agreed = 0;
    for (const PropertyQuery& property : properties) {
      const auto found = values(rdf::Term::iri(candidate.iri), property.predicate);
      if (found.empty()) continue;
      compared += 1;
      if (agrees(found, property)) agreed += 1;
    }
    if (compared == 0) return;
    const double score = candidate.score * (1 - property_share) + 100 * property_share * agreed / compared;
    candidate.score = std::round(score * 10) / 10;
  }

  Facts facts_;
  Cards cards_;
  const search::NameIndex& names_;
};

}  // namespace

std::string reconcile_manifest(const Site& site, Language language) {
  JsonWriter json;
  json.begin_object();
  json.key("versions").begin_array().value("0.2").end_array();
  json.key("name").value(site.name);
  json.key("identifierSpace").value(site.base_iri + "id/");
  json.key("schemaSpace").value(rdf::schema::ns);
  json.key("documentation").value(site.base_iri);
  json.key("defaultTypes").begin_array();
  for (const auto type : default_types) {
    const std::string_view name = text(language, "schema:" + std::string(type));
    json.begin_object().key("id").value(schema(type)).key("name").value(name).end_object();
  }
  json.end_array();
  json.key("view").begin_object().key("url").value(site.base_iri + "page?iri={{id}}").end_object();
  json.key("preview").begin_object().key("url").value(site.base_iri + "preview?id={{id}}");
  json.key("width").value(440).key("height").value(220).end_object();
  json.key("suggest").begin_object().key("entity").begin_object();
  json.key("service_url").value(site.base_iri.substr(0, site.base_iri.size() - 1));
  json.key("service_path").value("/reconcile/suggest/entity").end_object().end_object();
  json.key("batchSize").value(static_cast<int>(max_queries / 10));
  json.end_object();
  return json.take();
}

std::string reconcile(const Site& site, const Source& source, const search::NameIndex& names, std::string_view queries,
                      Language language) {
  const jsonld::Value batch = jsonld::parse_json(queries, "queries");
  if (!batch.is_object()) bad_shape("give a JSON object of queries by their key");
  if (batch.object().size() > max_queries) {
    throw base::Error(base::Code::TooLarge, fmt::format("a batch holds at most {} queries; send several", max_queries));
  }
  const Reconciler reconciler(site, source, names, language);
  JsonWriter json;
  json.begin_object();
  for (const auto& [key, value] : batch.object()) {
    json.key(key);
    reconciler.answer(read_query(value), json);
  }
  json.end_object();
  return json.take();
}

std::string suggest_entities(const Site& site, const Source& source, const search::NameIndex& names,
                             std::string_view prefix, std::size_t cursor, Language language) {
  search::LookupOptions options;
  options.limit = std::min(cursor, max_limit) + default_limit;
  const auto found = names.suggest(prefix, options);
  const Reconciler reconciler(site, source, names, language);
  JsonWriter json;
  json.begin_object().key("result").begin_array();
  for (std::size_t i = cursor; i < found.size(); ++i) {
    reconciler.write(found[i], json);
    json.end_object();
  }
  json.end_array().end_object();
  return json.take();
}

}  // namespace scenograph::publish
