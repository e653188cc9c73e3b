#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/internal/edits.hpp"
#include "store/internal/tables.hpp"
#include "store/store.hpp"

namespace scenograph::store::internal {

/// How a number of `Tables::counts` changes.
struct CountChange {
  Counter counter = Counter::Quads;
  TermId id;
  std::int64_t change = 0;
};

/// All that a commit changes.
struct CommitRecord {
  CommitInfo info;
  std::vector<Edit> edits;
  std::vector<std::pair<std::uint64_t, std::string>> terms;  ///< new ones: numbers and bytes
  std::vector<CountChange> counts;
  std::uint64_t next_term = 1;
  std::uint64_t next_blank = 1;
};

/// The record as bytes. Sorts the edits, so that neighbours share members.
[[nodiscard]] std::string encode(CommitRecord& record);

/// @throws  Error(Code::Corrupt) if the bytes are no record.
[[nodiscard]] CommitRecord decode(std::string_view bytes);

}  // namespace scenograph::store::internal
