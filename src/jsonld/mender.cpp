#include "jsonld/internal/mender.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "jsonld/internal/bundled.hpp"
#include "jsonld/internal/html_entities.hpp"
#include "jsonld/internal/keywords.hpp"
#include "jsonld/internal/mended_words.hpp"
#include "jsonld/internal/rdf_writer.hpp"
#include "jsonld/internal/schema_terms.hpp"
#include "jsonld/internal/values.hpp"
#include "rdf/iri.hpp"

namespace scenograph::jsonld {

namespace {

using enum RepairKind;
using base::Error;
using Kind = KeyMeaning::Kind;

constexpr std::string_view schema_address = "https://schema.org";
constexpr std::string_view schema_space = "http://schema.org/";
constexpr std::size_t deepest_text = 128;  ///< where JSON in texts is read
constexpr std::size_t most_entries = 64;   ///< of a faulty context that is told apart
constexpr std::size_t trials = 16;         ///< of each value, at most, on average
constexpr std::size_t most_faults = 1000;  ///< kept of one value
constexpr std::size_t shown_bytes = 80;    ///< of JSON in messages

/// Goes a step down for as long as it lives.
class Within {
 public:
  Within(Path& path, Step step) : path_(path) { path_.push_back(step); }
  ~Within() { path_.pop_back(); }
  Within(const Within&) = delete;
  Within& operator=(const Within&) = delete;

