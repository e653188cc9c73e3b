#include "store/internal/transaction.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "base/time.hpp"
#include "store/internal/count_changes.hpp"
#include "store/internal/inline_term.hpp"
#include "store/internal/load_into_store.hpp"
#include "store/internal/sets/star_of.hpp"
#include "store/internal/term_bytes.hpp"

namespace scenograph::store::internal {

using base::Code;
using base::Error;

namespace {

/// Terms of the store remembered with their numbers, so that each common one is looked up once.
constexpr std::size_t cache_limit = std::size_t{1} << 18U;

/// That are sorted and merged with those before, rather than put into a table each.
constexpr std::size_t many_edits = 1024;

class WriteTransaction final : public Transaction {
 public:
  WriteTransaction(WriterState& state, std::unique_lock<std::mutex> writer)
      : state_(state),
        writer_(std::move(writer)),
        base_(state.base),
        before_(base_->layers()),
        next_term_(state.next_term),
        next_blank_(state.next_blank) {
    before_.edits.push_back(&state.recent);
    now_ = before_;
    now_.edits.push_back(&edits_);
  }

  std::optional<TermId> find(const rdf::Term& term) const override {
    if (term.is_default_graph()) return default_graph;
    if (term.is_blank()) {
      const auto number = blank_number(term.value);
      return number && *number < next_blank_ ? std::optional(TermId::make(IdKind::BlankNode, *number)) : std::nullopt;
    }
    if (const auto id = to_inline(term)) return id;
    const auto number = find_bytes(to_term_bytes(rdf::TermView(term)));
    return number ? std::optional(numbered(term, *number)) : std::nullopt;
  }

  rdf::Term term(TermId id) const override {
    if (auto plain = term_without_dictionary(id)) return *std::move(plain);
    for (const NewTerms* terms : std::array<const NewTerms*, 2>{&terms_, &state_.recent_terms}) {
      if (const std::string* bytes = terms->bytes_of(id.payload())) return from_term_bytes(*bytes);
    }
    return base_->term(id);
  }

  std::vector<rdf::Term> terms(std::span<const TermId> ids) const override { return read_terms(*this, ids); }
  std::unique_ptr<Scan> scan(const ScanRequest& request) const override { return scan_layers(layers(), request); }
  std::uint64_t count(const QuadId& pattern) const override { return count_quads(layers(), pattern); }

  std::uint64_t count_between(const QuadId& pattern, Order order, TermId first, TermId end) const override {
    return internal::count_between(layers(), pattern, order, first, end);
  }

  /// Distinct terms as they were before: an estimate, good enough to plan by.
  PredicateStatistics statistics(TermId predicate) const override {
    if (predicate.is_undefined()) return all_statistics(layers());
    const std::uint64_t quads = read_count(layers(), Counter::Predicate, predicate);
    const auto distinct = [&](Counter counter) {
      return std::clamp<std::uint64_t>(read_count(layers(), counter, predicate), quads > 0 ? 1 : 0, quads);
    };
    return {quads, distinct(Counter::Subjects), distinct(Counter::Objects)};
  }

  bool has_exact_statistics() const override { return false; }

  StarStatistics star(std::span<const StarMember> members) const override {
    return star_of(*this, layers(), TermId::from_bits(type_id(*this)), members);
  }

  std::vector<TermId> predicates() const override { return counted(Counter::Predicate, Order::Psog); }
  std::vector<TermId> graphs() const override { return counted(Counter::Graph, Order::Gspo); }
  std::uint64_t commit_number() const override { return state_.last_commit; }

  TermId intern(const rdf::Term& term) override {
    if (term.is_blank() || term.is_default_graph()) return intern_unlisted(term);
    if (const auto id = to_inline(term)) return *id;
    std::string bytes = to_term_bytes(rdf::TermView(term));
    if (const auto number = terms_.find(bytes)) return numbered(term, *number);
    if (const auto known = cache_.find(bytes); known != cache_.end()) return numbered(term, known->second);
    if (const auto number = find_stored(bytes)) {
      if (cache_.size() >= cache_limit) cache_.clear();
      cache_.emplace(std::move(bytes), *number);
      return numbered(term, *number);
    }
    terms_.add(std::move(bytes), next_term_);
    return numbered(term, next_term_++);
  }

  TermId fresh_blank() override { return TermId::make(IdKind::BlankNode, next_blank_++); }

