#pragma once

#include "store/internal/snapshot.hpp"
#include "store/internal/verify/findings.hpp"

namespace scenograph::store::internal {

/// Holds the numbers of one counter against what was counted, both in the order of ids. One thread.
class CounterWalk {
 public:
  CounterWalk(const State& state, Findings& findings, Counter counter);

  /// REQUIRES: ascending ids over all calls, and a count above 0.
  void expect(TermId id, std::uint64_t count);

  /// Counters that are left count what is not there.
  void finish();

 private:
  void advance();
  void tell(TermId id, std::uint64_t stored, std::uint64_t counted);

  const State& state_;
  Findings& findings_;
  Counter counter_;
  std::vector<TermId> ids_;  ///< with a counter
  std::size_t at_ = 0;
  std::optional<std::pair<TermId, std::uint64_t>> stored_;  ///< the next one
};

}  // namespace scenograph::store::internal
