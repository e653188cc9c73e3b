#include <fmt/format.h>

#include <algorithm>

#include "jsonld/internal/context.hpp"
#include "jsonld/internal/framing.hpp"
#include "jsonld/internal/keywords.hpp"
#include "jsonld/internal/part_expander.hpp"
#include "jsonld/internal/values.hpp"
#include "jsonld/processor.hpp"
#include "rdf/iri.hpp"

// Source: JSON-LD 1.1 Processing Algorithms and API, sections 5.1 to 5.3.

namespace scenograph::jsonld {

namespace {

using Object = Value::Object;
using Array = Value::Array;
using Property = std::optional<std::string>;  // the active property; absent at the top

class Expander {
 public:
  /// @param framing  whether to expand frames: what they match with is kept
  Expander(const ProcessorOptions& options, bool framing) : options_(options), framing_(framing), contexts_(options) {}

  Value run(const Value& document) {
    Value result = expand_document(document);
    if (is_graph_only(result)) {
      Value graph = std::move(*result.find("@graph"));
      result = std::move(graph);
    }
    if (result.is_null()) return Array{};
    return to_array(std::move(result));
  }

  ExpandedFrame run_frame(const Value& document) {
    Value result = expand_document(document);
    ExpandedFrame frame;
    frame.default_graph = result.has("@graph");
    Array frames = to_array(is_graph_only(result) ? std::move(*result.find("@graph")) : std::move(result));
    if (frames.size() > 1) throw data_error("invalid frame", "there is more than one at the top");
    if (!frames.empty() && frames.front().is_object()) frame.pattern = std::move(frames.front().object());
    return frame;
  }

  Value value(const ContextPtr& active, const Property& property, const Value& value) {
    return expand(active, property, value, false);
  }

  Object entry(const ContextPtr& active, const std::string& key, const Value& value) {
    Frame frame;
    frame.active = active;
    frame.type_scoped = active;
    expand_entries(frame, Object{{key, value}});
    return std::move(frame.result);
  }

  [[nodiscard]] ContextPtr context(const ContextPtr& active, const Value& local) {
    return contexts_.process(active, local, options_.base);
  }

  [[nodiscard]] ContextPtr initial_context() {
    ContextPtr active = contexts_.initial();
    if (!options_.expand_context) return active;
    const Value* inner = options_.expand_context->find("@context");
    return context(active, inner != nullptr ? *inner : *options_.expand_context);
  }

  std::optional<std::string> iri(const Context& active, std::string_view text, bool vocab, bool document_relative) {
    return contexts_.expand_iri(active, text, vocab, document_relative);
  }

 private:
  Value expand_document(const Value& document) { return expand(initial_context(), std::nullopt, document, false); }

  static bool is_graph_only(const Value& value) {
    return value.is_object() && value.object().size() == 1 && value.has("@graph");
  }

  /// What the expansion of one map works with.
  struct Frame {
    ContextPtr active;
    ContextPtr type_scoped;
    Property property;
    bool json_type = false;
    Object result;
  };

  Value expand(ContextPtr active, const Property& property, const Value& element, bool from_map) {
    if (element.is_null()) return {};
    const TermDefinition* definition = property ? active->find(*property) : nullptr;
    if (element.is_array()) return expand_array(active, property, element.array(), from_map);
    if (element.is_scalar()) {
      if (!property || *property == "@graph") return {};
      if (definition != nullptr && definition->context) {
        active = contexts_.process(active, *definition->context, definition->base_url);
      }
      return expand_value(*active, *property, element);
    }
    return expand_map(active, property, definition, element, from_map);
  }

