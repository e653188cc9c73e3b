#include <algorithm>
#include <utility>

#include "jsonld/internal/keywords.hpp"
#include "jsonld/internal/mended_words.hpp"
#include "jsonld/internal/mender.hpp"
#include "jsonld/internal/rdf_writer.hpp"
#include "jsonld/internal/schema_terms.hpp"
#include "jsonld/internal/values.hpp"
#include "markup/entities.hpp"
#include "rdf/iri.hpp"

// The part of the mender that deals with values: texts, addresses, names, types, objects with @value.

namespace scenograph::jsonld {

namespace {

using enum RepairKind;
using Kind = KeyMeaning::Kind;

constexpr std::size_t deepest_text = 128;  ///< where JSON in texts is read

bool is_enumerated(std::string_view property) {
  return property == "availability" || property == "eventStatus" || property == "eventAttendanceMode";
}

/// Whether all keys look like languages, such as "fr" and "fr_CA", and all values are texts.
bool is_by_language(const Value::Object& object) {
  constexpr std::size_t most_languages = 64;
  const auto is_translation = [](const auto& member) {
    const auto& [key, text] = member;
    const bool two_letters = key.size() == 2 || (key.size() == 5 && (key[2] == '-' || key[2] == '_'));
    return two_letters && text.is_string() && lower_case(key.substr(0, 2)) == key.substr(0, 2) &&
           is_language_tag(mended_language(key));
  };
  return !object.empty() && object.size() <= most_languages &&
         std::all_of(object.begin(), object.end(), is_translation);
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
    const Within element(&path_, {{}, i});
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
      const Within element(&path_, {key, 0});
      mend(outer, property, list[i]);
    }
    value = Value(std::move(list));
    return;
  }
  if (property != nullptr && mend_translations(outer, *property, value)) return mend(outer, property, value);
  Scope scope = outer;
  std::vector<std::unique_ptr<KeyTable>> tables;
  mend_context(scope, value.object(), tables);
  if (scope.active->previous) return;  // a context that ends here or not: the terms are not known
  mend_members(scope, property, value.object());
}

/// {"fr": "…", "en": "…"} as texts in these languages. @return false if it is something else.
bool Mender::mend_translations(const Scope& scope, const std::string& property, Value& value) {
  if (!is_by_language(value.object())) return false;
  const auto is_odd = [&](const auto& member) { return scope.table->key(member.first, expander_).odd; };
  if (!std::all_of(value.object().begin(), value.object().end(), is_odd)) return false;
  const KeyMeaning& meaning = scope.table->key(property, expander_);
  if (meaning.kind != Kind::Property || meaning.coercion != KeyMeaning::Coercion::None) return false;
  Value::Array texts;
  for (const auto& [language, text] : value.object()) {
    texts.emplace_back(Value::Object{{"@value", text}, {"@language", mended_language(language)}});
  }
  Value made(std::move(texts));
  note(Translations, {property, shown(value), shown(made), {}});
  value = std::move(made);
  return true;
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
    const Within step(&path_, {found == renamed.end() ? key : found->second, 0});
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
    const Within step(&path_, {index, 0});
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
  auto plain = has_markup(value.string()) ? std::nullopt : markup::decode_html_entities(value.string());
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
  const std::string plain = markup::decode_html_entities(id).value_or(id);
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
    const Within member(&path_, {plain->second, 0});
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
  const Within member(&path_, {key, 0});
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
      const Within member(&path_, {key, 0});
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

}  // namespace scenograph::jsonld