 private:
  Path& path_;
};

std::string shown(const Value& value) {
  if (value.is_string()) return value.string();
  if (value.is_array() && value.array().size() > most_entries) return "[…]";
  if (value.is_object() && value.object().size() > most_entries) return "{…}";
  std::string text = to_json(value);
  if (text.size() > 4 * shown_bytes) text = value.is_array() ? "[…]" : "{…}";
  return text;
}

std::size_t weight_of(const Value& value) {
  std::size_t weight = 1;
  if (value.is_array()) {
    for (const Value& each : value.array()) weight += weight_of(each);
  } else if (value.is_object()) {
    for (const auto& [key, each] : value.object()) weight += weight_of(each);
  }
  return weight;
}

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

bool is_enumerated(std::string_view property) {
  return property == "availability" || property == "eventStatus" || property == "eventAttendanceMode";
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

const char* fate_of_unknown(bool kept) {
  return kept ? ": kept, but few readers will know it" : ": it has no meaning and was left out";
}

/// Whether all keys are 0, 1, 2 and so on.
bool is_numbered(const Value::Object& object) {
  if (object.empty()) return false;
  for (std::size_t i = 0; i < object.size(); ++i) {
    if (object.find(std::to_string(i)) == object.end()) return false;
  }
  return true;
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
    const Within element(path_, {{}, i});
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
    const Within member(path_, {"@context", 0});
    const auto sound = sound_context(active, spelt(std::move(context->second)));
    if (sound) active = expander_.context(active, *sound);
    top.erase(context);
  } else if (const auto assumed = assumed_context(Value(top))) {
    active = expander_.context(active, *assumed);
  }
  KeyTable table(active);
  Value nodes;
  if (const auto graph = top.find("@graph"); graph != top.end() && top.size() == 1) {
    const Within member(path_, {"@graph", 0});
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
      const Within element(path_, {{}, i});
      context.array()[i] = spelt(std::move(context.array()[i]));
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
    const Within element(path_, {{}, i});
    std::optional<Value> part = sound_part(reached, context.array()[i]);
    if (!part) continue;
    reached = expander_.context(reached, *part);
    sound.push_back(std::move(*part));
  }
  if (sound.empty()) return std::nullopt;
  return sound;
}

std::optional<Value> Mender::sound_part(const ContextPtr& active, const Value& context) {
  if (attempt([&] { static_cast<void>(expander_.context(active, context)); })) return context;
  if (context.is_object()) return sound_entries(active, context.object());
  if (context.is_string()) {
    note(ContextUnknown, {"@context", context.string(), {}, {}});
  } else {
    note(ContextFault, {"@context", shown(context), {}, "; " + why_});
  }
  return std::nullopt;
}

std::optional<Value> Mender::sound_entries(const ContextPtr& active, const Value::Object& context) {
  Value::Object sound;
  for (const auto& [key, value] : context) {
    Value::Object tried = sound;
    tried.emplace(key, value);
    const bool fits =
        context.size() <= most_entries && attempt([&] { static_cast<void>(expander_.context(active, Value(tried))); });
    if (fits) {
      sound = std::move(tried);
    } else {
      const Within member(path_, {key, 0});
      note(ContextFault, {key, shown(value), {}, "; " + why_, true});
    }
  }
  if (sound.empty()) return std::nullopt;
  return Value(std::move(sound));
}

void Mender::mend_context(Scope& scope, Value::Object& object, std::vector<std::unique_ptr<KeyTable>>& tables) {
  const auto found = object.find("@context");
  if (found == object.end()) return;
  const Within member(path_, {"@context", 0});
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
      const Within member(path_, {key, 0});
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
    const Within member(path_, {key, 0});
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
  std::string detail;
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
    const std::string_view meant = schema_term_suggested(SchemaKind::Property, name);
    if (!meant.empty()) detail = fmt::format("; did you mean «{}»?", meant);
  }
  const bool kept = iri && !rdf::why_not_iri(*iri);
  detail.insert(0, fate_of_unknown(kept));
  note(UnknownTerm, {key, key, kept ? *iri : std::string(), detail, true});
  return key;
}

// --- values

void Mender::mend(const Scope& scope, const std::string* property, Value& value) {
  if (value.is_null() && property != nullptr) {
    note(EmptyValue, {*property, "null", {}, {}});
  } else if (value.is_string() && property != nullptr) {
    mend_text(scope, property, value);
  } else if (value.is_array()) {
    mend_array(scope, property, value.array());
  } else if (value.is_object()) {
    mend_object(scope, property, value);
  }
}

void Mender::mend_array(const Scope& scope, const std::string* property, Value::Array& array) {
  for (std::size_t i = 0; i < array.size(); ++i) {
    const Within element(path_, {{}, i});
    mend(scope, property, array[i]);
  }
}

bool Mender::has_scoped_types(const Scope& scope, const Value::Object& object) {
  for (const auto& [key, value] : object) {
    if (scope.table->key(key, expander_).kind != Kind::Type) continue;
    for (const Value& type : items_of(value)) {
      const TermDefinition* definition = type.is_string() ? scope.active->find(type.string()) : nullptr;
      if (definition != nullptr && definition->context) return true;
    }
  }
  return false;
}

void Mender::mend_object(const Scope& outer, const std::string* property, Value& value) {
  if (is_numbered(value.object()) && outer.table->key("0", expander_).odd) {
    note(NumberedKeys, {property == nullptr ? std::string_view() : *property, shown(value), "[…]", {}});
    Value::Array list;
    for (std::size_t i = 0; i < value.object().size(); ++i) list.push_back(std::move(*value.find(std::to_string(i))));
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string key = std::to_string(i);
      const Within element(path_, {key, 0});
      mend(outer, property, list[i]);
    }
    value = Value(std::move(list));
    return;
  }
  Scope scope = outer;
  std::vector<std::unique_ptr<KeyTable>> tables;
  mend_context(scope, value.object(), tables);
  if (scope.active->previous) return;  // a context that ends here or not: the terms are not known
  mend_members(scope, property, value.object());
}

void Mender::mend_members(const Scope& scope, const std::string* property, Value::Object& object) {
  std::vector<std::pair<std::string, std::string>> renamed;
  if (has_scoped_types(scope, object)) return;
  mend_keys(scope, object, renamed);
  if (mend_value_object(scope, object)) return;
  std::vector<std::string> empty;
  for (auto& [key, member] : object) {
    const auto found =
        std::find_if(renamed.begin(), renamed.end(), [&name = key](const auto& each) { return each.first == name; });
    const Within step(path_, {found == renamed.end() ? key : found->second, 0});
    const bool was_null = member.is_null();
    mend_member(scope, property, key, member);
    if (member.is_null() && !was_null) empty.push_back(key);
  }
  for (const std::string& key : empty) object.erase(key);
}

