#include "store/internal/snapshot.hpp"

#include <algorithm>
#include <numeric>

#include "store/internal/dictionary.hpp"
#include "store/internal/inline_term.hpp"
#include "store/internal/term_bytes.hpp"

namespace scenograph::store::internal {

namespace {

class SnapshotView final : public View {
 public:
  explicit SnapshotView(std::shared_ptr<const State> state) : state_(std::move(state)), layers_(state_->layers()) {}

  std::optional<TermId> find(const rdf::Term& term) const override {
    if (term.is_default_graph()) return default_graph;
    if (term.is_blank()) {
      const auto number = blank_number(term.value);
      if (!number || *number >= state_->next_blank) return std::nullopt;
      return TermId::make(IdKind::BlankNode, *number);
    }
    if (const auto id = to_inline(term)) return id;
    const auto number = find_number(layers_.txn, state_->tables, *state_->files, to_term_bytes(rdf::TermView(term)));
    return number ? std::optional(numbered(term, *number)) : std::nullopt;
  }

  rdf::Term term(TermId id) const override { return read_term(layers_.txn, state_->tables, *state_->files, id); }
  std::vector<rdf::Term> terms(std::span<const TermId> ids) const override { return read_terms(*this, ids); }

  std::unique_ptr<Scan> scan(const ScanRequest& request) const override { return scan_layers(layers_, request); }
  std::uint64_t count(const QuadId& pattern) const override { return count_quads(layers_, pattern); }

  PredicateStatistics statistics(TermId predicate) const override {
    return {read_count(layers_, Counter::Predicate, predicate), read_count(layers_, Counter::Subjects, predicate),
            read_count(layers_, Counter::Objects, predicate)};
  }

  std::vector<TermId> predicates() const override {
    return counted_ids(layers_.txn, state_->tables, Counter::Predicate);
  }
  std::vector<TermId> graphs() const override { return counted_ids(layers_.txn, state_->tables, Counter::Graph); }
  std::uint64_t commit_number() const override { return state_->commit; }

 private:
  std::shared_ptr<const State> state_;
  Layers layers_;
};

}  // namespace

std::shared_ptr<const State> open_state(const StateSource& source, const OpenFiles* before) {
  constexpr int most_tries = 100;
  for (int tries = 1;; ++tries) {
    auto state = std::make_shared<State>();
    state->environment = source.environment;
    state->tables = source.tables;
    state->txn = begin_txn(source.environment.get(), MDB_RDONLY);
    touch_tables(state->txn.get(), source.tables);
    state->commit = read_meta(state->txn.get(), source.tables, meta::last_commit);
    state->next_blank = std::max<std::uint64_t>(read_meta(state->txn.get(), source.tables, meta::next_blank), 1);
    try {
      state->files = open_files(state->txn.get(), source.tables, source.folder, before);
      return state;
    } catch (const base::Error& error) {
      // A file may go between the reading of its name and its opening: the next state names another.
      if (error.code() != base::Code::NotFound || tries == most_tries) throw;
    }
  }
}

std::vector<rdf::Term> read_terms(const View& view, std::span<const TermId> ids) {
  std::vector<std::size_t> by_id(ids.size());
  std::iota(by_id.begin(), by_id.end(), std::size_t{0});
  std::sort(by_id.begin(), by_id.end(), [&](std::size_t a, std::size_t b) { return ids[a] < ids[b]; });
  std::vector<rdf::Term> out(ids.size());
  for (std::size_t i = 0; i < by_id.size(); ++i) {
    const bool repeated = i > 0 && ids[by_id[i]] == ids[by_id[i - 1]];
    out[by_id[i]] = repeated ? out[by_id[i - 1]] : view.term(ids[by_id[i]]);
  }
  return out;
}

Snapshot make_snapshot(std::shared_ptr<const State> state) {
  return std::make_shared<const SnapshotView>(std::move(state));
}

}  // namespace scenograph::store::internal
