#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "store/internal/snapshot.hpp"
#include "store/term_index.hpp"

namespace scenograph::store::internal {

/// The keys of the literals that no vocabulary has, in memory: those of commits since the last load or compaction.
/// Immutable and thread-safe; a later one shares most of its parts. Some 100 bytes a key and 8 for each literal of it;
/// 5 µs a literal to make.
class LateTerms {
 public:
  /// Those of `before` and some thousand more of the state's terms, all if there are no more. `before` may be null, or
  /// of another time.
  [[nodiscard]] static std::shared_ptr<const LateTerms> read_on(const State& state, const TermAnalyser& analyser,
                                                                const std::shared_ptr<const LateTerms>& before);

  /// Whether all terms of the state have been read.
  [[nodiscard]] bool is_complete_for(const State& state) const;

  /// Whether these hold for the state, and more of its terms have been read than the others have.
  [[nodiscard]] bool is_ahead_of(const LateTerms& others, const State& state) const;

  /// Appends numbers of terms below `end`.
  void find(const KeyRange& range, std::uint64_t end, std::vector<std::uint64_t>& out) const;

 private:
  struct Entry {
    std::string key;
    std::vector<std::uint64_t> numbers;
  };
  struct Part {
    std::vector<Entry> entries;  ///< ascending by key
    std::size_t size = 0;        ///< numbers in all of them
  };

  [[nodiscard]] bool holds_for(const State& state) const;
  [[nodiscard]] Part read_terms(const State& state, const TermAnalyser& analyser);
  [[nodiscard]] static Part merge(const Part& older, Part newer);
  void add(Part part);

  std::uint64_t epoch_ = 0;                         ///< the last commit before the compaction that gave the numbers
  std::uint64_t first_vocabulary_ = 0;              ///< number of its file, 0 for none
  std::uint64_t end_ = 0;                           ///< terms with lower numbers have been read
  std::vector<std::shared_ptr<const Part>> parts_;  ///< each larger than the next
};

}  // namespace scenograph::store::internal
