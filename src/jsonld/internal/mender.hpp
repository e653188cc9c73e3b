#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jsonld/internal/fault_cutter.hpp"
#include "jsonld/internal/key_table.hpp"
#include "jsonld/internal/part_expander.hpp"
#include "jsonld/internal/repair_log.hpp"

namespace scenograph::jsonld {

/// Puts right what JSON-LD of real sites gets wrong, and expands it; the rows of `repair_rules` from ContextSpelling on
/// say what. Takes time by the size of what it is given; for what has faults that JSON-LD refuses, by that and the
/// depth, up to a limit after which the rest is left out.
class Mender {
 public:
  /// Both must outlive this.
  Mender(RepairLog& log, PartExpander& expander) : log_(log), expander_(expander) {}

  /// Where in the document what comes next stands; the caller keeps it so.
  [[nodiscard]] Path& path() { return path_; }

  void note(RepairKind kind, const RepairNote& note) { log_.add(kind, path_, note); }

  /// A context with the addresses of schema.org written right. Cheap.
  [[nodiscard]] Value spelt(Value context);

  /// That of schema.org, if the types of a node at the top that has none are of it; else nullopt.
  [[nodiscard]] std::optional<Value> assumed_context(const Value& top);

  /// What of a context can be worked into `active`; nullopt if nothing can.
  [[nodiscard]] std::optional<Value> sound_context(const ContextPtr& active, const Value& context);

  /// The nodes of a document, or of an element of one that is a list.
  [[nodiscard]] Value expand_document(Value document);

  // As those of `PartExpander`, for values that are mended first; they do not throw for what is wrong with them.
  // @param table  that of `active`

  [[nodiscard]] Value expand(const ContextPtr& active, KeyTable& table, const std::optional<std::string>& property,
                             Value value);
  [[nodiscard]] Value::Object expand_entry(const ContextPtr& active, KeyTable& table, const std::string& key,
                                           Value value);

 private:
  [[nodiscard]] Value expand_top(Value::Object top);
  void mend_top(Value::Object& top);

  /// What is in force where a value stands.
  struct Scope {
    ContextPtr active;
    KeyTable* table = nullptr;
    bool schema = false;  ///< words without prefix are terms of schema.org
  };
  using Names = std::map<std::string, std::string>;  // keywords, and the keys that they are written as

  [[nodiscard]] Scope scope_of(const ContextPtr& active, KeyTable& table);
  [[nodiscard]] std::optional<std::string> meaning_of(const Scope& scope, std::string_view key);
  [[nodiscard]] bool has_scoped_types(const Scope& scope, const Value::Object& object);

  void mend(const Scope& scope, const std::string* property, Value& value);
  void mend_array(const Scope& scope, const std::string* property, Value::Array& array);
  void mend_object(const Scope& outer, const std::string* property, Value& value);
  [[nodiscard]] bool mend_translations(const Scope& scope, const std::string& property, Value& value);
  void mend_members(const Scope& scope, const std::string* property, Value::Object& object);
  void mend_member(const Scope& scope, const std::string* property, const std::string& key, Value& member);
  void mend_property(const Scope& scope, const std::string& key, Value& member);
  void mend_text(const Scope& scope, const std::string* property, Value& value);
  void mend_address(const std::string& property, Value& value);
  void mend_entities(const std::string& property, Value& value);
  [[nodiscard]] bool mend_value_object(const Scope& scope, Value::Object& object);
  void drop_beside_value(Value::Object& object, const std::string& key);
  [[nodiscard]] bool mend_language(const Names& names, Value::Object& object, bool is_text);
  [[nodiscard]] bool mend_datatype(const Scope& scope, Value& type);
  void mend_id(Value& member);
  void mend_types(const Scope& scope, Value& member);
  [[nodiscard]] std::string mended_type(const Scope& scope, const std::string& type);
  void mend_keys(const Scope& scope, Value::Object& object, std::vector<std::pair<std::string, std::string>>& renamed);
  [[nodiscard]] std::string mended_key(const Scope& scope, const std::string& key);
  [[nodiscard]] std::string mended_term(const Scope& scope, const std::string& key);
  void mend_context(Scope& scope, Value::Object& object, std::vector<std::unique_ptr<KeyTable>>& tables);
  [[nodiscard]] std::optional<Value> sound_part(const ContextPtr& active, const Value& context);
  [[nodiscard]] std::optional<Value> sound_entries(const ContextPtr& active, const Value::Object& context);

  RepairLog& log_;
  PartExpander& expander_;
  Path path_;
  FaultCutter cutter_{log_, path_};
};

}  // namespace scenograph::jsonld
