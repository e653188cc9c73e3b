#include "store/internal/load_into_store.hpp"

#include "base/file.hpp"
#include "base/time.hpp"
#include "store/internal/segment/segment.hpp"

namespace scenograph::store::internal {

namespace fs = std::filesystem;

namespace {

class StoreLoad final : public BulkLoad {
 public:
  StoreLoad(WriterState& state, const BulkLoadOptions& options)
      : state_(state),
        number_(state.next_file++),
        scratch_(scratch_folder(state.source.folder, number_)),
        loader_(make_quad_loader(options, scratch_)),
        before_commit_(options.before_commit) {}

  LoadLane& lane(std::size_t number) override { return loader_->lane(number); }

  CommitResult commit(const CommitNote& note) override {
    const std::lock_guard alone(state_.rewriting);
    const std::lock_guard writer(state_.mutex);
    state_.settle();
    const Snapshot view = make_snapshot(state_.base);
    if (before_commit_) before_commit_(*view);
    NewFiles files(state_.source, number_);
    const LoadedFiles loaded = loader_->finish(target(*view), files.paths(scratch_));
    if (loaded.counts.quads == 0) return {state_.last_commit, 0, 0};
    files.sync();
    const CommitResult result{state_.last_commit + 1, loaded.counts.quads, 0};
    state_.committer->wait(state_.submit(pending(loaded, result, note)));
    files.take();
    state_.settle();
    return result;
  }

 private:
  [[nodiscard]] LoadTarget target(const View& view) const {
    LoadTarget target{view, state_.base->files->vocabularies, {}, state_.next_term, state_.next_blank};
    MDB_txn* txn = state_.base->txn.get();
    const Tables& tables = state_.source.tables;
    MDB_stat stat;
    check(mdb_stat(txn, tables.terms, &stat), "cannot read the dictionary");
    if (stat.ms_entries > 0 || state_.base->memory->next_term > state_.base->memory->first_term) {
      target.find_overlay = [txn, &tables, &recent = *state_.base->memory->terms](std::string_view bytes) {
        const auto number = recent.find(bytes);
        return number ? number : find_listed(txn, tables, bytes);
      };
    }
    return target;
  }

  PendingCommit pending(const LoadedFiles& loaded, const CommitResult& result, const CommitNote& note) const {
    PendingCommit commit;
    commit.record.info = {result.number, base::now_ms(), result.inserted, 0, note};
    commit.segment = SegmentEntry{number_, result.inserted, 0, result.number, result.number};
    if (loaded.has_vocabulary) {
      commit.vocabulary = VocabularyEntry{number_, state_.next_term, loaded.next_term - state_.next_term};
    }
    commit.record.counts = to_changes(loaded.counts);
    commit.record.next_term = loaded.next_term;
    commit.record.next_blank = loaded.next_blank;
    return commit;
  }

  WriterState& state_;
  std::uint64_t number_;
  fs::path scratch_;
  std::unique_ptr<QuadLoader> loader_;
  std::function<void(const View&)> before_commit_;
};

}  // namespace

NewFiles::NewFiles(const StateSource& store, std::uint64_t number)
    : number_(number),
      environment_(store.environment),
      segment_(segment_folder(store.folder, number)),
      vocabulary_(vocabulary_file(store.folder, number)) {
  base::make_folder(segment_);
  base::make_folder(vocabulary_.parent_path());
}

NewFiles::~NewFiles() {
  if (taken_ || is_broken(environment_.get())) return;
  std::error_code ignored;
  fs::remove_all(segment_, ignored);
  fs::remove(vocabulary_, ignored);
}

LoadPaths NewFiles::paths(const fs::path& scratch) const {
  LoadPaths paths{scratch, vocabulary_, {}, {}};
  for (std::size_t order = 0; order < order_count; ++order) {
    paths.runs[order] = run_file(segment_, static_cast<Order>(order), Sign::Added);
  }
  paths.subject_sets = subject_sets_file(segment_);
  return paths;
}

void NewFiles::sync() const {
  base::sync_folder(segment_);
  base::sync_folder(segment_.parent_path());
  base::sync_folder(vocabulary_.parent_path());
}

std::vector<CountChange> to_changes(const LoadCounts& counts) {
  std::vector<CountChange> changes = {{Counter::Quads, {}, static_cast<std::int64_t>(counts.quads)}};
  const auto add = [&](Counter counter, const std::unordered_map<TermId, std::uint64_t>& numbers) {
    for (const auto& [id, count] : numbers) changes.push_back({counter, id, static_cast<std::int64_t>(count)});
  };
  add(Counter::Predicate, counts.predicates);
  add(Counter::Graph, counts.graphs);
  add(Counter::Subjects, counts.subjects);
  add(Counter::Objects, counts.objects);
  changes.push_back({Counter::AllSubjects, {}, static_cast<std::int64_t>(counts.all_subjects)});
  changes.push_back({Counter::AllObjects, {}, static_cast<std::int64_t>(counts.all_objects)});
  return changes;
}

std::unique_ptr<BulkLoad> load_into_store(WriterState& state, const BulkLoadOptions& options) {
  return std::make_unique<StoreLoad>(state, options);
}

}  // namespace scenograph::store::internal
