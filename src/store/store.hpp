#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rdf/term.hpp"
#include "store/view.hpp"

namespace scenograph::store {

/// A consistent state of the store that later commits never change. Any number of threads may read it at once.
/// Hold it no longer than a request: disk space freed by later commits is reused only after it is gone.
using Snapshot = std::shared_ptr<const View>;

/// Why and whence a commit, for the change log.
struct CommitNote {
  std::string actor;    ///< who: a user or token name; may be empty
  std::string message;  ///< what: "load agenda.ttl"
};

struct CommitResult {
  std::uint64_t number = 0;    ///< of the commit; unchanged if nothing changed
  std::uint64_t inserted = 0;  ///< quads that were not there before
  std::uint64_t removed = 0;   ///< quads that are no more
};

/// One line of the change log (RDF Patch: A adds, D deletes).
struct Change {
  bool added = false;
  rdf::Quad quad;
};

struct CommitInfo {
  std::uint64_t number = 0;
  std::int64_t time_ms = 0;  ///< Unix time
  std::uint64_t inserted = 0;
  std::uint64_t removed = 0;
  CommitNote note;
};

/// A group of changes that becomes visible and durable at once, or not at all. One is open at a time; opening a second
/// waits for the first. As a View it reads the state before it plus its own changes; a scan of it ends with the next
/// call that writes, `intern` among them. Belongs to the thread that made it.
/// Destroyed without `commit`, it leaves nothing behind.
class Transaction : public View {
 public:
  /// The term's id, adding it to the dictionary if new. Blank nodes are looked up by label as they are: scope them
  /// first
  /// (`scope_blank`).
  [[nodiscard]] virtual TermId intern(const rdf::Term& term) = 0;

  /// A blank node that no quad has used.
  [[nodiscard]] virtual TermId fresh_blank() = 0;

  /// @return  whether the quad was new. @throws Error(Code::DiskFull, Code::Io, Code::TooLarge)
  virtual bool insert(const QuadId& quad) = 0;

  /// @return  whether the quad was there.
  virtual bool remove(const QuadId& quad) = 0;

  /// As `remove` of each, without looking whether it is there. REQUIRES: they are there, each is given once; a scan
  /// gave them. Cost: linear, also in what the transaction changed before.
  virtual void remove_all(std::vector<QuadId> quads) = 0;

  /// Removes every quad of the graph; @return how many.
  virtual std::uint64_t clear(TermId graph) = 0;

  /// The blank node that has this label in the store, or is to have it: those that `term` gives, as "b12", and later
  /// ones, so that a copy of a store names its nodes alike. nullopt for labels of another form, and for numbers more
  /// than 2^32 beyond those given so far.
  [[nodiscard]] virtual std::optional<TermId> blank(std::string_view label) = 0;

  /// Makes the graph hold exactly `quads` (their graph member is ignored; any order, duplicates allowed), writing only
  /// the difference; @return how many quads came or went.
  virtual std::uint64_t replace(TermId graph, std::vector<QuadId> quads) = 0;

  /// Quads that came or went so far, each once, in any order; what came and went again is not among them. Cost: linear.
  [[nodiscard]] virtual std::vector<QuadId> changes() const = 0;

  /// Makes everything visible and, unless opened relaxed, durable. The transaction takes no more calls after it.
  /// Writes nothing, and takes no commit number, when nothing changed.
  ///
  /// @throws  Error(Code::DiskFull, Code::Io): nothing of it is then visible, now or later. Only if the disk refuses
  ///          even what takes the commit back, and the message says so, may it be there when the store is opened again
  ///          after a loss of power or `kill -9`; no other is taken before it is gone, or the store opened again.
  virtual CommitResult commit(const CommitNote& note) = 0;
};

/// What a commit waits for.
enum class Durability : std::uint8_t {
  Full,    ///< the disk: what was acknowledged survives a loss of power
  Relaxed  ///< the system: kill -9 loses nothing, a loss of power may take the last commits back, whole; never more
};

/// When files of indexes that are not there are written. They are small beside the vocabularies they are made from.
enum class IndexWriting : std::uint8_t {
  OnUse,        ///< when a reader asks for the index, who waits
  InBackground  ///< by a thread, at low priority, after each load or compaction; readers do without until then
};

struct StoreOptions {
  Durability durability = Durability::Full;
  bool read_only = false;
  bool create = true;                                  ///< make the folder and an empty store if there is none
  std::uint64_t max_bytes = std::uint64_t{64} << 30U;  ///< of address space, an upper bound of data.mdb

  /// Small commits are kept in memory, and in the log, up to this many quads; then they become a segment.
  std::uint64_t memtable_quads = std::uint64_t{1} << 16U;

  bool background_merges = true;  ///< keep segments few while others work

  std::vector<std::shared_ptr<const TermAnalyser>> indexes;  ///< that views offer, by name
  IndexWriting index_writing = IndexWriting::OnUse;          ///< in the background only if not `read_only`

