#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "jsonld/internal/context.hpp"
#include "jsonld/internal/part_expander.hpp"

namespace scenograph::jsonld {

/// What a key of a node or a name of a type means under a context.
struct KeyMeaning {
  enum class Kind : std::uint8_t {
    Nothing,    ///< it is to be dropped
    Id,         ///< @id
    Type,       ///< @type
    Plain,      ///< @value
    Language,   ///< @language
    Property,   ///< values become objects as `coercion` says
    Resource,   ///< (of a type) the IRI `iri`
    Intricate,  ///< a property that only the algorithms in full deal with
    Keyword,    ///< one that makes the node intricate, or perhaps does
  };
  enum class Coercion : std::uint8_t { None, Id, Vocab, Datatype };

  Kind kind = Kind::Keyword;
  Coercion coercion = Coercion::None;
  bool odd = false;  ///< no term of the context, or none of those of schema.org although in its namespace
  std::string iri;
  std::string datatype;  ///< as `rdf::Term` has it
  std::string language;  ///< of strings; empty: none
};

/// The keys of documents under one context, each worked out when first met. One thread at a time.
class KeyTable {
 public:
  explicit KeyTable(ContextPtr context) : context_(std::move(context)) {}

  /// The context that the keys are of; its base does not matter.
  [[nodiscard]] const ContextPtr& context() const { return context_; }

  /// @param expander  for keys not met yet
  [[nodiscard]] const KeyMeaning& key(std::string_view key, PartExpander& expander) {
    return find(keys_, key, expander, &KeyTable::key_meaning);
  }
  [[nodiscard]] const KeyMeaning& type(std::string_view name, PartExpander& expander) {
    return find(types_, name, expander, &KeyTable::type_meaning);
  }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Meanings = std::unordered_map<std::string, KeyMeaning, Hash, std::equal_to<>>;
  using Work = KeyMeaning (KeyTable::*)(std::string_view, PartExpander&) const;

  [[nodiscard]] const KeyMeaning& find(Meanings& known, std::string_view text, PartExpander& expander, Work work);
  [[nodiscard]] KeyMeaning key_meaning(std::string_view key, PartExpander& expander) const;
  [[nodiscard]] KeyMeaning type_meaning(std::string_view name, PartExpander& expander) const;
  [[nodiscard]] KeyMeaning property_meaning(std::string_view key, std::string iri) const;

  ContextPtr context_;
  Meanings keys_;
  Meanings types_;
};

/// Tables for contexts that documents have in common, least recently used ones dropped. Thread-safe: a table is lent to
/// one document at a time.
class KeyTables {
 public:
  static constexpr std::size_t capacity = 32;  ///< tables that wait for a document

  /// The name of a context made of bundled ones and of entries that do not depend on the document's address, so that it
  /// is the same for every document; "" of others.
  [[nodiscard]] static std::string name_of(const Value& context);

  /// nullptr if there is none.
  [[nodiscard]] std::unique_ptr<KeyTable> take(const std::string& name);
  void give_back(const std::string& name, std::unique_ptr<KeyTable> table);

 private:
  std::mutex mutex_;
  std::list<std::pair<std::string, std::unique_ptr<KeyTable>>> waiting_;  // the last used first
};

}  // namespace scenograph::jsonld
