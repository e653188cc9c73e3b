#pragma once

#include <cstdint>
#include <functional>

#include "store/internal/load/pages.hpp"
#include "store/internal/load/term_table.hpp"

namespace scenograph::store::internal {

/// The places of all terms (not of inlined ids) in ascending order of their bytes.
///
/// Eight bytes of each are compared at a time, after what a range of terms has in common: IRIs share long prefixes.
/// Memory: 16 bytes a term meanwhile. @param check  called now and then; may throw.
[[nodiscard]] PageArray<TermTable::Place> sort_terms(const TermTable& table, const std::function<void()>& check);

}  // namespace scenograph::store::internal
