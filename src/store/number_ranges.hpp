#pragma once

#include <utility>
#include <vector>

#include "store/term_id.hpp"

namespace scenograph::store {

/// Ranges of ids, ends included, that hold every inlined xsd:integer, xsd:decimal and xsd:double from `low` to `high`,
/// and few others. Ascending.
[[nodiscard]] std::vector<std::pair<TermId, TermId>> number_ranges(double low, double high);

/// The range of ids, ends included, of all inlined strings.
[[nodiscard]] constexpr std::pair<TermId, TermId> short_strings() {
  return {TermId::make(IdKind::ShortString, 0), TermId::make(IdKind::ShortString, TermId::payload_mask)};
}

}  // namespace scenograph::store
