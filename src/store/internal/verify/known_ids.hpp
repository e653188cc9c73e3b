#pragma once

#include "store/internal/snapshot.hpp"
#include "store/internal/verify/findings.hpp"

namespace scenograph::store::internal {

/// Sees that ids in use are ids of terms, of a kind that may stand where they do. One thread.
class KnownIds {
 public:
  /// REQUIRES: `state.files`. Both must outlive this.
  KnownIds(const State& state, Findings& findings);

  /// Fast for ascending ids.
  void check(TermId id, Position position);

 private:
  [[nodiscard]] bool has_term(TermId id);
  [[nodiscard]] bool vocabulary_has(std::size_t place, TermId id);

  const State& state_;
  Findings& findings_;
  std::uint64_t next_blank_;
  std::unique_ptr<Vocabulary::Cursor> cursor_;  ///< of the vocabulary at `place_`
  std::size_t place_ = 0;
  std::uint64_t next_ = 0;  ///< number of the cursor's next term
};

}  // namespace scenograph::store::internal
