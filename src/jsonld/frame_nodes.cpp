#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "jsonld/internal/framing.hpp"
#include "jsonld/internal/keywords.hpp"
#include "jsonld/internal/values.hpp"

namespace scenograph::jsonld {

namespace {

using Object = Value::Object;
using Array = Value::Array;
using Names = std::vector<std::string>;

constexpr std::size_t max_depth = 256;  // of nodes within nodes
const std::string merged_graph = "@merged";
const std::string number_key = "@number";  // of an embedded node that a later one may take the place of

struct Flags {
  std::string embed;
  bool is_explicit = false;
  bool require_all = false;
};

const Value* find(const Object& object, std::string_view key) {
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &found->second;
}

/// The first value of a flag's keyword, itself or as a value object; nullptr if the frame does not have it.
const Value* flag_value(const Object& frame, std::string_view keyword) {
  const Value* values = find(frame, keyword);
  if (values == nullptr || !values->is_array() || values->array().empty()) return nullptr;
  const Value& first = values->array().front();
  const Value* plain = first.find("@value");
  if (plain == nullptr) return &first;
  return plain->is_array() && !plain->array().empty() ? &plain->array().front() : plain;
}

bool boolean_flag(const Object& frame, std::string_view keyword, bool fallback) {
  const Value* value = flag_value(frame, keyword);
  if (value == nullptr) return fallback;
  if (value->is_bool()) return value->boolean();
  if (value->is("true") || value->is("false")) return value->is("true");
  throw data_error("invalid frame", fmt::format("{} is {}, not true or false", keyword, to_json(*value)));
}

std::string embed_flag(const Object& frame, const std::string& fallback, bool json_ld_1_0) {
  const Value* value = flag_value(frame, "@embed");
  if (value == nullptr) return fallback;
  if (value->is_bool()) return value->boolean() ? "@once" : "@never";
  const bool known = value->is("@always") || value->is("@once") || value->is("@never");
  if (known || (json_ld_1_0 && value->is("@last"))) return value->string();
  throw data_error("invalid @embed value", fmt::format("{}; it is @always, @once or @never", to_json(*value)));
}

/// Names of resources alone, or {} alone, or a default.
void check_names(const Object& frame, std::string_view key) {
  const Value* values = find(frame, key);
  if (values == nullptr || !values->is_array()) return;
  for (const Value& each : values->array()) {
    const bool named =
        each.is_string() && (is_absolute_iri(each.string()) || each.is("@json")) && !is_blank_name(each.string());
    const bool pattern = each.is_object() && (each.object().empty() || (key == "@type" && each.has("@default")));
    if (!named && !pattern) throw data_error("invalid frame", fmt::format("{} is {}", key, to_json(each)));
  }
}

class Framer {
 public:
  Framer(const NodeMap& graphs, const FrameOptions& options, const ProcessorOptions& processor)
      : graphs_(graphs),
        options_(options),
        json_ld_1_0_(processor.json_ld_1_0),
        steps_(options, processor.budget.get()) {}

  Array run(const std::string& graph, const Object& frame) {
    Array result;
    const Names names = names_of(graph);
    write({graph, false, true}, names, frame, result);
    if (!superseded_.empty()) drop_superseded(result);
    return result;
  }

 private:
  struct Scope {
    std::string graph;
    bool embedded = false;  ///< the nodes are values of a property
    bool top = false;       ///< each node stands for itself: what others embed does not count
  };
  using Place = std::pair<std::string, std::string>;  // a graph and a node

  [[nodiscard]] Names names_of(const std::string& graph) const {
    Names names;
    for (const auto& [id, node] : graphs_.at(graph)) names.push_back(id);
    return names;
  }

  void write(const Scope& scope, const Names& names, const Object& frame, Array& parent) {
    check_names(frame, "@id");
    check_names(frame, "@type");
    const Flags flags{embed_flag(frame, options_.embed, json_ld_1_0_),
                      boolean_flag(frame, "@explicit", options_.is_explicit),
                      boolean_flag(frame, "@requireAll", options_.require_all)};
    const NodeGraph& graph = graphs_.at(scope.graph);
    for (const std::string& name : names) {
      const auto node = graph.find(name);
      if (node == graph.end() || !matches_frame(graph, node->second, frame, flags.require_all, steps_)) continue;
      if (scope.top) embeds_.clear();
      write_node(scope, names, node->second, name, frame, flags, parent);
    }
  }

  void write_node(const Scope& scope, const Names& names, const Object& node, const std::string& id,
                  const Object& frame, const Flags& flags, Array& parent) {
    Place place{scope.graph, id};
    const auto before = embeds_.find(place);
    const bool is_embedded = before != embeds_.end();
    if (!scope.embedded && is_embedded) return;
    steps_.take();
    Object output{{"@id", id}};
    const bool only_name = flags.embed == "@never" || (flags.embed == "@once" && is_embedded) ||
                           std::find(path_.begin(), path_.end(), place) != path_.end();
    if (scope.embedded && only_name) {
      parent.emplace_back(std::move(output));
      return;
    }
    if (flags.embed == "@last") {
      if (is_embedded) superseded_.insert(before->second);
      output.emplace(number_key, Value(++number_));
    }
    embeds_[place] = number_;
    if (path_.size() >= max_depth) {
      throw base::Error(base::Code::TooLarge,
                        fmt::format("nodes nest more than {} deep in this frame; give \"@embed\": \"@never\" to a "
                                    "property along the way",
                                    max_depth));
    }
    path_.push_back(std::move(place));
    write_graph(scope, id, frame, output);
    if (const Value* included = find(frame, "@included")) {
      write_into(output, "@included", {scope.graph, false, false}, names, first_frame(*included));
    }
    write_properties(scope, node, frame, flags, output);
    write_defaults(frame, output);
    if (const Value* reverse = find(frame, "@reverse")) write_reverse(scope, id, reverse->object(), output);
    path_.pop_back();
    parent.emplace_back(std::move(output));
  }

