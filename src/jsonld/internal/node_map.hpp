#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "jsonld/json.hpp"

namespace scenograph::jsonld {

/// The nodes of one graph by name, each with all that the document says of it there, references in place of nodes.
using NodeGraph = std::map<std::string, Value::Object, std::less<>>;

/// By name of the graph; "@default" is always there.
using NodeMap = std::map<std::string, NodeGraph, std::less<>>;

/// Names blank nodes _:b0, _:b1, … in the order in which they are met.
class BlankNames {
 public:
  [[nodiscard]] std::string fresh() { return "_:b" + std::to_string(count_++); }

  /// The new name of a blank node; other names stay.
  [[nodiscard]] std::string rename(const std::string& name);

 private:
  std::map<std::string, std::string> names_;
  std::uint64_t count_ = 0;
};

/// Appends values to the arrays of nodes unless they are there. Cost: amortised, linear in the size of the value.
class UniqueValues {
 public:
  void add(Value::Object& node, const std::string& property, Value value);

 private:
  std::unordered_map<const Value::Array*, std::unordered_set<std::string>> known_;  // of long arrays
};

/// Takes an expanded document apart. Nodes whose @id is null are left out.
///
/// @throws Error(Code::BadData) "conflicting indexes" where one node is given two.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 7.2.
[[nodiscard]] NodeMap make_node_map(const Value& expanded);

/// All graphs in one. Source: JSON-LD 1.1 Processing Algorithms and API, section 7.3.
[[nodiscard]] NodeGraph merge_graphs(const NodeMap& graphs);

}  // namespace scenograph::jsonld
