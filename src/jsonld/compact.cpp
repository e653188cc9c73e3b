#include <algorithm>

#include "jsonld/internal/context.hpp"
#include "jsonld/internal/iri_compactor.hpp"
#include "jsonld/internal/keywords.hpp"
#include "jsonld/internal/values.hpp"
#include "jsonld/processor.hpp"

// Source: JSON-LD 1.1 Processing Algorithms and API, sections 6.1 and 6.3.

namespace scenograph::jsonld {

namespace {

using Object = Value::Object;
using Array = Value::Array;
using Property = std::optional<std::string>;

class Compactor {
 public:
  explicit Compactor(const ProcessorOptions& options)
      : options_(options), contexts_(options), iris_(options.json_ld_1_0) {}

  Value run(const Value& expanded, const Value& given) {
    const Value* inner = given.find("@context");
    const Value& context = inner != nullptr ? *inner : given;
    ContextPtr active = contexts_.process(contexts_.initial(), context, options_.base);
    if (!options_.compact_to_relative && active->base == options_.base) {
      auto without_base = std::make_shared<Context>(*active);
      without_base->base.reset();
      active = without_base;
    }
    Value result = compact(active, std::nullopt, expanded);
    if (options_.wrap_graph) {
      result = Object{{iris_.alias(active, "@graph"), to_array(std::move(result))}};
    } else if (result.is_array()) {
      const bool empty = result.array().empty();
      result = empty ? Object{} : Object{{iris_.alias(active, "@graph"), std::move(result)}};
    }
    const bool has_context = !(context.is_null() || (context.is_object() && context.object().empty()) ||
                               (context.is_array() && context.array().empty()));
    if (has_context && result.is_object()) result.object()["@context"] = context;
    return result;
  }

 private:
  /// What the compaction of one node works with.
  struct Frame {
    ContextPtr active;
    ContextPtr type_scoped;
    Property property;
    Object result;
  };

  [[nodiscard]] static const TermDefinition& definition_of(const Context& active, const Property& property) {
    static const TermDefinition none;
    const TermDefinition* found = property ? active.find(*property) : nullptr;
    return found != nullptr ? *found : none;
  }

  [[nodiscard]] std::string term(const ContextPtr& active, const std::string& iri) {
    return iris_.compact(active, iri, {nullptr, true, false});
  }

  Value compact(const ContextPtr& active, const Property& property, const Value& element) {
    if (element.is_array()) return compact_array(active, property, element.array());
    if (!element.is_object()) return element;
    return compact_map(active, property, element);
  }

  Value compact_array(const ContextPtr& active, const Property& property, const Array& elements) {
    Array result;
    for (const Value& element : elements) {
      Value compacted = compact(active, property, element);
      if (!compacted.is_null()) result.push_back(std::move(compacted));
    }
    const TermDefinition& definition = definition_of(*active, property);
    const bool keep = !options_.compact_arrays || property == "@graph" || property == "@set" ||
                      definition.has_container("@list") || definition.has_container("@set");
    if (result.size() != 1 || keep) return result;
    return std::move(result.front());
  }

  Value compact_map(ContextPtr active, const Property& property, const Value& element) {
    if (options_.budget) options_.budget->check();
    const ContextPtr type_scoped = active;
    const bool only_id = element.object().size() == 1 && element.has("@id");
    const TermDefinition scoped = definition_of(*active, property);
    if (active->previous && !element.has("@value") && !only_id) active = active->previous;
    if (scoped.context) {
      ContextFlags flags;
      flags.override_protected = true;
      active = contexts_.process(active, *scoped.context, scoped.base_url, flags);
    }
    const TermDefinition& definition = definition_of(*active, property);
    if (element.has("@value") || element.has("@id")) {
      Value value = compact_value(active, property, element);
      if (!value.is_object() || definition.type == "@json") return value;
    }
    if (is_list_object(element) && definition.has_container("@list")) {
      return compact(active, property, *element.find("@list"));
    }
    Frame frame{active, type_scoped, property, {}};
    apply_types(frame, element);
    for (const auto& [key, value] : element.object()) compact_entry(frame, key, value);
    return std::move(frame.result);
  }

  void apply_types(Frame& frame, const Value& element) {
    const Value* found = element.find("@type");
    if (found == nullptr) return;
    std::vector<std::string> types;
    for (const Value& type : items_of(*found)) {
      if (type.is_string()) types.push_back(term(frame.type_scoped, type.string()));
    }
    std::sort(types.begin(), types.end());
    for (const std::string& type : types) {
      const TermDefinition* definition = frame.type_scoped->find(type);
      if (definition == nullptr || !definition->context) continue;
      ContextFlags flags;
      flags.propagate = false;
      frame.active = contexts_.process(frame.active, *definition->context, definition->base_url, flags);
    }
  }

