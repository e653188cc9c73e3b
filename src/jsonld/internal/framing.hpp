#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include "jsonld/internal/node_map.hpp"
#include "jsonld/processor.hpp"

// Source: JSON-LD 1.1 Framing, section 4.

namespace scenograph::jsonld {

struct ExpandedFrame {
  Value::Object pattern;
  bool default_graph = false;  ///< it frames the default graph alone, not all graphs in one
};

/// A frame in expanded form: names, types and parts of values are arrays of what matches, {} among them for any.
[[nodiscard]] ExpandedFrame expand_frame(const Value& frame, const ProcessorOptions& options);

/// Counts what framing does, so that patterns and data which multiply each other come to an end.
class Steps {
 public:
  Steps(const FrameOptions& options, const base::Budget* budget) : options_(options), budget_(budget) {}

  /// @throws Error(Code::TooLarge) past `max_steps`, and what the budget throws.
  void take();

 private:
  const FrameOptions& options_;
  const base::Budget* budget_;  // null: none
  std::size_t taken_ = 0;
};

/// Whether a node matches a frame. Source: section 4.2.
/// @param graph  for the nodes that its properties refer to
[[nodiscard]] bool matches_frame(const NodeGraph& graph, const Value::Object& node, const Value::Object& frame,
                                 bool require_all, Steps& steps);

/// Whether a value object matches one of a frame. Source: section 4.3.
[[nodiscard]] bool matches_value(const Value& pattern, const Value& value);

/// Nodes of `graph` that match, in the shape of the frame; places for defaults hold @preserve.
/// Source: section 4.1.
[[nodiscard]] Value::Array frame_nodes(const NodeMap& graphs, const std::string& graph, const Value::Object& frame,
                                       const FrameOptions& options, const ProcessorOptions& processor);

}  // namespace scenograph::jsonld