  Value expand_array(const ContextPtr& active, const Property& property, const Array& elements, bool from_map) {
    const TermDefinition* definition = property ? active->find(*property) : nullptr;
    const bool list = definition != nullptr && definition->has_container("@list");
    Array result;
    for (const Value& element : elements) {
      Value expanded = expand(active, property, element, from_map);
      if (list && expanded.is_array()) expanded = Object{{"@list", std::move(expanded)}};
      if (expanded.is_array()) {
        std::move(expanded.array().begin(), expanded.array().end(), std::back_inserter(result));
      } else if (!expanded.is_null()) {
        result.push_back(std::move(expanded));
      }
    }
    return result;
  }

  /// Whether a type-scoped context before this map ends here.
  bool reverts(const Context& active, const Object& element) {
    if (!active.previous) return false;
    for (const auto& [key, value] : element) {
      const auto expanded = iri(active, key, true, false);
      if (expanded == "@value" || (expanded == "@id" && element.size() == 1)) return false;
    }
    return true;
  }

  Value expand_map(ContextPtr active, const Property& property, const TermDefinition* definition, const Value& element,
                   bool from_map) {
    if (options_.budget) options_.budget->check();
    const Object& object = element.object();
    std::optional<Value> scoped;
    std::string scoped_base;
    if (definition != nullptr && definition->context) {
      scoped = definition->context;
      scoped_base = definition->base_url;
    }
    if (!from_map && reverts(*active, object)) active = active->previous;
    if (scoped) {
      ContextFlags flags;
      flags.override_protected = true;
      active = contexts_.process(active, *scoped, scoped_base, flags);
    }
    if (const Value* context = element.find("@context")) active = contexts_.process(active, *context, options_.base);
    Frame frame;
    frame.type_scoped = active;
    frame.property = property;
    frame.active = apply_types(active, object, frame.json_type);
    expand_entries(frame, object);
    return finish(std::move(frame));
  }

  /// Applies the contexts scoped to the types of a map, and tells whether its (last) type is @json.
  ContextPtr apply_types(ContextPtr active, const Object& element, bool& json_type) {
    const ContextPtr type_scoped = active;
    bool first = true;
    for (const auto& [key, value] : element) {
      if (iri(*type_scoped, key, true, false) != "@type") continue;
      std::vector<std::string> types;
      for (const Value& type : items_of(value)) {
        if (type.is_string()) types.push_back(type.string());
      }
      std::sort(types.begin(), types.end());
      for (const std::string& type : types) {
        const TermDefinition* definition = type_scoped->find(type);
        if (definition == nullptr || !definition->context) continue;
        ContextFlags flags;
        flags.propagate = false;
        active = contexts_.process(active, *definition->context, definition->base_url, flags);
      }
      if (first && !types.empty()) json_type = iri(*active, types.back(), true, false) == "@json";
      first = false;
    }
    return active;
  }

  void expand_entries(Frame& frame, const Object& element) {
    std::vector<std::string> nests;
    for (const auto& [key, value] : element) {
      if (key == "@context") continue;
      const auto property = iri(*frame.active, key, true, false);
      if (!property || (property->find(':') == std::string::npos && !is_keyword(*property))) continue;
      if (*property == "@nest") {
        nests.push_back(key);
      } else if (is_keyword(*property)) {
        expand_keyword(frame, *property, value);
      } else {
        expand_property(frame, key, *property, value);
      }
    }
    for (const std::string& key : nests) expand_nest(frame, key, element.at(key));
  }

  void expand_nest(Frame& frame, const std::string& key, const Value& value) {
    const ContextPtr before = frame.active;
    if (const TermDefinition* definition = before->find(key); definition != nullptr && definition->context) {
      ContextFlags flags;
      flags.override_protected = true;
      frame.active = contexts_.process(before, *definition->context, definition->base_url, flags);
    }
    for (const Value& nested : items_of(value)) {
      if (!nested.is_object()) throw data_error("invalid @nest value", key);
      for (const auto& [inner, member] : nested.object()) {
        if (iri(*frame.active, inner, true, false) == "@value") throw data_error("invalid @nest value", key);
      }
      expand_entries(frame, nested.object());
    }
    frame.active = before;
  }