  void compact_entry(Frame& frame, const std::string& key, const Value& value) {
    const ContextPtr& active = frame.active;
    if (key == "@id") {
      const bool is_iri = value.is_string();
      frame.result[iris_.alias(active, key)] = is_iri ? Value(iris_.compact(active, value.string(), {})) : value;
    } else if (key == "@type") {
      compact_types(frame, value);
    } else if (key == "@reverse") {
      compact_reverse(frame, value);
    } else if (key == "@index") {
      if (definition_of(*active, frame.property).has_container("@index")) return;
      frame.result[iris_.alias(active, key)] = value;
    } else if (key == "@value" || key == "@language" || key == "@direction") {
      frame.result[iris_.alias(active, key)] = value;
    } else {
      const Array items = to_array(value);
      if (items.empty()) compact_nothing(frame, key, value);
      for (const Value& item : items) compact_item(frame, key, item);
    }
  }

  void compact_types(Frame& frame, const Value& value) {
    Array types;
    for (const Value& type : items_of(value)) types.emplace_back(term(frame.type_scoped, type.string()));
    const std::string alias = iris_.alias(frame.active, "@type");
    const bool set = !options_.json_ld_1_0 && definition_of(*frame.active, alias).has_container("@set");
    const bool as_array = set || !options_.compact_arrays || (value.is_array() && types.empty());
    add_value(frame.result, alias, std::move(types), as_array);
  }

  void compact_reverse(Frame& frame, const Value& value) {
    Value compacted = compact(frame.active, "@reverse", value);
    Object rest;
    for (auto& [property, values] : compacted.object()) {
      const TermDefinition& definition = definition_of(*frame.active, property);
      if (definition.reverse) {
        const bool as_array = definition.has_container("@set") || !options_.compact_arrays;
        add_value(frame.result, property, std::move(values), as_array);
      } else {
        rest.emplace(property, std::move(values));
      }
    }
    if (!rest.empty()) frame.result[iris_.alias(frame.active, "@reverse")] = std::move(rest);
  }

  std::string item_property(const Frame& frame, const std::string& key, const Value& item) {
    return iris_.compact(frame.active, key, {&item, true, frame.property == "@reverse"});
  }

  /// The object that holds a property: the node's, or the one nested in it.
  Object& holder(Frame& frame, const TermDefinition& definition) {
    if (definition.nest.empty()) return frame.result;
    const bool good =
        definition.nest == "@nest" || contexts_.expand_iri(*frame.active, definition.nest, true, false) == "@nest";
    if (!good) throw data_error("invalid @nest value", definition.nest);
    return frame.result.try_emplace(definition.nest, Object{}).first->second.object();
  }

  void compact_nothing(Frame& frame, const std::string& key, const Value& value) {
    const std::string property = item_property(frame, key, value);
    add_value(holder(frame, definition_of(*frame.active, property)), property, Array{}, true);
  }

  void compact_item(Frame& frame, const std::string& key, const Value& item) {
    const std::string property = item_property(frame, key, item);
    const TermDefinition& definition = definition_of(*frame.active, property);
    Object& target = holder(frame, definition);
    const bool as_array =
        definition.has_container("@set") || property == "@graph" || property == "@list" || !options_.compact_arrays;
    if (is_list_object(item)) {
      put_list(frame, target, property, definition, item, as_array);
    } else if (is_graph_object(item)) {
      put_graph(frame, target, property, definition, item, as_array);
    } else {
      Value compacted = compact(frame.active, property, item);
      const bool map = definition.has_container("@language") || definition.has_container("@index") ||
                       definition.has_container("@id") || definition.has_container("@type");
      if (map && !definition.has_container("@graph")) {
        put_in_map(frame, target, property, definition, item, std::move(compacted), as_array);
      } else {
        add_value(target, property, std::move(compacted), as_array);
      }
    }
  }

  void put_list(Frame& frame, Object& target, const std::string& property, const TermDefinition& definition,
                const Value& item, bool as_array) {
    Value compacted = to_array(compact(frame.active, property, *item.find("@list")));
    if (definition.has_container("@list")) {
      target[property] = std::move(compacted);
      return;
    }
    Object list{{iris_.alias(frame.active, "@list"), std::move(compacted)}};
    if (const Value* index = item.find("@index")) list[iris_.alias(frame.active, "@index")] = *index;
    add_value(target, property, std::move(list), as_array);
  }

  void put_graph(Frame& frame, Object& target, const std::string& property, const TermDefinition& definition,
                 const Value& item, bool as_array) {
    const ContextPtr& active = frame.active;
    Value compacted = compact(active, property, *item.find("@graph"));
    const bool graph = definition.has_container("@graph");
    const Value* id = item.find("@id");
    const Value* index = item.find("@index");
    if (graph && definition.has_container("@id")) {
      const std::string key = id != nullptr ? iris_.compact(active, id->string(), {}) : iris_.alias(active, "@none");
      add_value(map_in(target, property), key, std::move(compacted), as_array);
    } else if (graph && definition.has_container("@index") && id == nullptr) {
      const std::string key = index != nullptr ? index->string() : iris_.alias(active, "@none");
      add_value(map_in(target, property), key, std::move(compacted), as_array);
    } else if (graph && id == nullptr) {
      if (compacted.is_array() && compacted.array().size() > 1) {
        compacted = Object{{iris_.alias(active, "@included"), std::move(compacted)}};
      }
      add_value(target, property, std::move(compacted), as_array);
    } else {
      Object object{{iris_.alias(active, "@graph"), std::move(compacted)}};
      if (id != nullptr) object[iris_.alias(active, "@id")] = iris_.compact(active, id->string(), {});
      if (index != nullptr) object[iris_.alias(active, "@index")] = *index;
      add_value(target, property, std::move(object), as_array);
    }
  }

