#include "store/internal/compact.hpp"

#include <array>

#include "rdf/vocab.hpp"
#include "store/internal/change_log.hpp"
#include "store/internal/count_changes.hpp"
#include "store/internal/entries.hpp"
#include "store/internal/free_pages.hpp"
#include "store/internal/later_commits.hpp"
#include "store/internal/load/term_table.hpp"
#include "store/internal/load_into_store.hpp"

namespace scenograph::store::internal {

namespace {

namespace fs = std::filesystem;

/// The quads that are not there yet.
class EmptyView final : public View {
 public:
  std::optional<TermId> find(const rdf::Term&) const override { return std::nullopt; }
  rdf::Term term(TermId id) const override { return *term_without_dictionary(id); }
  std::vector<rdf::Term> terms(std::span<const TermId> ids) const override { return read_terms(*this, ids); }
  std::unique_ptr<Scan> scan(const ScanRequest&) const override { return std::make_unique<NoScan>(); }
  std::uint64_t count(const QuadId&) const override { return 0; }
  std::uint64_t count_between(const QuadId&, Order, TermId, TermId) const override { return 0; }
  PredicateStatistics statistics(TermId) const override { return {}; }
  std::vector<TermId> predicates() const override { return {}; }
  std::vector<TermId> graphs() const override { return {}; }
  std::uint64_t commit_number() const override { return 0; }

 private:
  class NoScan final : public Scan {
   public:
    bool next(QuadBatch& batch, std::size_t /*most*/) override {
      batch.size = 0;
      return false;
    }
    void seek(TermId, TermId) override {}
  };
};

void add_all(const View& view, LoadLane& lane) {
  std::array<std::unique_ptr<TermReader>, 4> readers;  // what each reads stays valid while the others read
  for (auto& reader : readers) reader = view.term_reader();
  const auto scan = view.scan({});
  QuadBatch batch;
  while (scan->next(batch)) {
    for (std::size_t i = 0; i < batch.size; ++i) {
      const auto term = [&](std::size_t position) { return readers[position]->read(batch.columns[position][i]); };
      lane.add({term(0), term(1), term(2), term(3)}, stored_document);
    }
  }
}

void remove_files(const fs::path& store, const Manifest& manifest) {
  std::error_code ignored;
  for (const auto& entry : manifest.segments) fs::remove_all(segment_folder(store, entry.number), ignored);
  for (const auto& entry : manifest.vocabularies) remove_vocabulary(store, entry.number);
}

/// The store as it was after one commit, written anew.
struct Rewritten {
  std::uint64_t number = 0;  ///< of its files
  std::uint64_t commit = 0;
  LoadedFiles loaded;
  OpenFiles files;  ///< open, with their entries of the manifest
};

Rewritten rewrite(const WriterState& state, std::uint64_t number, const NewFiles& to, const BulkLoadOptions& options) {
  const fs::path& folder = state.source.folder;
  const fs::path scratch = scratch_folder(folder, number);
  const auto loader = make_quad_loader(options, scratch);
  const auto before = open_state(state.source, nullptr);
  add_all(*make_snapshot(before), loader->lane(0));
  const EmptyView empty;
  Rewritten out{number, before->memory->commit, {}, {}};
  out.loaded = loader->finish({empty, {}, {}, 1, before->memory->next_blank}, to.paths(scratch));
  to.sync();
  if (out.loaded.counts.quads > 0) {
    out.files.manifest.segments.push_back({number, out.loaded.counts.quads, 0, 1, out.commit});
    out.files.segments.push_back(std::make_shared<const Segment>(segment_folder(folder, number), true, false));
  }
  if (out.loaded.has_vocabulary) {
    out.files.manifest.vocabularies.push_back({number, 1, out.loaded.next_term - 1});
    out.files.vocabularies.push_back(open_vocabulary(vocabulary_file(folder, number)));
  }
  return out;
}

/// Writes what later commits changed. @return its entry of the manifest; holds nothing if nothing changed.
SegmentEntry write_later(LaterCommits& commits, const fs::path& folder, const SegmentEntry& entry) {
  EditSet& edits = commits.edits();
  const std::uint64_t type = commits.find_iri(rdf::rdf::type).value_or(TermId()).bits();
  const SegmentSize size = write_segment(folder, one_order_at_a_time(edits), type, [] {});
  return {entry.number, size.added, size.removed, entry.first_commit, entry.last_commit};
}

/// Puts the new files in the place of all others. @return what was there.
Manifest switch_files(MDB_txn* txn, const Tables& tables, const Rewritten& rewritten, const SegmentEntry& later,
                      const LaterCommits& commits, std::span<const CountChange> counts) {
  const Manifest before = read_manifest(txn, tables);
  Manifest after = rewritten.files.manifest;
  if (later.added + later.removed > 0) after.segments.push_back(later);
  write_manifest(txn, tables, after);
  note_file_number(txn, tables, later.number);
  for (const MDB_dbi table : {tables.terms, tables.hashes, tables.counts}) {
    clear_table(txn, tables, table, "cannot compact");
  }
  for (const auto& [number, bytes] : commits.terms().all()) add_term(txn, tables, number, bytes);
  for (const CountChange& count : counts) add_count(txn, tables, count.counter, count.id, count.change);
  write_meta(txn, tables, meta::next_term, commits.next_term());
  forget_changes(txn, tables, later.last_commit, later.number);
  return before;
}

}  // namespace

void compact_store(WriterState& state, const BulkLoadOptions& options) {
  const std::lock_guard alone(state.rewriting);
  const Tables& tables = state.source.tables;
  const fs::path& folder = state.source.folder;
  NewFiles main_files(state.source, state.next_file++);
  const Rewritten rewritten = rewrite(state, main_files.number(), main_files, options);
  LaterCommits commits(rewritten.files, rewritten.loaded.next_term, rewritten.commit);
  commits.take(*open_state(state.source, nullptr), folder);  // most of them, while others go on

  const std::lock_guard writer(state.mutex);
  state.settle();
  commits.take(*state.base, folder);
  NewFiles later_files(state.source, state.next_file++);
  const std::uint64_t first = rewritten.files.segments.empty() ? 1 : rewritten.commit + 1;
  const SegmentEntry later = write_later(commits, segment_folder(folder, later_files.number()),
                                         {later_files.number(), 0, 0, first, state.last_commit});
  const Layers below{nullptr, &tables, std::make_shared<const OpenFiles>(rewritten.files), {}};
  std::vector<CountChange> counts = to_changes(rewritten.loaded.counts);
  const std::vector<CountChange> changes = ChangeCounter(below, commits.edits()).finish();
  counts.insert(counts.end(), changes.begin(), changes.end());
  Manifest before;
  state.committer->run([&](MDB_txn* txn) { before = switch_files(txn, tables, rewritten, later, commits, counts); },
                       true);
  if (rewritten.loaded.counts.quads > 0) main_files.take();
  if (later.added + later.removed > 0) later_files.take();
  remove_files(folder, before);
  state.next_term = commits.next_term();
  state.refresh();
  remove_unlisted_changes(state.base->txn.get(), tables, folder);
  // What the last transaction freed belongs to the state before it, until there is another.
  state.committer->run([&](MDB_txn* txn) { note_file_number(txn, tables, state.next_file++); });
  state.settle();
  give_back_free_pages(state.source.environment.get(), folder / data_file_name);
}

}  // namespace scenograph::store::internal
