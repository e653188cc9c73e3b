#include "jsonld/internal/iri_compactor.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "jsonld/internal/keywords.hpp"
#include "jsonld/internal/values.hpp"
#include "rdf/iri.hpp"

namespace scenograph::jsonld {

namespace {

/// What a term must be made for to fit a value.
struct Wanted {
  std::vector<std::string> containers;
  std::string kind = "@language";
  std::string value = "@null";

  void accept(std::initializer_list<const char*> more) {
    containers.insert(containers.end(), more.begin(), more.end());
  }
  void typed(std::string type) {
    kind = "@type";
    value = std::move(type);
  }
};

std::string text_of(const Value& object, std::string_view key) {
  const Value* found = object.find(key);
  return found != nullptr && found->is_string() ? found->string() : std::string();
}

std::string language_key(const Value& value) {
  if (value.has("@direction")) return lower_case(text_of(value, "@language") + "_" + text_of(value, "@direction"));
  return lower_case(text_of(value, "@language"));
}

std::string default_language(const Context& active) {
  if (active.direction) return lower_case(active.language.value_or("") + "_" + *active.direction);
  return lower_case(active.language.value_or("@none"));
}

void want_for_list(const Value& value, const Context& active, Wanted& wanted) {
  if (!value.has("@index")) wanted.accept({"@list"});
  const Value::Array items = to_array(*value.find("@list"));
  std::string type;
  std::string language = items.empty() ? default_language(active) : std::string();
  for (const Value& item : items) {
    std::string item_language = "@none";
    std::string item_type = "@none";
    if (!is_value_object(item)) {
      item_type = "@id";
    } else if (item.has("@direction") || item.has("@language")) {
      item_language = language_key(item);
    } else if (item.has("@type")) {
      item_type = text_of(item, "@type");
    } else {
      item_language = "@null";
    }
    if (language.empty()) language = item_language;
    if (item_language != language && is_value_object(item)) language = "@none";
    if (type.empty()) type = item_type;
    if (item_type != type) type = "@none";
  }
  if (language.empty()) language = "@none";
  if (type.empty()) type = "@none";
  if (type != "@none") {
    wanted.typed(type);
  } else {
    wanted.value = language;
  }
}

void want_for_graph(const Value& value, Wanted& wanted) {
  if (value.has("@index")) wanted.accept({"@graph@index", "@graph@index@set"});
  if (value.has("@id")) wanted.accept({"@graph@id", "@graph@id@set"});
  wanted.accept({"@graph", "@graph@set", "@set"});
  if (!value.has("@index")) wanted.accept({"@graph@index", "@graph@index@set"});
  if (!value.has("@id")) wanted.accept({"@graph@id", "@graph@id@set"});
  wanted.accept({"@index", "@index@set"});
  wanted.typed("@id");
}

void want_for_other(const Value& value, Wanted& wanted) {
  if (is_value_object(value)) {
    if ((value.has("@direction") || value.has("@language")) && !value.has("@index")) {
      wanted.value = language_key(value);
      wanted.accept({"@language", "@language@set"});
    } else if (value.has("@type")) {
      wanted.typed(text_of(value, "@type"));
    }
  } else {
    wanted.typed("@id");
    wanted.accept({"@id", "@id@set", "@type", "@set@type"});
  }
  wanted.accept({"@set"});
}

Wanted wanted_for(const Value* value, bool reverse, const Context& active, bool json_ld_1_0) {
  Wanted wanted;
  const bool indexed = value != nullptr && value->has("@index");
  if (indexed && !is_graph_object(*value)) wanted.accept({"@index", "@index@set"});
  if (reverse) {
    wanted.typed("@reverse");
    wanted.accept({"@set"});
  } else if (value != nullptr && is_list_object(*value)) {
    want_for_list(*value, active, wanted);
  } else if (value != nullptr && is_graph_object(*value)) {
    want_for_graph(*value, wanted);
  } else if (value != nullptr && value->is_object()) {
    want_for_other(*value, wanted);
  } else {
    wanted.accept({"@set"});
  }
  wanted.accept({"@none"});
  if (!json_ld_1_0 && !indexed) wanted.accept({"@index", "@index@set"});
  if (!json_ld_1_0 && value != nullptr && is_value_object(*value) && value->object().size() == 1) {
    wanted.accept({"@language", "@language@set"});
  }
  return wanted;
}

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t slash = path.find('/');
    parts.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

/// A reference that resolves to `iri` against `base`; the IRI itself if there is none.
std::string relative_to(const std::string& base, const std::string& iri) {
  const rdf::IriParts from = rdf::split_iri(base);
  const rdf::IriParts to = rdf::split_iri(iri);
  if (from.scheme != to.scheme || from.authority != to.authority) return iri;
  const std::vector<std::string_view> a = segments(from.path);
  const std::vector<std::string_view> b = segments(to.path);
  const std::size_t last = to.fragment || to.query ? 0 : 1;
  std::size_t same = 0;
  while (same < a.size() && same + last < b.size() && a[same] == b[same]) ++same;
  std::string out;
  for (std::size_t i = same + 1; i < a.size(); ++i) out += "../";
  for (std::size_t i = same; i < b.size(); ++i) out.append(i == same ? "" : "/").append(b[i]);
  if (to.query) out.append("?").append(*to.query);
  if (to.fragment) out.append("#").append(*to.fragment);
  if (out.empty()) out = "./";
  if (is_keyword_like(out)) out = "./" + out;
  return rdf::resolve_iri(base, out) == iri ? out : iri;
}

/// The shortest prefixed name that reads back as `iri`; "" if there is none.
std::string prefixed_name(const Context& active, const std::string& iri, bool has_value) {
  std::string best;
  active.terms.for_each([&](const std::string& term, const TermDefinition& definition) {
    if (!definition.prefix || !definition.iri || *definition.iri == iri || !iri.starts_with(*definition.iri)) return;
    std::string candidate = term + ":" + iri.substr(definition.iri->size());
    const bool better =
        best.empty() || candidate.size() < best.size() || (candidate.size() == best.size() && candidate < best);
    if (!better) return;
    const TermDefinition* taken = active.find(candidate);
    if (taken == nullptr || (taken->iri == iri && !has_value)) best = std::move(candidate);
  });
  return best;
}

}  // namespace

const InverseContext& IriCompactor::inverse(const ContextPtr& active) {
  const auto found = inverses_.find(active.get());
  if (found != inverses_.end()) return found->second.inverse;
  return inverses_.emplace(active.get(), Known{active, InverseContext(*active)}).first->second.inverse;
}

const std::string* IriCompactor::select_term(const ContextPtr& active, const std::string& iri, const Use& use) {
  const InverseContext& terms = inverse(active);
  if (!terms.has(iri)) return nullptr;
  if (is_keyword(iri)) return terms.select(iri, {"@none", "@set"}, "@any", {"@none"});
  Wanted wanted = wanted_for(use.value, use.reverse, *active, json_ld_1_0_);
  std::vector<std::string> preferred;
  if (wanted.value == "@reverse") preferred.emplace_back("@reverse");
  const Value* id = use.value == nullptr ? nullptr : use.value->find("@id");
  if ((wanted.value == "@id" || wanted.value == "@reverse") && id != nullptr && id->is_string()) {
    const std::string compacted = compact(active, id->string(), {nullptr, true, false});
    const TermDefinition* definition = active->find(compacted);
    const bool is_term = definition != nullptr && definition->iri == id->string();
    preferred.insert(preferred.end(), {is_term ? "@vocab" : "@id", is_term ? "@id" : "@vocab", "@none"});
  } else {
    preferred.push_back(wanted.value);
    preferred.emplace_back("@none");
    const bool empty_list =
        use.value != nullptr && is_list_object(*use.value) && to_array(*use.value->find("@list")).empty();
    if (empty_list) wanted.kind = "@any";
  }
  preferred.emplace_back("@any");
  const std::size_t count = preferred.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t line = preferred[i].find('_');
    if (line != std::string::npos) preferred.push_back(preferred[i].substr(line));
  }
  return terms.select(iri, wanted.containers, wanted.kind, preferred);
}

std::string IriCompactor::compact(const ContextPtr& active, const std::string& iri, const Use& use) {
  if (use.vocab) {
    if (const std::string* term = select_term(active, iri, use)) return *term;
    if (active->vocab && iri.size() > active->vocab->size() && iri.starts_with(*active->vocab)) {
      std::string suffix = iri.substr(active->vocab->size());
      if (active->find(suffix) == nullptr) return suffix;
    }
  }
  if (std::string name = prefixed_name(*active, iri, use.value != nullptr); !name.empty()) return name;
  const rdf::IriParts parts = rdf::split_iri(iri);
  if (parts.scheme && !parts.authority) {
    const TermDefinition* prefix = active->find(*parts.scheme);
    if (prefix != nullptr && prefix->prefix) throw data_error("IRI confused with prefix", iri);
  }
  if (!use.vocab && active->base && !is_blank_name(iri)) return relative_to(*active->base, iri);
  return iri;
}

}  // namespace scenograph::jsonld
