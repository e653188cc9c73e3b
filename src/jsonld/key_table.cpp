#include "jsonld/internal/key_table.hpp"

#include <algorithm>

#include "jsonld/internal/bundled.hpp"
#include "jsonld/internal/keywords.hpp"
#include "jsonld/internal/mended_words.hpp"
#include "jsonld/internal/rdf_writer.hpp"
#include "jsonld/internal/schema_terms.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::jsonld {

namespace {

using Kind = KeyMeaning::Kind;
using Coercion = KeyMeaning::Coercion;

constexpr std::size_t most_meanings = 4096;  ///< of a table's keys, and of its types
constexpr std::size_t longest_name = 4096;   ///< bytes of a context that is kept

bool is_plain_resource(const std::string& iri) {
  const auto term = RdfWriter::resource(iri);
  return term && term->is_iri();
}

/// Whether the IRI is in the namespace of schema.org, or seems to be meant so, but is none of its terms.
bool is_odd_term(SchemaKind kind, std::string_view iri) {
  if (const auto local = schema_local_name(iri)) return !is_schema_term(kind, *local);
  return schema_local_anyhow(iri) || declared_prefix(iri);
}

bool is_kept_entry(const std::string& key, const Value& value) {
  if (key == "@vocab") return value.is_string() && is_absolute_iri(value.string());
  if (key == "@base" || key == "@import" || key == "@propagate") return false;
  return !value.has("@context");
}

bool is_kept(const Value& context) {
  if (context.is_string()) return is_bundled(context.string());
  if (context.is_array()) return std::all_of(context.array().begin(), context.array().end(), is_kept);
  if (!context.is_object()) return false;
  return std::all_of(context.object().begin(), context.object().end(),
                     [](const auto& entry) { return is_kept_entry(entry.first, entry.second); });
}

}  // namespace

const KeyMeaning& KeyTable::find(Meanings& known, std::string_view text, PartExpander& expander, Work work) {
  static const KeyMeaning unknown;
  if (const auto found = known.find(text); found != known.end()) return found->second;
  if (known.size() >= most_meanings) return unknown;
  return known.emplace(std::string(text), (this->*work)(text, expander)).first->second;
}

KeyMeaning KeyTable::key_meaning(std::string_view key, PartExpander& expander) const {
  KeyMeaning meaning;
  if (key == "@context") return meaning;
  const auto iri = expander.iri(*context_, key, true, false);
  if (!iri || (iri->find(':') == std::string::npos && !is_keyword(*iri))) {
    meaning.kind = Kind::Nothing;
    meaning.odd = context_->find(key) == nullptr;
  } else if (*iri == "@id") {
    meaning.kind = Kind::Id;
  } else if (*iri == "@type") {
    meaning.kind = Kind::Type;
  } else if (*iri == "@value") {
    meaning.kind = Kind::Plain;
  } else if (*iri == "@language") {
    meaning.kind = Kind::Language;
  } else if (!is_keyword(*iri)) {
    meaning = property_meaning(key, *iri);
    meaning.odd = is_odd_term(SchemaKind::Property, *iri);
  }
  return meaning;
}

KeyMeaning KeyTable::property_meaning(std::string_view key, std::string iri) const {
  static const TermDefinition none;
  const TermDefinition* found = context_->find(key);
  const TermDefinition& definition = found != nullptr ? *found : none;
  const bool bare = definition.container.empty() || definition.container == std::vector<std::string>{"@set"};
  const bool directed = definition.direction || context_->direction;
  KeyMeaning meaning;
  meaning.kind = Kind::Intricate;
  if (!bare || directed || definition.context || definition.reverse || !definition.nest.empty() ||
      definition.type == "@json" || !is_plain_resource(iri)) {
    return meaning;
  }
  if (definition.type == "@id") {
    meaning.coercion = Coercion::Id;
  } else if (definition.type == "@vocab") {
    meaning.coercion = Coercion::Vocab;
  } else if (!definition.type.empty() && definition.type != "@none") {
    if (!is_plain_resource(definition.type)) return meaning;
    meaning.coercion = Coercion::Datatype;
    meaning.datatype = rdf::Term::literal("", definition.type).datatype;
  } else {
    std::string language = context_->language.value_or("");
    if (definition.language) language = definition.language->is_string() ? definition.language->string() : "";
    if (!language.empty() && !is_language_tag(language)) return meaning;
    if (!language.empty()) meaning.language = rdf::Term::lang_literal("", language).language;
  }
  meaning.kind = Kind::Property;
  meaning.iri = std::move(iri);
  return meaning;
}

KeyMeaning KeyTable::type_meaning(std::string_view name, PartExpander& expander) const {
  KeyMeaning meaning;
  const TermDefinition* definition = context_->find(name);
  if (definition != nullptr && definition->context) return meaning;
  // Without a vocabulary the name may be relative to the document.
  const auto iri = expander.iri(*context_, name, true, false);
  meaning.odd = !iri || (!is_keyword(*iri) && (!is_absolute_iri(*iri) || is_odd_term(SchemaKind::Class, *iri)));
  if (!iri || !is_plain_resource(*iri)) return meaning;
  meaning.kind = Kind::Resource;
  meaning.iri = *iri;
  return meaning;
}

std::string KeyTables::name_of(const Value& context) {
  if (!is_kept(context)) return {};
  std::string name = to_json(context);
  return name.size() <= longest_name ? name : std::string();
}

std::unique_ptr<KeyTable> KeyTables::take(const std::string& name) {
  const std::lock_guard lock(mutex_);
  const auto found =
      std::find_if(waiting_.begin(), waiting_.end(), [&name](const auto& each) { return each.first == name; });
  if (found == waiting_.end()) return nullptr;
  std::unique_ptr<KeyTable> table = std::move(found->second);
  waiting_.erase(found);
  return table;
}

void KeyTables::give_back(const std::string& name, std::unique_ptr<KeyTable> table) {
  const std::lock_guard lock(mutex_);
  waiting_.emplace_front(name, std::move(table));
  if (waiting_.size() > capacity) waiting_.pop_back();
}

}  // namespace scenograph::jsonld
