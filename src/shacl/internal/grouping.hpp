#pragma once

#include <cstdint>
#include <vector>

#include "rdf/term.hpp"
#include "shacl/trend.hpp"
#include "shacl/validate.hpp"

namespace scenograph::shacl {

/// All results of one check on one node.
struct Problem {
  const Check* check = nullptr;
  const rdf::Term* focus_node = nullptr;
  std::vector<const rdf::Term*> values;               ///< each once
  std::vector<const std::vector<Message>*> messages;  ///< what results say in place of the check's, each once
  std::vector<std::uint32_t> fields;                  ///< of all its results, each once
  bool is_new = false;                                ///< all its results are, against an earlier report
};

/// The problems of one thing that people know by name, parts of it without a name (its address, its offers) included.
struct Group {
  const rdf::Term* node = nullptr;
  const Entity* entity = nullptr;       ///< null if nothing is known of the node
  std::uint64_t counts[3] = {0, 0, 0};  ///< problems by Severity
  std::vector<Problem> problems;        ///< most severe and most frequent first
};

/// Groups with most to fix first, then by name and start. Points into the report.
///
/// @param trend  may be null
[[nodiscard]] std::vector<Group> group(const Report& report, const Trend* trend);

/// What is known of a node; null if nothing.
[[nodiscard]] const Entity* entity_of(const Report& report, const rdf::Term& node);

}  // namespace scenograph::shacl