  void expand_keyword(Frame& frame, const std::string& keyword, const Value& value) {
    Object& result = frame.result;
    if (frame.property == "@reverse") throw data_error("invalid reverse property map", keyword);
    const bool again = result.count(keyword) != 0;
    if (again && keyword != "@included" && keyword != "@type") throw data_error("colliding keywords", keyword);
    if (framing_ && keyword == "@default") {
      framing_ = false;  // what it holds is written, not matched with
      result[keyword] = to_array(expand(frame.active, frame.property.value_or(keyword), value, false));
      framing_ = true;
    } else if (framing_ && is_framing_keyword(keyword)) {
      result[keyword] = to_array(expand(frame.active, keyword, value, false));
    } else if (framing_ &&
               (keyword == "@id" || keyword == "@value" || keyword == "@language" || keyword == "@direction")) {
      expand_pattern(frame, keyword, value);
    } else if (keyword == "@id") {
      if (!value.is_string()) throw data_error("invalid @id value", to_json(value));
      const auto expanded = iri(*frame.active, value.string(), false, true);
      result[keyword] = expanded ? Value(*expanded) : Value();
    } else if (keyword == "@type") {
      expand_types(frame, value);
    } else if (keyword == "@graph") {
      result[keyword] = to_array(expand(frame.active, "@graph", value, false));
    } else if (keyword == "@included") {
      expand_included(frame, value);
    } else if (keyword == "@value") {
      expand_plain_value(frame, value);
    } else if (keyword == "@reverse") {
      expand_reverse(frame, value);
    } else if (keyword == "@list") {
      if (!frame.property || *frame.property == "@graph") return;
      result[keyword] = to_array(expand(frame.active, frame.property, value, false));
    } else if (keyword == "@set") {
      result[keyword] = expand(frame.active, frame.property, value, false);
    } else {
      copy_keyword(frame, keyword, value);
    }
  }

  /// What a frame says for a name or a part of a value: one, several, or {} for any.
  void expand_pattern(Frame& frame, const std::string& keyword, const Value& value) {
    Array patterns;
    for (const Value& each : items_of(value)) {
      const bool is_any = each.is_object() && each.object().empty();
      if (!is_any && !(keyword == "@value" ? each.is_scalar() || frame.json_type : each.is_string())) {
        throw data_error("invalid frame", fmt::format("{} has the value {}", keyword, to_json(each)));
      }
      if (is_any || keyword != "@id") {
        patterns.push_back(each);
      } else if (const auto expanded = iri(*frame.active, each.string(), false, true)) {
        patterns.emplace_back(*expanded);
      }
    }
    frame.result[keyword] = std::move(patterns);
  }

  void copy_keyword(Frame& frame, const std::string& keyword, const Value& value) {
    if (keyword == "@language") {
      if (!value.is_string()) throw data_error("invalid language-tagged string", to_json(value));
    } else if (keyword == "@direction") {
      if (options_.json_ld_1_0) return;
      if (!value.is_string() || !is_direction(value.string()))
        throw data_error("invalid base direction", to_json(value));
    } else if (keyword == "@index") {
      if (!value.is_string()) throw data_error("invalid @index value", to_json(value));
    } else {
      return;
    }
    frame.result[keyword] = value;
  }

  void expand_types(Frame& frame, const Value& value) {
    Array types;
    for (const Value& type : items_of(value)) {
      if (framing_ && type.is_object()) {
        types.push_back(expand_type_pattern(frame, type.object()));
        continue;
      }
      if (!type.is_string()) throw data_error("invalid type value", to_json(type));
      const auto expanded = iri(*frame.type_scoped, type.string(), true, true);
      if (expanded) types.emplace_back(*expanded);
    }
    const bool single = !framing_ && !value.is_array() && types.size() == 1;
    if (frame.result.count("@type") == 0 && single) {
      frame.result["@type"] = types.front();
    } else {
      append_to(frame.result, "@type", std::move(types));
    }
  }