  static Object& map_in(Object& target, const std::string& property) {
    return target.try_emplace(property, Object{}).first->second.object();
  }

  void put_in_map(Frame& frame, Object& target, const std::string& property, const TermDefinition& definition,
                  const Value& item, Value compacted, bool as_array) {
    const ContextPtr& active = frame.active;
    std::optional<std::string> key;
    if (definition.has_container("@language")) {
      if (const Value* value = item.find("@value")) compacted = *value;
      if (const Value* language = item.find("@language")) key = language->string();
    } else if (definition.has_container("@index") && definition.index.empty()) {
      if (const Value* index = item.find("@index")) key = index->string();
    } else if (definition.has_container("@index")) {
      const bool is_term = active->find(definition.index) != nullptr;
      const auto iri = contexts_.expand_iri(*active, definition.index, true, false);
      key = take_first(compacted, is_term ? definition.index : term(active, iri.value_or(definition.index)));
    } else if (definition.has_container("@id")) {
      const std::string alias = iris_.alias(active, "@id");
      if (const Value* id = compacted.find(alias)) {
        key = id->string();
        compacted.object().erase(alias);
      }
    } else {
      key = take_first(compacted, iris_.alias(active, "@type"));
      const bool only_id = compacted.is_object() && compacted.object().size() == 1 &&
                           contexts_.expand_iri(*active, compacted.object().begin()->first, true, false) == "@id";
      if (only_id) compacted = compact(active, property, Value(Object{{"@id", *item.find("@id")}}));
    }
    add_value(map_in(target, property), key ? *key : iris_.alias(active, "@none"), std::move(compacted), as_array);
  }

  /// Takes the first value of a property, if it is a string; the others stay.
  static std::optional<std::string> take_first(Value& node, const std::string& property) {
    Value* found = node.find(property);
    if (found == nullptr) return std::nullopt;
    Array values = to_array(std::move(*found));
    std::optional<std::string> first;
    if (!values.empty() && values.front().is_string()) {
      first = values.front().string();
      values.erase(values.begin());
    }
    node.object().erase(property);
    if (!values.empty()) add_value(node.object(), property, std::move(values), false);
    return first;
  }

  Value compact_value(const ContextPtr& active, const Property& property, const Value& value) {
    const TermDefinition& definition = definition_of(*active, property);
    const Value* index = value.find("@index");
    const std::size_t others = value.object().size() - (index != nullptr ? 1U : 0U);
    const bool index_kept = index != nullptr && !definition.has_container("@index");
    if (const Value* id = value.find("@id"); id != nullptr && others == 1 && id->is_string() && !index_kept) {
      if (definition.type == "@id") return iris_.compact(active, id->string(), {});
      if (definition.type == "@vocab") return term(active, id->string());
    }
    const Value* plain = value.find("@value");
    const Value* type = value.find("@type");
    if (plain != nullptr && type != nullptr && !definition.type.empty() && type->is(definition.type)) {
      if (!index_kept) return *plain;
    } else if (plain != nullptr && type == nullptr && definition.type != "@none" && !index_kept) {
      if (!plain->is_string() || speaks_as(*active, definition, value)) return *plain;
    }
    return plain != nullptr ? rename_keys(active, value) : value;
  }

  /// Whether language and direction are what the term or the context gives strings anyway.
  static bool speaks_as(const Context& active, const TermDefinition& definition, const Value& value) {
    const auto text = [&value](std::string_view key) {
      const Value* found = value.find(key);
      return found != nullptr && found->is_string() ? lower_case(found->string()) : std::string();
    };
    const auto given = [](const std::optional<Value>& own, const std::optional<std::string>& inherited) {
      if (own) return own->is_string() ? lower_case(own->string()) : std::string();
      return lower_case(inherited.value_or(""));
    };
    return text("@language") == given(definition.language, active.language) &&
           text("@direction") == given(definition.direction, active.direction);
  }

  Value rename_keys(const ContextPtr& active, const Value& value) {
    Object result;
    for (const auto& [key, member] : value.object()) {
      Value compacted = member;
      if (key == "@type" && member.is_string()) compacted = term(active, member.string());
      result[iris_.alias(active, key)] = std::move(compacted);
    }
    return result;
  }

  const ProcessorOptions& options_;
  ContextProcessor contexts_;
  IriCompactor iris_;
};

}  // namespace

Value compact(const Value& expanded, const Value& context, const ProcessorOptions& options) {
  return Compactor(options).run(expanded, context);
}

}  // namespace scenograph::jsonld