  std::optional<TermId> blank(std::string_view label) override {
    constexpr std::uint64_t most_skipped = std::uint64_t{1} << 32U;
    const auto number = blank_number(label);
    if (!number || *number > next_blank_ + most_skipped || *number > TermId::payload_mask / 2) return std::nullopt;
    next_blank_ = std::max(next_blank_, *number + 1);
    return TermId::make(IdKind::BlankNode, *number);
  }

  bool insert(const QuadId& quad) override {
    if (holds_quad(layers(), quad)) return false;
    edits_.apply(quad, true);
    return true;
  }

  bool remove(const QuadId& quad) override {
    if (!holds_quad(layers(), quad)) return false;
    edits_.apply(quad, false);
    return true;
  }

  void remove_all(std::vector<QuadId> quads) override {
    static_cast<void>(layers());  // the transaction must be open
    apply_all(sorted_rows_of(std::move(quads)), false);
  }

  std::uint64_t clear(TermId graph) override {
    std::vector<Row> rows = rows_of(graph);
    const std::uint64_t count = rows.size();
    apply_all(std::move(rows), false);
    return count;
  }

  std::uint64_t replace(TermId graph, std::vector<QuadId> quads) override {
    for (QuadId& quad : quads) quad.graph = graph;
    std::vector<Row> rows = sorted_rows_of(std::move(quads));
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    std::vector<Row> old = rows_of(graph);
    std::vector<Row> gone;
    if (!old.empty()) {
      std::set_difference(old.begin(), old.end(), rows.begin(), rows.end(), std::back_inserter(gone));
      std::vector<Row> fresh;
      std::set_difference(rows.begin(), rows.end(), old.begin(), old.end(), std::back_inserter(fresh));
      rows = std::move(fresh);
      old = {};
    }
    const std::uint64_t count = gone.size() + rows.size();
    apply_all(std::move(gone), false);
    apply_all(std::move(rows), true);
    return count;
  }

  std::vector<QuadId> changes() const override {
    std::vector<QuadId> quads;
    for (const Edit& edit : edits_.edits()) quads.push_back(edit.quad);
    return quads;
  }

  CommitResult commit(const CommitNote& note) override {
    if (edits_.size() == 0) return finish({state_.last_commit, 0, 0});
    PendingCommit commit;
    const CommitResult result{state_.last_commit + 1, edits_.added(), edits_.size() - edits_.added()};
    commit.record.info = {result.number, base::now_ms(), result.inserted, result.removed, note};
    commit.record.terms = terms_.all();
    commit.record.next_term = next_term_;
    commit.record.next_blank = next_blank_;
    if (edits_.size() > state_.largest_small_commit) {
      commit_segment(std::move(commit));
    } else {
      commit_small(std::move(commit));
    }
    return finish(result);
  }

 private:
  [[nodiscard]] const Layers& layers() const {
    if (!writer_) throw Error(Code::BadArgument, "the transaction is over");
    return now_;
  }

  [[nodiscard]] std::optional<std::uint64_t> find_bytes(std::string_view bytes) const {
    if (const auto number = terms_.find(bytes)) return number;
    return find_stored(bytes);
  }

  [[nodiscard]] std::optional<std::uint64_t> find_stored(std::string_view bytes) const {
    if (const auto number = state_.recent_terms.find(bytes)) return number;
    return base_->find_number(bytes);
  }

  TermId intern_unlisted(const rdf::Term& term) {
    if (const auto id = find(term)) return *id;
    throw Error(Code::BadArgument, "there is no blank node _:" + term.value + " in the store");
  }

  static std::vector<Row> sorted_rows_of(std::vector<QuadId> quads) {
    std::vector<Row> rows;
    rows.reserve(quads.size());
    for (const QuadId& quad : quads) rows.push_back(row_of(quad, Order::Spog));
    quads = {};
    if (!std::is_sorted(rows.begin(), rows.end())) std::sort(rows.begin(), rows.end());
    return rows;
  }

  /// Of a graph: rows of Spog, ascending.
  std::vector<Row> rows_of(TermId graph) {
    ScanRequest request;
    request.pattern.graph = graph;
    request.order = Order::Gspo;
    std::vector<Row> rows;
    rows.reserve(count(request.pattern));
    const auto scan = this->scan(request);
    QuadBatch batch;
    while (scan->next(batch)) {
      for (std::size_t i = 0; i < batch.size; ++i) {
        rows.push_back(row_of({batch.columns[0][i], batch.columns[1][i], batch.columns[2][i], graph}, Order::Spog));
      }
    }
    return rows;
  }

