#include <algorithm>
#include <map>

#include "jsonld/internal/framing.hpp"
#include "jsonld/internal/keywords.hpp"
#include "jsonld/internal/values.hpp"

// Source: JSON-LD 1.1 Framing, section 5.2.

namespace scenograph::jsonld {

namespace {

using Object = Value::Object;
using Array = Value::Array;
using Counts = std::map<std::string, std::size_t>;

void count_blank_names(const Value& value, Counts& counts) {
  if (value.is_array()) {
    for (const Value& each : value.array()) count_blank_names(each, counts);
  } else if (value.is_string()) {
    if (is_blank_name(value.string())) ++counts[value.string()];
  } else if (value.is_object() && !is_value_object(value)) {
    for (const auto& [key, member] : value.object()) count_blank_names(member, counts);
  }
}

void prune_blank_names(Value& value, const Counts& counts) {
  if (value.is_array()) {
    for (Value& each : value.array()) prune_blank_names(each, counts);
  } else if (value.is_object() && !is_value_object(value)) {
    const Value* id = value.find("@id");
    const auto count = id != nullptr && id->is_string() ? counts.find(id->string()) : counts.end();
    if (count != counts.end() && count->second == 1) value.object().erase("@id");
    for (auto& [key, member] : value.object()) prune_blank_names(member, counts);
  }
}

/// Puts the defaults where @preserve holds their places.
void put_defaults(Value& value) {
  if (value.is_array()) {
    for (Value& each : value.array()) put_defaults(each);
  } else if (Value* kept = value.find("@preserve")) {
    Array values = to_array(std::move(*kept));
    value = values.empty() ? Value("@null") : std::move(values.front());
  } else if (value.is_object() && !is_value_object(value)) {
    for (auto& [key, member] : value.object()) put_defaults(member);
  }
}

void put_nulls(Value& value) {
  if (value.is_array()) {
    for (Value& each : value.array()) put_nulls(each);
    Array& array = value.array();
    array.erase(std::remove(array.begin(), array.end(), Value()), array.end());
  } else if (value.is("@null")) {
    value = {};
  } else if (value.is_object()) {
    for (auto& [key, member] : value.object()) {
      if (key != "@context") put_nulls(member);
    }
  }
}

}  // namespace

Value frame(const Value& expanded, const Value& frame, const FrameOptions& frame_options,
            const ProcessorOptions& options) {
  const ExpandedFrame pattern = expand_frame(frame, options);
  NodeMap graphs = make_node_map(expanded);
  std::string graph = "@default";
  if (!pattern.default_graph) {
    graph = "@merged";
    graphs.emplace(graph, merge_graphs(graphs));
  }
  Value framed = frame_nodes(graphs, graph, pattern.pattern, frame_options, options);
  if (frame_options.prune_blank_names.value_or(!options.json_ld_1_0)) {
    Counts counts;
    count_blank_names(framed, counts);
    prune_blank_names(framed, counts);
  }
  put_defaults(framed);
  ProcessorOptions compaction = options;
  compaction.wrap_graph = !frame_options.omit_graph.value_or(!options.json_ld_1_0);
  const Value* context = frame.find("@context");
  Value result = compact(framed, context != nullptr ? *context : Value(Object{}), compaction);
  put_nulls(result);
  return result;
}

}  // namespace scenograph::jsonld