  /// {} for any type, or a type to write where there is none.
  Value expand_type_pattern(const Frame& frame, const Object& pattern) {
    if (pattern.empty()) return pattern;
    const auto given = pattern.find("@default");
    if (given == pattern.end() || pattern.size() > 1) throw data_error("invalid type value", to_json(pattern));
    Array types;
    for (const Value& type : items_of(given->second)) {
      if (!type.is_string()) throw data_error("invalid type value", to_json(type));
      const auto expanded = iri(*frame.type_scoped, type.string(), true, true);
      if (expanded) types.emplace_back(*expanded);
    }
    return Object{{"@default", std::move(types)}};
  }

  void expand_included(Frame& frame, const Value& value) {
    if (options_.json_ld_1_0) return;
    Array included = to_array(expand(frame.active, std::nullopt, value, false));
    for (const Value& each : included) {
      if (!is_node_object(each)) throw data_error("invalid @included value", to_json(each));
    }
    append_to(frame.result, "@included", std::move(included));
  }

  void expand_plain_value(Frame& frame, const Value& value) {
    if (frame.json_type) {
      if (options_.json_ld_1_0) throw data_error("invalid value object value", "@json");
    } else if (!value.is_scalar() && !value.is_null()) {
      throw data_error("invalid value object value", to_json(value));
    }
    frame.result["@value"] = value;
  }

  void expand_reverse(Frame& frame, const Value& value) {
    if (!value.is_object()) throw data_error("invalid @reverse value", to_json(value));
    Value expanded = expand(frame.active, "@reverse", value, false);
    if (!expanded.is_object()) return;
    for (auto& [property, items] : expanded.object()) {
      if (property == "@reverse") {
        for (auto& [inner, values] : items.object()) append_to(frame.result, inner, std::move(values));
      } else {
        add_reverse(frame.result, property, std::move(items));
      }
    }
  }

  static void add_reverse(Object& result, const std::string& property, Value items) {
    Value& map = result.try_emplace("@reverse", Object{}).first->second;
    for (Value& item : to_array(std::move(items))) {
      if (is_value_object(item) || is_list_object(item)) throw data_error("invalid reverse property value", property);
      append_to(map.object(), property, std::move(item));
    }
  }

  void expand_property(Frame& frame, const std::string& key, const std::string& property, const Value& value) {
    const TermDefinition none;
    const TermDefinition* found = frame.active->find(key);
    const TermDefinition& definition = found != nullptr ? *found : none;
    Value expanded;
    if (definition.type == "@json") {
      expanded = Object{{"@value", value}, {"@type", "@json"}};
    } else if (definition.has_container("@language") && value.is_object()) {
      expanded = expand_language_map(frame, definition, value.object());
    } else if (value.is_object() && (definition.has_container("@index") || definition.has_container("@type") ||
                                     definition.has_container("@id"))) {
      expanded = expand_index_map(frame, key, definition, value.object());
    } else {
      expanded = expand(frame.active, key, value, false);
    }
    if (expanded.is_null()) return;
    if (definition.has_container("@list") && !is_list_object(expanded)) {
      expanded = Object{{"@list", to_array(std::move(expanded))}};
    }
    const bool keyed = definition.has_container("@id") || definition.has_container("@index");
    if (definition.has_container("@graph") && !keyed) expanded = wrap_graphs(std::move(expanded));
    if (definition.reverse) {
      add_reverse(frame.result, property, std::move(expanded));
    } else {
      append_to(frame.result, property, std::move(expanded));
    }
  }

  static Value wrap_graphs(Value values) {
    Array graphs;
    for (Value& each : to_array(std::move(values))) graphs.emplace_back(Object{{"@graph", to_array(std::move(each))}});
    return graphs;
  }

