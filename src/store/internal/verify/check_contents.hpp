#pragma once

#include <vector>

#include "store/internal/snapshot.hpp"
#include "store/internal/verify/findings.hpp"
#include "store/internal/verify/tasks.hpp"

// Checks of what the layers together say: quads that are there against counters and dictionary. Each task reads one
// order from front to back and holds one block of it.

namespace scenograph::store::internal {

/// Adds tasks that hold the visible quads against `Tables::counts` and see that each id in use is one of a term.
/// REQUIRES: `state.files`. All must outlive the tasks.
///
/// @param weight  of one task.
void add_content_tasks(const State& state, Findings& findings, std::uint64_t weight, std::vector<Task>& tasks);

/// Holds the terms in LMDB against the table that finds them, and their numbers against those of the vocabularies.
void check_listed_terms(const State& state, Findings& findings);

/// Holds all that LMDB has against the sum that was kept of it.
void check_sum(const State& state, Findings& findings);

/// Whether the log has all commits, and the changes of those whose changes are kept.
void check_log(const StateSource& source, const State& state, Findings& findings);

}  // namespace scenograph::store::internal
