#pragma once

#include <filesystem>
#include <memory>

#include "store/internal/layers.hpp"
#include "store/internal/memory.hpp"
#include "store/store.hpp"

namespace scenograph::store::internal {

/// A durable state: one LMDB read transaction, the files it names, and the commits in memory on top. States that differ
/// in the last alone share the others. Any number of threads may read it at once.
struct State {
  std::shared_ptr<MDB_env> environment;
  std::shared_ptr<MDB_txn> txn;
  Tables tables;
  std::shared_ptr<const OpenFiles> files;
  std::shared_ptr<const Memory> memory;

  [[nodiscard]] Layers layers() const;
  [[nodiscard]] std::optional<std::uint64_t> find_number(std::string_view bytes) const;
  [[nodiscard]] rdf::Term term(TermId id) const;

  /// Every id with a count of this kind, ascending.
  [[nodiscard]] std::vector<TermId> counted(Counter counter) const;
};

/// What all states of one store have in common.
struct StateSource {
  std::shared_ptr<MDB_env> environment;
  Tables tables;
  std::filesystem::path folder;
  std::shared_ptr<MemoryCell> memory = std::make_shared<MemoryCell>();
  bool follows = false;  ///< whether another process writes, so that the log tells what is in memory
  LogDamage log_damage = LogDamage::Refuse;
};

/// The state of the last durable commit.
///
/// @param before  what it has open is shared; may be null.
[[nodiscard]] std::shared_ptr<const State> open_state(const StateSource& source, const State* before);

/// The memtable without any commit, as LMDB's state has it.
[[nodiscard]] std::shared_ptr<Memory> empty_memory(MDB_txn* txn, const Tables& tables);

/// The id of rdf:type, 0 if there is none.
[[nodiscard]] std::uint64_t type_id(const View& view);

/// The terms of many ids, each distinct one read once, in the order of ids: neighbours of a vocabulary lie together.
[[nodiscard]] std::vector<rdf::Term> read_terms(const View& view, std::span<const TermId> ids);

class TermIndexes;

/// A view of a state. @param indexes  that it offers; may be null.
[[nodiscard]] Snapshot make_snapshot(std::shared_ptr<const State> state,
                                     std::shared_ptr<TermIndexes> indexes = nullptr);

}  // namespace scenograph::store::internal