  Value expand_language_map(const Frame& frame, const TermDefinition& definition, const Object& map) {
    const Value direction = direction_of(*frame.active, definition);
    Array result;
    for (const auto& [language, values] : map) {
      const bool none = iri(*frame.active, language, true, false) == "@none";
      for (const Value& item : items_of(values)) {
        if (item.is_null()) continue;
        if (!item.is_string()) throw data_error("invalid language map value", to_json(item));
        Object object{{"@value", item}};
        if (!none) object["@language"] = language;
        if (!direction.is_null()) object["@direction"] = direction;
        result.emplace_back(std::move(object));
      }
    }
    return result;
  }

  static Value direction_of(const Context& active, const TermDefinition& definition) {
    if (definition.direction) return *definition.direction;
    return active.direction ? Value(*active.direction) : Value();
  }

  Value expand_index_map(const Frame& frame, const std::string& key, const TermDefinition& definition,
                         const Object& map) {
    Array result;
    for (const auto& [index, value] : map) {
      ContextPtr context = frame.active;
      if (definition.has_container("@id") || definition.has_container("@type")) {
        if (context->previous) context = context->previous;
      }
      const TermDefinition* type = definition.has_container("@type") ? context->find(index) : nullptr;
      if (type != nullptr && type->context) {
        context = contexts_.process(context, *type->context, type->base_url);
      } else if (!definition.has_container("@type")) {
        context = frame.active;
      }
      const std::string expanded = iri(*frame.active, index, true, false).value_or("@none");
      Value items = expand(context, key, to_array(value), true);
      for (Value& item : to_array(std::move(items))) {
        if (definition.has_container("@graph") && !is_graph_object(item)) {
          item = Object{{"@graph", to_array(std::move(item))}};
        }
        if (expanded != "@none") put_index(*frame.active, definition, index, expanded, item);
        result.push_back(std::move(item));
      }
    }
    return result;
  }

  void put_index(const Context& active, const TermDefinition& definition, const std::string& index,
                 const std::string& expanded, Value& item) {
    Object& object = item.object();
    if (definition.has_container("@index") && !definition.index.empty() && definition.index != "@index") {
      const std::string property = iri(active, definition.index, true, false).value_or(definition.index);
      Array values{expand_value(active, definition.index, Value(index))};
      if (const Value* existing = item.find(property)) {
        for (const Value& each : items_of(*existing)) values.push_back(each);
      }
      object[property] = std::move(values);
      if (is_value_object(item)) throw data_error("invalid value object", "a property index on a value");
    } else if (definition.has_container("@index")) {
      object.try_emplace("@index", index);
    } else if (definition.has_container("@id")) {
      const auto id = iri(active, index, false, true);
      if (id) object.try_emplace("@id", *id);
    } else if (definition.has_container("@type")) {
      Array types{Value(expanded)};
      if (const Value* existing = item.find("@type")) {
        for (const Value& each : items_of(*existing)) types.push_back(each);
      }
      object["@type"] = std::move(types);
    }
  }

  Value expand_value(const Context& active, const std::string& property, const Value& value) {
    const TermDefinition none;
    const TermDefinition* found = active.find(property);
    const TermDefinition& definition = found != nullptr ? *found : none;
    if (value.is_string() && (definition.type == "@id" || definition.type == "@vocab")) {
      const auto id = iri(active, value.string(), definition.type == "@vocab", true);
      return Object{{"@id", id ? Value(*id) : Value()}};
    }
    Object result{{"@value", value}};
    if (!definition.type.empty() && definition.type != "@id" && definition.type != "@vocab" &&
        definition.type != "@none") {
      result["@type"] = definition.type;
    } else if (value.is_string()) {
      const Value fallback = active.language ? Value(*active.language) : Value();
      const Value language = definition.language ? *definition.language : fallback;
      const Value direction = direction_of(active, definition);
      if (!language.is_null()) result["@language"] = language;
      if (!direction.is_null()) result["@direction"] = direction;
    }
    return result;
  }