void Mender::mend_member(const Scope& scope, const std::string* property, const std::string& key, Value& member) {
  if (key == "@context") return;
  switch (scope.table->key(key, expander_).kind) {
    case Kind::Nothing:
    case Kind::Plain:
    case Kind::Language:
      return;
    case Kind::Id:
      return mend_id(member);
    case Kind::Type:
      return mend_types(scope, member);
    default:
      break;
  }
  const auto iri = meaning_of(scope, key);
  if (!iri || !is_keyword(*iri)) return mend_property(scope, key, member);
  if (*iri == "@list" || *iri == "@set") return mend(scope, property, member);
  if (*iri == "@graph" || *iri == "@included" || *iri == "@reverse") return mend(scope, nullptr, member);
}

void Mender::mend_property(const Scope& scope, const std::string& key, Value& member) {
  const TermDefinition* definition = scope.active->find(key);
  if (definition == nullptr) return mend(scope, &key, member);
  if (definition->context || definition->type == "@json" || definition->has_container("@language")) return;
  const bool keyed =
      definition->has_container("@index") || definition->has_container("@id") || definition->has_container("@type");
  if (!keyed || !member.is_object()) return mend(scope, &key, member);
  for (auto& [index, each] : member.object()) {
    const Within step(path_, {index, 0});
    mend(scope, &key, each);
  }
}

void Mender::mend_text(const Scope& scope, const std::string* property, Value& value) {
  const std::string text(trimmed(value.string()));
  if (text.empty() || text == "{}" || text == "[]") {
    note(EmptyValue, {*property, value.string(), {}, {}});
    value = Value();
    return;
  }
  if (may_hold_json(text) && path_.size() < deepest_text) {
    if (auto parsed = json_in(text)) {
      note(JsonInText, {*property, text, "JSON", {}});
      value = std::move(*parsed);
      return mend(scope, property, value);
    }
  }
  const KeyMeaning& meaning = scope.table->key(*property, expander_);
  const bool address = meaning.coercion == KeyMeaning::Coercion::Id || meaning.coercion == KeyMeaning::Coercion::Vocab;
  mend_entities(*property, value);
  if (address) mend_address(*property, value);
}

void Mender::mend_entities(const std::string& property, Value& value) {
  auto plain = has_markup(value.string()) ? std::nullopt : decode_html_entities(value.string());
  if (!plain) return;
  note(Entity, {property, value.string(), *plain, {}});
  value = Value(std::move(*plain));
}

void Mender::mend_address(const std::string& property, Value& value) {
  const std::string text(trimmed(value.string()));
  const std::vector<std::string_view> several = addresses_in(text);
  if (several.size() > 1) {
    Value::Array list;
    std::string made;
    for (const std::string_view each : several) {
      list.emplace_back(mended_address(each));
      made.append(made.empty() ? "" : ", ").append(list.back().string());
    }
    note(SeveralAddresses, {property, text, made, {}});
    value = Value(std::move(list));
    return;
  }
  std::string made = mended_address(text);
  if (is_sentence(text) || (is_absolute_iri(made) && rdf::why_not_iri(made))) {
    // Words such as "In Stock" are told of where they become schema.org's.
    if (!is_enumerated(property)) note(NoAddress, {property, text, text, {}});
    value = Value::Object{{"@value", text}};
  } else if (made != value.string()) {
    note(AddressSpelling, {property, value.string(), made, {}});
    value = Value(std::move(made));
  }
}

void Mender::mend_id(Value& member) {
  if (const Value* inner = member.find("@id"); inner != nullptr && inner->is_string()) {
    Value name = *inner;
    note(FaultyId, {"@id", shown(member), name.string(), {}});
    member = std::move(name);
  }
  if (!member.is_string() || trimmed(member.string()).empty()) {
    note(FaultyId, {"@id", shown(member), {}, {}});
    member = Value();
    return;
  }
  const std::string& id = member.string();
  if (is_blank_name(id)) return;
  const std::string plain = decode_html_entities(id).value_or(id);
  std::string made = mended_address(trimmed(plain));
  if (is_absolute_iri(made) && rdf::why_not_iri(made)) {
    note(FaultyId, {"@id", id, {}, {}});
    member = Value();
    return;
  }
  if (made == id) return;
  note(AddressSpelling, {"@id", id, made, {}});
  member = Value(std::move(made));
}

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
  std::string detail;
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
    const std::string_view meant = schema_term_suggested(SchemaKind::Class, *local);
    if (!meant.empty()) detail = fmt::format("; did you mean «{}»?", meant);
  }
  const auto whole = expander_.iri(*scope.active, type, true, true);
  const bool kept = whole && !rdf::why_not_iri(*whole);
  detail.insert(0, fate_of_unknown(kept));
  note(UnknownType, {"@type", type, kept ? *whole : std::string(), detail});
  return type;
}

