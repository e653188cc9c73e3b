#pragma once

#include <cstdint>
#include <string>

#include "store/store.hpp"
#include "syntax/patch.hpp"

namespace scenograph::ingest {

struct PatchResult {
  std::uint64_t commits = 0;  ///< that changed something
  std::uint64_t inserted = 0;
  std::uint64_t removed = 0;
};

/// Applies an RDF Patch: each of its transactions is one commit; those before a fault stay. What is added and there
/// already, or removed and not there, is passed over.
///
/// Blank nodes: "b12" and the like are those of the store, so that the log of one store keeps a copy of it up to date,
/// patch by patch; any other label is one new node throughout the patch.
///
/// @throws  what `syntax::read_patch` and `store::Transaction` throw.
[[nodiscard]] PatchResult apply_patch(store::Store& store, base::ByteSource& source,
                                      const syntax::PatchOptions& options, const store::CommitNote& note);

}  // namespace scenograph::ingest