  Value finish(Frame frame) {
    Object& result = frame.result;
    if (result.count("@value") != 0) {
      if (!framing_ && !is_value_wanted(result)) return {};
    } else if (const auto type = result.find("@type"); type != result.end()) {
      type->second = to_array(std::move(type->second));
    }
    const bool set = result.count("@set") != 0;
    if (set || result.count("@list") != 0) {
      const std::size_t others = result.size() - 1 - result.count("@index");
      if (others != 0) throw data_error("invalid set or list object", "only @index may stand beside @set and @list");
      if (set) {
        Value values = std::move(result["@set"]);
        return values;
      }
    }
    if (framing_) return Value(std::move(result));
    if (result.size() == 1 && result.count("@language") != 0) return {};
    if (!frame.property || *frame.property == "@graph") {
      if (result.empty() || result.count("@value") != 0 || result.count("@list") != 0) return {};
      if (result.size() == 1 && result.count("@id") != 0) return {};
    }
    return Value(std::move(result));
  }

  /// Checks a value object; false if it stands for nothing.
  static bool is_value_wanted(const Object& result) {
    for (const auto& [key, value] : result) {
      const bool known =
          key == "@direction" || key == "@index" || key == "@language" || key == "@type" || key == "@value";
      if (!known) throw data_error("invalid value object", key);
    }
    const auto type = result.find("@type");
    const bool tagged = result.count("@language") != 0;
    if (type != result.end() && (tagged || result.count("@direction") != 0)) {
      throw data_error("invalid value object", "@type stands beside @language or @direction");
    }
    if (type != result.end() && type->second.is("@json")) return true;
    const Value& value = result.at("@value");
    if (value.is_null() || (value.is_array() && value.array().empty())) return false;
    if (tagged && !value.is_string()) throw data_error("invalid language-tagged value", to_json(value));
    if (type != result.end() && (!type->second.is_string() || rdf::why_not_iri(type->second.string()))) {
      throw data_error("invalid typed value", to_json(type->second));
    }
    return true;
  }

  const ProcessorOptions& options_;
  bool framing_;
  ContextProcessor contexts_;
};

}  // namespace

struct PartExpander::Impl : Expander {
  using Expander::Expander;
};

PartExpander::PartExpander(const ProcessorOptions& options) : impl_(std::make_unique<Impl>(options, false)) {}
PartExpander::~PartExpander() = default;
ContextPtr PartExpander::initial_context() { return impl_->initial_context(); }
ContextPtr PartExpander::context(const ContextPtr& active, const Value& local) { return impl_->context(active, local); }
Value PartExpander::value(const ContextPtr& active, const std::optional<std::string>& property, const Value& value) {
  return impl_->value(active, property, value);
}
Object PartExpander::entry(const ContextPtr& active, const std::string& key, const Value& value) {
  return impl_->entry(active, key, value);
}
std::optional<std::string> PartExpander::iri(const Context& active, std::string_view text, bool vocab,
                                             bool document_relative) {
  return impl_->iri(active, text, vocab, document_relative);
}

Value expand(const Value& document, const ProcessorOptions& options) { return Expander(options, false).run(document); }

ProcessorOptions with_document(ProcessorOptions options, const Document& document) {
  if (options.base.empty()) options.base = document.base;
  if (document.context.empty()) return options;
  Array contexts;
  if (options.expand_context) {
    const Value* inner = options.expand_context->find("@context");
    contexts = to_array(inner != nullptr ? *inner : *options.expand_context);
  }
  contexts.emplace_back(document.context);
  options.expand_context = Value(std::move(contexts));
  return options;
}

ExpandedFrame expand_frame(const Value& frame, const ProcessorOptions& options) {
  return Expander(options, true).run_frame(frame);
}

}  // namespace scenograph::jsonld