  static const Object& first_frame(const Value& frames) {
    static const Object open;
    const Value& first = frames.is_array() && !frames.array().empty() ? frames.array().front() : frames;
    return first.is_object() ? first.object() : open;
  }

  /// Appends what matches to the property; that appears only if something does.
  void write_into(Object& output, const std::string& property, const Scope& scope, const Names& names,
                  const Object& frame) {
    Array values;
    write(scope, names, frame, values);
    if (!values.empty()) append_to(output, property, std::move(values));
  }

  void write_graph(const Scope& scope, const std::string& id, const Object& frame, Object& output) {
    const auto graph = graphs_.find(id);
    if (graph == graphs_.end()) return;
    const Value* inner = find(frame, "@graph");
    const bool wanted = inner == nullptr ? scope.graph != merged_graph : id != merged_graph && id != "@default";
    if (!wanted) return;
    write_into(output, "@graph", {id, false, false}, names_of(id), inner == nullptr ? Object{} : first_frame(*inner));
  }

  static Object implicit_frame(const Flags& flags) {
    return {{"@embed", Array{Value(flags.embed)}},
            {"@explicit", Array{Value(flags.is_explicit)}},
            {"@requireAll", Array{Value(flags.require_all)}}};
  }

  void write_properties(const Scope& scope, const Object& node, const Object& frame, const Flags& flags,
                        Object& output) {
    const Object implicit = implicit_frame(flags);
    for (const auto& [property, values] : node) {
      if (is_keyword(property)) {
        output.insert_or_assign(property, values);
        continue;
      }
      const Value* wanted = find(frame, property);
      if (flags.is_explicit && wanted == nullptr) continue;
      const Object& inner = wanted == nullptr ? implicit : first_frame(*wanted);
      for (const Value& value : values.array()) write_value(scope, value, property, inner, implicit, output);
    }
  }

  void write_value(const Scope& scope, const Value& value, const std::string& property, const Object& frame,
                   const Object& implicit, Object& output) {
    if (const Value* list = value.find("@list")) {
      const Value* inner = find(frame, "@list");
      append_to(output, property,
                Object{{"@list", write_list(scope, list->array(), inner == nullptr ? implicit : first_frame(*inner))}});
    } else if (value.has("@id")) {
      write_into(output, property, {scope.graph, true, false}, {value.find("@id")->string()}, frame);
    } else if (frame.count("@id") == 0 && matches_value(frame, value)) {
      steps_.take();
      append_to(output, property, value);
    }
  }

  Array write_list(const Scope& scope, const Array& items, const Object& frame) {
    Array result;
    for (const Value& item : items) {
      steps_.take();
      if (const Value* list = item.find("@list")) {
        result.emplace_back(Object{{"@list", write_list(scope, list->array(), frame)}});
      } else if (item.has("@id")) {
        write({scope.graph, true, false}, {item.find("@id")->string()}, frame, result);
      } else {
        result.push_back(item);
      }
    }
    return result;
  }

  void write_defaults(const Object& frame, Object& output) const {
    for (const auto& [property, patterns] : frame) {
      if (output.count(property) != 0) continue;
      const Object& pattern = first_frame(patterns);
      const Value* given = find(pattern, "@default");
      if (property == "@type" ? given == nullptr : is_keyword(property)) continue;
      if (boolean_flag(pattern, "@omitDefault", options_.omit_default)) continue;
      output.emplace(property, Array{Object{{"@preserve", given == nullptr ? Value("@null") : *given}}});
    }
  }

  void write_reverse(const Scope& scope, const std::string& id, const Object& patterns, Object& output) {
    const Value reference = Object{{"@id", id}};
    for (const auto& [property, frames] : patterns) {
      for (const auto& [name, node] : graphs_.at(scope.graph)) {
        steps_.take();
        const Value* values = find(node, property);
        if (values == nullptr) continue;
        const Array& array = values->array();
        if (std::find(array.begin(), array.end(), reference) == array.end()) continue;
        Value& reverse = output.try_emplace("@reverse", Object{}).first->second;
        write_into(reverse.object(), property, {scope.graph, true, false}, {name}, first_frame(frames));
      }
    }
  }

  /// Leaves the last of the embedded nodes of a name; the others become references.
  void drop_superseded(Value::Array& values) {
    for (Value& value : values) drop_superseded(value);
  }

  void drop_superseded(Value& value) {
    if (value.is_array()) return drop_superseded(value.array());
    if (!value.is_object()) return;
    if (const Value* number = value.find(number_key)) {
      if (superseded_.count(number->integer()) != 0) {
        value = Object{{"@id", *value.find("@id")}};
        return;
      }
      value.object().erase(number_key);
    }
    for (auto& [key, member] : value.object()) drop_superseded(member);
  }

  const NodeMap& graphs_;
  const FrameOptions& options_;
  bool json_ld_1_0_;
  Steps steps_;
  std::map<Place, std::int64_t> embeds_;  // with their numbers
  std::vector<Place> path_;               // from the top to the node being written
  std::set<std::int64_t> superseded_;
  std::int64_t number_ = 0;
};

}  // namespace

Array frame_nodes(const NodeMap& graphs, const std::string& graph, const Object& frame, const FrameOptions& options,
                  const ProcessorOptions& processor) {
  return Framer(graphs, options, processor).run(graph, frame);
}

}  // namespace scenograph::jsonld
