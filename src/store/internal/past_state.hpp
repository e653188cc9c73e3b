#pragma once

#include "store/internal/snapshot.hpp"

namespace scenograph::store::internal {

/// Every quad that was there after a commit: the state with the changes since undone. Memory: 100 bytes for each of
/// those changes.
///
/// @throws  Error(Code::NotFound) if changes since are not kept; Error(Code::TooLarge) if they are more than 4 million.
void read_state_at(const StateSource& source, const State& state, std::uint64_t commit, const rdf::QuadSink& sink);

/// The changes of one commit, as `Store::changes`; terms are read many at a time.
void read_changes(const StateSource& source, const State& state, std::uint64_t commit,
                  const std::function<void(const Change&)>& sink);

}  // namespace scenograph::store::internal