/// Mends an object with @value. @return false if it is none.
bool Mender::mend_value_object(const Scope& scope, Value::Object& object) {
  Names names;
  for (const auto& [key, value] : object) {
    if (key == "@context") continue;
    const auto iri = meaning_of(scope, key);
    names.emplace(iri && is_keyword(*iri) ? *iri : key, key);
  }
  const auto plain = names.find("@value");
  if (plain == names.end()) return false;
  const auto type = names.find("@type");
  if (type != names.end() && object.at(type->second).is("@json")) return true;
  Value& text = object.at(plain->second);
  if (text.is_string() && is_odd_text(text.string())) {
    const Within member(path_, {plain->second, 0});
    mend_entities(plain->second, text);
  }
  const bool tagged = mend_language(names, object, text.is_string());
  for (const auto& [keyword, key] : names) {
    if (keyword == "@value" || keyword == "@language" || keyword == "@index") continue;
    if (keyword == "@direction" && type == names.end()) continue;
    if (keyword != "@type" || tagged || !mend_datatype(scope, object.at(key))) drop_beside_value(object, key);
  }
  return true;
}

void Mender::drop_beside_value(Value::Object& object, const std::string& key) {
  const Within member(path_, {key, 0});
  note(ValueObject, {key, shown(object.at(key)), {}, {}});
  object.erase(key);
}

/// @return whether the value has a language in the end.
bool Mender::mend_language(const Names& names, Value::Object& object, bool is_text) {
  const auto found = names.find("@language");
  if (found == names.end()) return false;
  const std::string& key = found->second;
  Value& language = object.at(key);
  if (language.is_string()) {
    const std::string before = language.string();
    const std::string tag = mended_language(before);
    if (tag != before && is_language_tag(tag)) {
      const Within member(path_, {key, 0});
      note(LanguageTag, {key, before, tag, {}});
      language = Value(tag);
    }
    if (is_text && is_language_tag(tag)) return true;
  }
  drop_beside_value(object, key);
  return false;
}

/// @return whether it is one in the end.
bool Mender::mend_datatype(const Scope& scope, Value& type) {
  if (!type.is_string()) return false;
  const auto iri = meaning_of(scope, type.string());
  if (!iri || rdf::why_not_iri(*iri)) return false;
  if (*iri != type.string()) return true;
  if (const auto full = declared_prefix(type.string())) {
    note(UndeclaredPrefix, {"@type", type.string(), *full, {}});
    type = Value(*full);
  }
  return true;
}

// --- what JSON-LD refuses

bool Mender::attempt(const std::function<void()>& work) {
  try {
    work();
    return true;
  } catch (const Error& error) {
    if (error.code() != base::Code::BadData && error.code() != base::Code::Unsupported) throw;
    why_ = error.message();
    return false;
  }
}

Value Mender::expand(const ContextPtr& active, KeyTable& table, const std::optional<std::string>& property,
                     Value value) {
  if (!active->previous) mend(scope_of(active, table), property ? &*property : nullptr, value);
  Value expanded;
  const auto work = [&](const Value& tried) { expanded = expander_.value(active, property, tried); };
  return reduce(value, property ? std::string_view(*property) : std::string_view(), work) ? expanded : Value();
}

Value::Object Mender::expand_entry(const ContextPtr& active, KeyTable& table, const std::string& key, Value value) {
  if (!active->previous) mend_member(scope_of(active, table), nullptr, key, value);
  Value::Object expanded;
  const auto work = [&](const Value& tried) { expanded = expander_.entry(active, key, tried); };
  return reduce(value, key, work) ? expanded : Value::Object();
}

