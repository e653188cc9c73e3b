#include "store/internal/compact.hpp"

#include <unordered_map>

#include "store/internal/change_log.hpp"
#include "store/internal/inline_term.hpp"
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
  PredicateStatistics statistics(TermId) const override { return {}; }
  std::vector<TermId> predicates() const override { return {}; }
  std::vector<TermId> graphs() const override { return {}; }
  std::uint64_t commit_number() const override { return 0; }

 private:
  class NoScan final : public Scan {
   public:
    bool next(QuadBatch& batch) override {
      batch.size = 0;
      return false;
    }
    void seek(TermId) override {}
  };
};

/// Hands out terms by id; those that come again and again are read once.
class TermReader {
 public:
  explicit TermReader(const View& view) : view_(view) {}

  /// Valid until the next call with another id at the same position.
  rdf::TermView read(TermId id, Position position) {
    Slot& slot = position == Position::Predicate ? predicates_[id] : slots_[static_cast<std::size_t>(position)];
    if (slot.id != id) slot = {id, view_.term(id)};
    return rdf::TermView(slot.term);
  }

 private:
  struct Slot {
    TermId id;
    rdf::Term term;
  };
  const View& view_;
  std::array<Slot, 4> slots_;
  std::unordered_map<TermId, Slot> predicates_;
};

void add_all(const View& view, LoadLane& lane) {
  TermReader terms(view);
  const auto scan = view.scan({});
  QuadBatch batch;
  while (scan->next(batch)) {
    for (std::size_t i = 0; i < batch.size; ++i) {
      lane.add(
          {terms.read(batch.columns[0][i], Position::Subject), terms.read(batch.columns[1][i], Position::Predicate),
           terms.read(batch.columns[2][i], Position::Object), terms.read(batch.columns[3][i], Position::Graph)},
          stored_document);
    }
  }
}

void remove_files(const fs::path& store, const Manifest& manifest) {
  std::error_code ignored;
  for (const auto& entry : manifest.segments) fs::remove_all(segment_folder(store, entry.number), ignored);
  for (const auto& entry : manifest.vocabularies) fs::remove(vocabulary_file(store, entry.number), ignored);
}

}  // namespace

void compact_store(WriterState& state, const BulkLoadOptions& options) {
  const std::unique_lock writer(state.mutex);
  state.settle();
  const Tables& tables = state.source.tables;
  const fs::path& folder = state.source.folder;
  const std::uint64_t number = state.next_file++;
  const fs::path scratch = scratch_folder(folder, number);
  const auto loader = make_quad_loader(options, scratch);
  add_all(*make_snapshot(state.base), loader->lane(0));
  NewFiles files(folder, number);
  const EmptyView empty;
  const LoadedFiles loaded = loader->finish({empty, {}, {}, 1, state.next_blank}, files.paths(scratch));
  files.sync();
  const std::uint64_t last = state.last_commit;
  Manifest before;
  state.committer->run(
      [&](MDB_txn* txn) {
        before = read_manifest(txn, tables);
        Manifest after;
        if (loaded.counts.quads > 0) after.segments.push_back({number, loaded.counts.quads, 0, 1, last});
        if (loaded.has_vocabulary) after.vocabularies.push_back({number, 1, loaded.next_term - 1});
        write_manifest(txn, tables, after);
        note_file_number(txn, tables, number);
        for (const MDB_dbi table : {tables.terms, tables.hashes, tables.counts}) {
          check(mdb_drop(txn, table, 0), "cannot compact");
        }
        for (const CountChange& count : to_changes(loaded.counts))
          add_count(txn, tables, count.counter, count.id, count.change);
        write_meta(txn, tables, meta::next_term, loaded.next_term);
        forget_changes(txn, tables, last, number);
      },
      true);
  if (loaded.counts.quads > 0) files.take();
  remove_files(folder, before);
  state.next_term = loaded.next_term;
  state.settle();
  remove_unlisted_changes(state.base->txn.get(), tables, folder);
}

}  // namespace scenograph::store::internal
