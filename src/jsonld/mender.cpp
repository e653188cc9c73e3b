#include "jsonld/internal/mender.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "jsonld/internal/bundled.hpp"
#include "jsonld/internal/keywords.hpp"
#include "jsonld/internal/mended_words.hpp"
#include "jsonld/internal/rdf_writer.hpp"
#include "jsonld/internal/schema_terms.hpp"
#include "jsonld/internal/values.hpp"
#include "markup/entities.hpp"
#include "rdf/iri.hpp"

namespace scenograph::jsonld {

namespace {

using enum RepairKind;
using Kind = KeyMeaning::Kind;

constexpr std::string_view schema_address = "https://schema.org";
constexpr std::string_view schema_space = "http://schema.org/";
constexpr std::size_t most_entries = 64;  ///< of a faulty context that is told apart

/// Adds a member; one that is there already becomes a list of both.
void merge(Value::Object& object, const std::string& key, Value value) {
  const auto [place, is_new] = object.try_emplace(key);
  if (is_new || place->second.is_null()) {
    place->second = std::move(value);
    return;
  }
  Value::Array both = to_array(std::move(place->second));
  Value::Array more = to_array(std::move(value));
  std::move(more.begin(), more.end(), std::back_inserter(both));
  place->second = std::move(both);
}

bool is_schema_type(std::string_view type) {
  return is_schema_term(SchemaKind::Class, type) || !schema_term_in_other_case(SchemaKind::Class, type).empty() ||
         !schema_term_nearby(SchemaKind::Class, type).empty();
}

bool has_schema_type(const Value& node) {
  for (const char* key : {"@type", "type"}) {
    const Value* types = node.find(key);
    if (types == nullptr) continue;
    for (const Value& type : items_of(*types)) {
      if (type.is_string() && is_schema_type(type.string())) return true;
    }
  }
  return false;
}

/// Whether a node at the top, or the first of what stands under one of its keys, is of a type of schema.org, perhaps
/// misspelt.
bool means_schema(const Value& top) {
  if (has_schema_type(top)) return true;
  if (!top.is_object()) return false;
  return std::any_of(top.object().begin(), top.object().end(), [](const auto& member) {
    const std::span<const Value> values = items_of(member.second);
    return !values.empty() && has_schema_type(values.front());
  });
}

/// @param meant  what it may stand for; may be empty
base::Phrase fate_of_unknown(bool kept, std::string_view meant) {
  constexpr base::PhraseView kept_anyhow = {": kept, but few readers will know it",
                                            " : gardé, mais peu de lecteurs le connaîtront"};
  constexpr base::PhraseView left_out = {": it has no meaning and was left out",
                                         " : sans signification, il a été laissé de côté"};
  base::Phrase fate(kept ? kept_anyhow : left_out);
  if (!meant.empty()) {
    fate += {fmt::format("; did you mean «{}»?", meant), fmt::format(" ; vouliez-vous dire « {} » ?", meant)};
  }
  return fate;
}

}  // namespace

Mender::Scope Mender::scope_of(const ContextPtr& active, KeyTable& table) {
  const auto iri = expander_.iri(*active, "name", true, false);
  return {active, &table, iri && schema_local_name(*iri) == "name"};
}

std::optional<std::string> Mender::meaning_of(const Scope& scope, std::string_view key) {
  return expander_.iri(*scope.active, key, true, false);
}

// --- documents

Value Mender::expand_document(Value document) {
  if (document.is_object()) return expand_top(std::move(document.object()));
  Value::Array nodes;
  for (std::size_t i = 0; document.is_array() && i < document.array().size(); ++i) {
    const Within element(&path_, {{}, i});
    Value part = expand_document(std::move(document.array()[i]));
    if (!part.is_array()) continue;
    std::move(part.array().begin(), part.array().end(), std::back_inserter(nodes));
  }
  return nodes;
}

Value Mender::expand_top(Value::Object top) {
  mend_top(top);
  ContextPtr active = expander_.initial_context();
  if (const auto context = top.find("@context"); context != top.end()) {
    const Within member(&path_, {"@context", 0});
    const auto sound = sound_context(active, spelt(std::move(context->second)));
    if (sound) active = expander_.context(active, *sound);
    top.erase(context);
  } else if (const auto assumed = assumed_context(Value(top))) {
    active = expander_.context(active, *assumed);
  }
  KeyTable table(active);
  Value nodes;
  if (const auto graph = top.find("@graph"); graph != top.end() && top.size() == 1) {
    const Within member(&path_, {"@graph", 0});
    nodes = expand(active, table, std::nullopt, std::move(graph->second));
  } else {
    nodes = expand(active, table, std::nullopt, Value(std::move(top)));
  }
  return nodes.is_null() ? Value(Value::Array()) : Value(to_array(std::move(nodes)));
}

// --- contexts

Value Mender::spelt(Value context) {
  if (context.is_string()) {
    if (!is_misspelt_schema_org(context.string())) return context;
    note(ContextSpelling, {"@context", context.string(), schema_address, {}});
    return Value(schema_address);
  }
  if (context.is_array()) {
    for (std::size_t i = 0; i < context.array().size(); ++i) {
      const Within element(&path_, {{}, i});
      context.array()[i] = spelt(std::move(context.array()[i]));
    }
  }
  Value* language = context.find("@language");
  if (language != nullptr && language->is_string()) {
    const Within member(&path_, {"@language", 0});
    std::string tag = mended_language(language->string());
    if (tag != language->string() && is_language_tag(tag)) {
      note(LanguageTag, {"@language", language->string(), tag, {}});
      *language = Value(std::move(tag));
    }
  }
  Value* vocab = context.find("@vocab");
  if (vocab != nullptr && vocab->is_string() && !schema_local_name(vocab->string()) &&
      is_schema_org_host(vocab->string())) {
    note(ContextSpelling, {"@vocab", vocab->string(), schema_space, {}});
    *vocab = Value(schema_space);
  }
  return context;
}

std::optional<Value> Mender::assumed_context(const Value& top) {
  if (!means_schema(top)) return std::nullopt;
  note(ContextMissing, {"@context", {}, schema_address, {}});
  return Value(schema_address);
}

std::optional<Value> Mender::sound_context(const ContextPtr& active, const Value& context) {
  if (!context.is_array()) return sound_part(active, context);
  Value::Array sound;
  ContextPtr reached = active;
  for (std::size_t i = 0; i < context.array().size(); ++i) {
    const Within element(&path_, {{}, i});
    std::optional<Value> part = sound_part(reached, context.array()[i]);
    if (!part) continue;
    reached = expander_.context(reached, *part);
    sound.push_back(std::move(*part));
  }
  if (sound.empty()) return std::nullopt;
  return sound;
}

std::optional<Value> Mender::sound_part(const ContextPtr& active, const Value& context) {
  if (cutter_.attempt([&] { static_cast<void>(expander_.context(active, context)); })) return context;
  if (context.is_object()) return sound_entries(active, context.object());
  if (context.is_string()) {
    note(ContextUnknown, {"@context", context.string(), {}, {}});
  } else {
    note(ContextFault, {"@context", shown(context), {}, base::explained({}, cutter_.why())});
  }
  return std::nullopt;
}

std::optional<Value> Mender::sound_entries(const ContextPtr& active, const Value::Object& context) {
  Value::Object sound;
  for (const auto& [key, value] : context) {
    Value::Object tried = sound;
    tried.emplace(key, value);
    const bool fits = context.size() <= most_entries &&
                      cutter_.attempt([&] { static_cast<void>(expander_.context(active, Value(tried))); });
    if (fits) {
      sound = std::move(tried);
    } else {
      const Within member(&path_, {key, 0});
      note(ContextFault, {key, shown(value), {}, base::explained({}, cutter_.why()), true});
    }
  }
  if (sound.empty()) return std::nullopt;
  return Value(std::move(sound));
}

void Mender::mend_context(Scope& scope, Value::Object& object, std::vector<std::unique_ptr<KeyTable>>& tables) {
  const auto found = object.find("@context");
  if (found == object.end()) return;
  const Within member(&path_, {"@context", 0});
  found->second = spelt(std::move(found->second));
  std::optional<Value> sound = sound_context(scope.active, found->second);
  if (!sound) {
    object.erase(found);
    return;
  }
  const ContextPtr active = expander_.context(scope.active, *sound);
  found->second = std::move(*sound);
  tables.push_back(std::make_unique<KeyTable>(active));
  scope = scope_of(active, *tables.back());
}

// --- keys

/// Gives "context", "@Context", "graph" and the like their names.
void Mender::mend_top(Value::Object& object) {
  for (const std::string_view keyword : {"@context", "@graph"}) {
    if (object.find(keyword) != object.end()) continue;
    for (const auto& [key, value] : object) {
      if (keyword_meant(key) != keyword) continue;
      const Within member(&path_, {key, 0});
      note(KeywordSpelling, {key, key, keyword, {}, true});
      Value moved = value;
      object.erase(key);
      object.emplace(keyword, std::move(moved));
      break;
    }
  }
}

void Mender::mend_keys(const Scope& scope, Value::Object& object,
                       std::vector<std::pair<std::string, std::string>>& renamed) {
  std::vector<std::string> odd;
  for (const auto& [key, value] : object) {
    if (key != "@context" && scope.table->key(key, expander_).odd) odd.push_back(key);
  }
  for (std::string& key : odd) {
    const Within member(&path_, {key, 0});
    std::string name = mended_key(scope, key);
    if (name == key) continue;
    Value value = std::move(object.find(key)->second);
    object.erase(key);
    merge(object, name, std::move(value));
    renamed.emplace_back(std::move(name), std::move(key));
  }
}

std::string Mender::mended_key(const Scope& scope, const std::string& key) {
  if (key.find('@') == 0) {
    const std::string_view keyword = keyword_meant(key);
    if (!keyword.empty()) {
      note(KeywordSpelling, {key, key, keyword, {}, true});
      return std::string(keyword);
    }
    std::string bare = key.substr(std::min(key.find_first_not_of("@ "), key.size()));
    const std::string_view other = schema_term_in_other_case(SchemaKind::Property, bare);
    if (scope.schema && !other.empty()) bare = other;
    const KeyMeaning& meaning = scope.table->key(bare, expander_);
    if (!bare.empty() && !meaning.odd && meaning.kind != Kind::Nothing) {
      note(AtBeforeTerm, {key, key, bare, {}, true});
      return bare;
    }
  }
  if (const auto full = declared_prefix(key); full && meaning_of(scope, key) == key) {
    note(UndeclaredPrefix, {key, key, *full, {}, true});
    return *full;
  }
  return mended_term(scope, key);
}

/// A word that is no term of schema.org, or none of the context at all.
std::string Mender::mended_term(const Scope& scope, const std::string& key) {
  const auto iri = meaning_of(scope, key);
  const auto local = iri ? schema_local_anyhow(*iri) : std::nullopt;
  const std::string_view name = local ? *local : std::string_view(key);
  std::string_view meant;
  if (local) {
    const std::string space(scope.schema && key.find(':') == std::string::npos ? std::string_view() : schema_space);
    if (const auto other = schema_term_in_other_case(SchemaKind::Property, name); !other.empty()) {
      note(TermCase, {key, key, space + std::string(other), {}, true});
      return space + std::string(other);
    }
    if (const auto near = schema_term_nearby(SchemaKind::Property, name); !near.empty()) {
      note(TermTypo, {key, key, space + std::string(near), {}, true});
      return space + std::string(near);
    }
    meant = schema_term_suggested(SchemaKind::Property, name);
  }
  const bool kept = iri && !rdf::why_not_iri(*iri);
  note(UnknownTerm, {key, key, kept ? *iri : std::string(), fate_of_unknown(kept, meant), true});
  return key;
}

// --- types

void Mender::mend_types(const Scope& scope, Value& member) {
  Value::Array types;
  const bool list = member.is_array();
  for (std::size_t i = 0; i < items_of(member).size(); ++i) {
    const Value& type = items_of(member)[i];
    const Value* id = type.find("@id");
    const std::string* name = type.is_string() ? &type.string() : nullptr;
    if (id != nullptr && id->is_string()) name = &id->string();
    if (list) path_.push_back({{}, i});
    if (!type.is_string()) note(FaultyType, {"@type", shown(type), name == nullptr ? "" : *name, {}});
    if (name != nullptr && !trimmed(*name).empty()) types.emplace_back(mended_type(scope, *name));
    if (list) path_.pop_back();
  }
  member = types.size() == 1 && !list ? std::move(types.front()) : Value(std::move(types));
}

std::string Mender::mended_type(const Scope& scope, const std::string& type) {
  if (!scope.table->type(type, expander_).odd) return type;
  const auto iri = meaning_of(scope, type);
  if (auto full = declared_prefix(type); full && iri == type) {
    note(UndeclaredPrefix, {"@type", type, *full, {}});
    return *full;
  }
  const auto local = iri ? schema_local_anyhow(*iri) : std::nullopt;
  std::string_view meant;
  if (local) {
    const std::string space(scope.schema && type.find(':') == std::string::npos ? std::string_view() : schema_space);
    if (const auto other = schema_term_in_other_case(SchemaKind::Class, *local); !other.empty()) {
      note(TypeCase, {"@type", type, space + std::string(other), {}});
      return space + std::string(other);
    }
    if (const auto near = schema_term_nearby(SchemaKind::Class, *local); !near.empty()) {
      note(TypeTypo, {"@type", type, space + std::string(near), {}});
      return space + std::string(near);
    }
    meant = schema_term_suggested(SchemaKind::Class, *local);
  }
  const auto whole = expander_.iri(*scope.active, type, true, true);
  const bool kept = whole && !rdf::why_not_iri(*whole);
  note(UnknownType, {"@type", type, kept ? *whole : std::string(), fate_of_unknown(kept, meant)});
  return type;
}

// --- expansion

Value Mender::expand(const ContextPtr& active, KeyTable& table, const std::optional<std::string>& property,
                     Value value) {
  if (!active->previous) mend(scope_of(active, table), property ? &*property : nullptr, value);
  Value expanded;
  const auto work = [&](const Value& tried) { expanded = expander_.value(active, property, tried); };
  const bool done = cutter_.work(std::move(value), property ? std::string_view(*property) : std::string_view(), work);
  return done ? expanded : Value();
}

Value::Object Mender::expand_entry(const ContextPtr& active, KeyTable& table, const std::string& key, Value value) {
  if (!active->previous) mend_member(scope_of(active, table), nullptr, key, value);
  Value::Object expanded;
  const auto work = [&](const Value& tried) { expanded = expander_.entry(active, key, tried); };
  return cutter_.work(std::move(value), key, work) ? expanded : Value::Object();
}

}  // namespace scenograph::jsonld
