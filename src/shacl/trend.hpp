#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rdf/term.hpp"
#include "shacl/validate.hpp"

namespace scenograph::shacl {

/// A check of an earlier report.
struct EarlierCheck {
  rdf::Term source_shape;
  std::string component_iri;
  std::string constraint;  ///< IRI of `Check::source_constraint`; empty without one
  std::string path;        ///< in SPARQL syntax; may be empty
  Severity severity = Severity::Violation;
  std::vector<Message> names;
  std::vector<Message> messages;
  std::uint64_t count = 0;  ///< results, those not kept included
};

struct EarlierResult {
  std::uint32_t check = 0;  ///< index of the earlier check
  rdf::Term focus_node;
};

/// What an earlier report found, for comparison.
struct Baseline {
  std::int64_t time_ms = 0;  ///< when, since 1970; 0: not known
  std::vector<EarlierCheck> checks;
  std::vector<EarlierResult> results;  ///< those that were kept

  /// Whether all results were kept.
  [[nodiscard]] bool is_complete() const;
};

/// How a report differs from an earlier one.
struct Trend {
  struct Change {
    std::uint64_t before = 0;  ///< results then
    std::uint64_t mended = 0;  ///< results that are no more
    std::uint64_t added = 0;   ///< results that are new
  };

  /// A result that is no more.
  struct Absent {
    std::uint32_t earlier = 0;         ///< index in `earlier`
    std::optional<std::uint32_t> now;  ///< index in `Report::checks`, if the check has results still
    rdf::Term focus_node;
  };

  std::int64_t since_ms = 0;  ///< when the earlier report was made; 0: not known
  /// Whether both reports kept all their results, so that these were held against each other. Else a change is the
  /// difference of a check's counts, which does not show what was mended while as much was added.
  bool exact = false;
  Change total;
  std::vector<Change> checks;         ///< by `Report::checks`
  std::vector<bool> is_new;           ///< by `Report::results`; empty unless `exact`
  std::vector<EarlierCheck> earlier;  ///< all checks of the earlier report
  std::vector<std::uint32_t> gone;    ///< of these, the ones without results now
  std::vector<Absent> absent;         ///< in order of `earlier`; empty unless `exact`
};

/// Holds a report against an earlier one of the same data by the same shapes. Results are the same if check and focus
/// node are; of several such ones the last ones count as new, or mended. Checks are the same if shape, component, query
/// and path are; shapes without an IRI are known by their messages.
///
/// Cost: sorts the results.
[[nodiscard]] Trend compare(const Report& report, Baseline baseline);

}  // namespace scenograph::shacl
