#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

#include "store/internal/committer.hpp"
#include "store/internal/dictionary.hpp"
#include "store/internal/signal.hpp"
#include "store/store.hpp"

namespace scenograph::store::internal {

/// What the writing side of a store knows beyond the last durable state: commits that are decided and on their way to
/// disk. Belongs to whoever holds `mutex`: the open transaction, or a bulk load while it commits.
struct WriterState {
  std::mutex rewriting;  ///< held by a compaction, and by a load while it commits; taken before `mutex`
  std::mutex mutex;
  StateSource source;
  Signal changed;  ///< raised after each change of the files
  std::unique_ptr<Committer> committer;
  std::function<std::uint64_t()>
      find_type;  ///< the id of rdf:type in the durable state, 0 if there is none; any thread
  std::atomic<std::uint64_t> next_file = 1;
  std::uint64_t largest_small_commit =
      0;  ///< quads of a commit that goes through the memtable; larger ones are segments

  std::shared_ptr<const State> base;  ///< what `recent` lies on
  EditSet recent;                     ///< of commits after `base`
  NewTerms recent_terms;
  struct Sent {
    std::uint64_t number = 0;
    std::vector<Edit> edits;
    std::vector<std::pair<std::uint64_t, std::string>> terms;
  };
  std::vector<Sent> sent;  ///< commits in `recent`, oldest first
  std::uint64_t last_commit = 0;
  std::uint64_t next_term = 1;
  std::uint64_t next_blank = 1;
  std::uint64_t failures = 0;      ///< of the committer, when `base` was read
  std::uint64_t seen_changes = 0;  ///< likewise

  // All of these REQUIRE that `mutex` is held.

  /// Takes in what has become durable since.
  void refresh();

  /// Waits until everything is durable, and takes it in: `recent` is then empty.
  void settle();

  /// Hands a commit to the committer; its number and the next free ones become the state's.
  [[nodiscard]] Committer::Ticket submit(PendingCommit commit);
};

/// @param writer  holds `state.mutex`, as long as the transaction lives.
[[nodiscard]] std::unique_ptr<Transaction> begin_transaction(WriterState& state, std::unique_lock<std::mutex> writer);

}  // namespace scenograph::store::internal
