#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "store/internal/load/batch.hpp"
#include "store/internal/load/load_quads.hpp"
#include "store/internal/load/work.hpp"

namespace scenograph::store::internal {

/// The ids in use in one column of the load's quads. An id's index among them is as narrow as can be and sorts as the
/// id does.
struct UsedIds {
  struct Word {
    std::uint64_t bits;
    std::uint32_t before;
  };
  PageArray<Word> ranks;         ///< a bit for each of all the load's ids, ascending
  PageArray<std::uint64_t> ids;  ///< those whose bit is set, ascending

  /// The index of the id that is the `rank`th of all. REQUIRES: it is in use in this column.
  [[nodiscard]] std::uint32_t index_of(std::uint32_t rank) const {
    const Word& word = ranks[rank / 64];
    return word.before +
           static_cast<std::uint32_t>(__builtin_popcountll(word.bits & ((std::uint64_t{1} << rank % 64) - 1)));
  }
};

/// All distinct ids of a load.
struct Numbering {
  PageArray<std::uint32_t> ranks;  ///< of a term among all ids, by the number that its batches were assigned
  std::array<UsedIds, 4> columns;  ///< S, P, O, G
  std::uint64_t next_term = 1;
  std::uint64_t next_blank = 1;
  bool has_vocabulary = false;
  std::uint64_t type = 0;  ///< the id of rdf:type, if any quad can have it
};

/// Merges the batches' terms: looks up what the target has, numbers the rest in sorted order and writes it to
/// `vocabulary`.
///
/// Memory: about 15 bytes a distinct term, 16 more for one that the target has.
/// @throws Error(Code::TooLarge) for 2^32 distinct terms or more; Error(Code::DiskFull, Code::Io)
[[nodiscard]] Numbering number_terms(std::span<const std::unique_ptr<Batch>> batches, const LoadTarget& target,
                                     const std::filesystem::path& vocabulary, Work& work);

}  // namespace scenograph::store::internal