  /// Open a store whose log is damaged before its end without the commits from the damaged one on, instead of refusing
  /// it; the log is copied to `wal/<n>.cut` first, which `compact` removes. Open for reading only, nothing is changed.
  bool cut_log = false;
};

struct StoreInfo {
  std::uint64_t quads = 0;
  std::uint64_t terms = 0;  ///< in the dictionary
  std::uint64_t graphs = 0;
  std::uint64_t commits = 0;
  std::uint64_t segments = 0;        ///< immutable files of quads
  std::uint64_t memtable_quads = 0;  ///< of small commits, not yet in a segment
  std::uint64_t vocabularies = 0;    ///< immutable files of terms
  std::uint64_t log_start = 0;       ///< the last commit whose changes are not kept

  std::uint64_t disk_bytes = 0;  ///< of all; a file with several names counts once
  std::uint64_t data_bytes = 0;  ///< of `data.mdb`: memtable, new terms, change log, counters
  std::uint64_t segment_bytes = 0;
  std::uint64_t vocabulary_bytes = 0;
  std::uint64_t index_bytes = 0;   ///< of indexes of terms
  std::uint64_t change_bytes = 0;  ///< of kept changes that no segment shares
};

class BulkLoad;
struct BulkLoadOptions;
struct VerifyOptions;
struct VerifyReport;
struct BackupOptions;
struct BackupResult;

/// An embedded, transactional quad store in one folder. Thread-safe. One process may write at a time; a second one is
/// refused with Error(Code::Locked).
class Store {
 public:
  /// @throws  Error(Locked, NotFound, ReadOnly, DiskFull, Corrupt, Io, Denied), each naming the folder and the remedy.
  ///          Opened for reading only, what is wrong with the log is thrown by what reads the state.
  [[nodiscard]] static std::unique_ptr<Store> open(const std::filesystem::path& folder,
                                                   const StoreOptions& options = {});

  virtual ~Store() = default;

  [[nodiscard]] virtual Snapshot snapshot() const = 0;

  /// Waits until no other transaction is open. @throws Error(Code::ReadOnly)
  [[nodiscard]] virtual std::unique_ptr<Transaction> begin() = 0;

  /// For many quads at once: see `bulk_load.hpp`. The store must outlive it. @throws Error(Code::ReadOnly)
  [[nodiscard]] virtual std::unique_ptr<BulkLoad> begin_load(const BulkLoadOptions& options) = 0;

  /// Merges the segments that the background would merge, and returns when that is done.
  virtual void merge() = 0;

  /// Rewrites the store as a load of all its quads would have left it: smallest and fastest. Ids change: snapshots
  /// taken before stay as they are. The changes of commits so far are dropped from the log. Readers and writers go
  /// on; at the end writers wait until what they changed meanwhile is written anew. Loads commit after it.
  /// @param options  memory, progress and check. @throws Error(DiskFull, Io, ReadOnly): everything is then as before.
  virtual void compact(const BulkLoadOptions& options) = 0;

  [[nodiscard]] virtual StoreInfo info() const = 0;

  /// Commits with number ≥ `first`, oldest first, at most `limit`.
  [[nodiscard]] virtual std::vector<CommitInfo> commits(std::uint64_t first, std::size_t limit) const = 0;

  /// The changes of one commit, in the order deletions, additions. @throws Error(Code::NotFound)
  virtual void changes(std::uint64_t commit, const std::function<void(const Change&)>& sink) const = 0;

  /// Every quad that was there after this commit. Memory: 100 bytes for each change since.
  /// @throws  Error(Code::NotFound) if changes since are not kept; Error(Code::TooLarge) if they are more than 4
  /// million.
  virtual void state_at(std::uint64_t commit, const rdf::QuadSink& sink) const = 0;

  /// Reads all of the store, as of now, and holds every part against the others: see `verify.hpp`. Others may write
  /// meanwhile. Memory: some blocks for each thread, whatever the size of the store.
  ///
  /// Pages of LMDB carry no checksums: of `data.mdb` that is checked which the files and other tables speak of too.
  [[nodiscard]] virtual VerifyReport verify(const VerifyOptions& options) const = 0;

  /// Copies the state of now into `folder`, or what is new since the backup that the folder holds: see `backup.hpp`.
  /// Others may write meanwhile, also from another process. A crash leaves the former backup as it was.
  ///
  /// @throws  Error(Code::BadArgument) if the folder holds something else; Error(Code::Locked) if another process backs
  ///          up into it; Error(DiskFull, Io, Denied).
  virtual BackupResult backup(const std::filesystem::path& folder, const BackupOptions& options) const = 0;
};

/// Gives the blank nodes of one document labels of their own in the store: equal labels map to the same new node for as
/// long as this lives. The transaction must outlive it.
class BlankScope {
 public:
  explicit BlankScope(Transaction& transaction) : transaction_(&transaction) {}

  /// Interns the term; blank nodes through this scope.
  [[nodiscard]] TermId intern(const rdf::Term& term);
  [[nodiscard]] QuadId intern(const rdf::Quad& quad);

 private:
  Transaction* transaction_;
  std::unordered_map<std::string, TermId> nodes_;
};

}  // namespace scenograph::store