  /// Few edits go the way of single ones, which costs nothing for those that are there already.
  void apply_all(std::vector<Row> rows, bool added) {
    if (rows.size() >= many_edits) return edits_.apply_all(std::move(rows), added);
    for (const Row& row : rows) edits_.apply(quad_of(row), added);
  }

  /// Ids with a count, those that the edits bring or take away considered.
  [[nodiscard]] std::vector<TermId> counted(Counter counter, Order order) const {
    std::set<TermId> ids;
    for (const TermId id : counted_ids(before_.txn, *before_.tables, counter)) ids.insert(id);
    for (const EditLayer* edits : layers().edits) {
      for (const Sign sign : {Sign::Added, Sign::Removed}) {
        for (const Row& row : edits->rows(order, sign)) ids.insert(TermId::from_bits(row[0]));
      }
    }
    std::vector<TermId> present;
    std::copy_if(ids.begin(), ids.end(), std::back_inserter(present),
                 [&](TermId id) { return read_count(now_, counter, id) > 0; });
    return present;
  }

  /// Others may begin as soon as this is on its way; they see it as part of `recent`.
  void commit_small(PendingCommit commit) {
    commit.record.counts = ChangeCounter(before_, edits_).finish();
    commit.record.edits = edits_.edits();
    for (const Edit& edit : commit.record.edits) state_.recent.apply(edit.quad, edit.added);
    for (const auto& [number, bytes] : commit.record.terms) state_.recent_terms.add(bytes, number);
    state_.sent.push_back({commit.record.info.number, commit.record.edits, commit.record.terms});
    const Committer::Ticket ticket = state_.submit(std::move(commit));
    let_go();
    state_.committer->wait(ticket);
  }

  /// The edits become files first; others wait until they are durable.
  void commit_segment(PendingCommit commit) {
    const std::uint64_t number = state_.next_file++;
    NewFiles files(state_.source, number);
    ChangeCounter counter(before_, edits_);
    const SegmentSize size =
        write_segment(segment_folder(state_.source.folder, number),
                      one_order_at_a_time(edits_, [&](Order order) { counter.count(order); }), type_id(*this), [] {});
    commit.record.counts = counter.finish();
    commit.segment =
        SegmentEntry{number, size.added, size.removed, commit.record.info.number, commit.record.info.number};
    state_.committer->wait(state_.submit(std::move(commit)));
    files.take();
    state_.settle();
    let_go();
  }

  CommitResult finish(const CommitResult& result) {
    if (writer_) let_go();
    return result;
  }

  void let_go() {
    base_.reset();
    writer_.unlock();
    writer_.release();
  }

  WriterState& state_;
  std::unique_lock<std::mutex> writer_;
  std::shared_ptr<const State> base_;
  EditSet edits_;
  NewTerms terms_;
  Layers before_;  ///< without the transaction's own edits
  Layers now_;
  std::uint64_t next_term_;
  std::uint64_t next_blank_;
  std::unordered_map<std::string, std::uint64_t> cache_;  ///< terms of the store by their bytes
};

}  // namespace

void WriterState::refresh() {
  const std::uint64_t changes = committer->changes();
  const bool failed = committer->failures() != failures;
  if (base && !failed && changes == seen_changes) return;
  seen_changes = changes;
  auto fresh = open_state(source, base.get());
  const Memory& memory = *fresh->memory;
  if (failed || !base) {
    failures = committer->failures();
    last_commit = memory.commit;
    next_term = memory.next_term;
    next_blank = memory.next_blank;
    sent.clear();
  }
  std::erase_if(sent, [&](const Sent& commit) { return commit.number <= memory.commit; });
  base = std::move(fresh);
  recent.clear();
  recent_terms.clear();
  for (const Sent& commit : sent) {
    for (const Edit& edit : commit.edits) recent.apply(edit.quad, edit.added);
    for (const auto& [number, bytes] : commit.terms) recent_terms.add(bytes, number);
  }
}

void WriterState::settle() {
  committer->run([](MDB_txn*) {});
  refresh();
}

Committer::Ticket WriterState::submit(PendingCommit commit) {
  commit.failures = failures;
  last_commit = commit.record.info.number;
  next_term = commit.record.next_term;
  next_blank = commit.record.next_blank;
  return committer->submit(std::move(commit));
}

std::unique_ptr<Transaction> begin_transaction(WriterState& state, std::unique_lock<std::mutex> writer) {
  return std::make_unique<WriteTransaction>(state, std::move(writer));
}

}  // namespace scenograph::store::internal
