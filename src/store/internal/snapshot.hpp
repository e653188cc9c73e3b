#pragma once

#include <filesystem>
#include <memory>

#include "store/internal/layers.hpp"
#include "store/store.hpp"

namespace scenograph::store::internal {

/// A durable state: one LMDB read transaction and the files it names. Any number of threads may read it at once.
struct State {
  std::shared_ptr<MDB_env> environment;
  Txn txn;
  Tables tables;
  std::shared_ptr<const OpenFiles> files;
  std::uint64_t commit = 0;      ///< number of its last one
  std::uint64_t next_blank = 1;  ///< as of it

  [[nodiscard]] Layers layers() const { return {txn.get(), &tables, files, {}}; }
};

/// What all states of one store have in common.
struct StateSource {
  std::shared_ptr<MDB_env> environment;
  Tables tables;
  std::filesystem::path folder;
};

/// The state of the last durable commit.
///
/// @param before  files that it has open are shared; may be null.
[[nodiscard]] std::shared_ptr<const State> open_state(const StateSource& source, const OpenFiles* before);

/// The terms of many ids, each distinct one read once, in the order of ids: neighbours of a vocabulary lie together.
[[nodiscard]] std::vector<rdf::Term> read_terms(const View& view, std::span<const TermId> ids);

/// A view of a state.
[[nodiscard]] Snapshot make_snapshot(std::shared_ptr<const State> state);

}  // namespace scenograph::store::internal