/// Does the work for a value, or else for what of it can be worked with. @return false if nothing can.
bool Mender::reduce(Value& value, std::string_view field, const std::function<void(const Value&)>& work) {
  const Check sound = [&](const Value& tried) {
    const std::size_t weight = weight_of(tried);
    if (weight > budget_) return false;
    budget_ -= weight;
    return attempt([&] { work(tried); });
  };
  budget_ = (trials + 1) * weight_of(value);
  faults_.clear();
  if (sound(value)) return true;
  std::string found = shown(value);
  const bool done = shrink(value, sound) && sound(value);
  if (!done) leave_out(field, std::move(found), 0);
  for (const Fault& fault : faults_) {
    Path path;
    for (const auto& [key, index] : fault.path) path.push_back(key ? Step{*key, 0} : Step{{}, index});
    log_.add(LeftOut, path, {fault.field, fault.found, {}, ": " + fault.why, !fault.field.empty()});
  }
  return done;
}

/// Takes down what is left out, in place of the faults within it, which are those from `first` on.
void Mender::leave_out(std::string_view field, std::string found, std::size_t first) {
  std::string why = faults_.size() > first ? faults_[first].why : why_;
  faults_.resize(std::min(first, faults_.size()));
  if (faults_.size() >= most_faults) return;
  Fault fault{{}, std::string(field), std::move(found), std::move(why)};
  for (const Step& step : path_) {
    fault.path.emplace_back(step.is_key() ? std::optional(std::string(step.key)) : std::nullopt, step.index);
  }
  faults_.push_back(std::move(fault));
}

/// Leaves out of a value what is not sound in its place. @return false if it is not to be helped.
bool Mender::shrink(Value& value, const Check& sound) {
  if (value.is_array()) return shrink_array(value.array(), sound);
  return value.is_object() && shrink_object(value.object(), sound);
}

bool Mender::shrink_array(Value::Array& array, const Check& sound) {
  Value::Array kept;
  for (std::size_t i = 0; i < array.size(); ++i) {
    const Within element(path_, {{}, i});
    const std::size_t first = faults_.size();
    const Check alone = [&](const Value& tried) { return sound(Value(Value::Array{tried})); };
    bool sound_now = alone(array[i]);
    const std::string found = sound_now ? std::string() : shown(array[i]);
    sound_now = sound_now || (shrink(array[i], alone) && alone(array[i]));
    if (sound_now) {
      kept.push_back(std::move(array[i]));
    } else {
      leave_out({}, found, first);
    }
  }
  array = std::move(kept);
  return !array.empty();
}

bool Mender::shrink_object(Value::Object& object, const Check& sound) {
  Value::Object frame;  // what the other members are tried beside
  Value::Object kept;
  const auto keep = [&](const std::string& key, Value& member) {
    const Within step(path_, {key, 0});
    const std::size_t mark = faults_.size();
    const Check beside = [&](const Value& tried) {
      Value::Object all = frame;
      all.insert_or_assign(key, tried);
      return sound(Value(std::move(all)));
    };
    bool sound_now = beside(member);
    const std::string found = sound_now ? std::string() : shown(member);
    sound_now = sound_now || (shrink(member, beside) && beside(member));
    if (sound_now) {
      kept.emplace(key, std::move(member));
    } else {
      leave_out(key, found, mark);
    }
    return sound_now;
  };
  for (const char* first : {"@context", "@type", "@value"}) {
    const auto found = object.find(first);
    if (found != object.end() && keep(first, found->second)) frame.insert(*kept.find(first));
  }
  for (auto& [key, member] : object) {
    if (key != "@context" && key != "@type" && key != "@value") static_cast<void>(keep(key, member));
  }
  object = std::move(kept);
  if (object.empty() || sound(Value(object))) return !object.empty();
  for (auto& [key, member] : object) {  // they are sound one by one, but not together
    if (frame.contains(key)) continue;
    Value::Object both = frame;
    both.emplace(key, member);
    if (sound(Value(both))) {
      frame = std::move(both);
    } else {
      const Within step(path_, {key, 0});
      leave_out(key, shown(member), faults_.size());
    }
  }
  object = std::move(frame);
  return !object.empty();
}

}  // namespace scenograph::jsonld
