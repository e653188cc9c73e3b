#include "store/internal/transaction.hpp"

#include <algorithm>
#include <chrono>
#include <unordered_map>

#include "store/internal/change_log.hpp"
#include "store/internal/dictionary.hpp"
#include "store/internal/inline_term.hpp"
#include "store/internal/quad_writer.hpp"
#include "store/internal/txn_view.hpp"

namespace scenograph::store::internal {

using base::Code;
using base::Error;

namespace {

/// Edits that Spog has and the other orders have not: written once there are this many, or once quads are read.
constexpr std::size_t unsettled_limit = std::size_t{1} << 18U;

/// Terms remembered with their ids, so that a load looks up each common term once.
constexpr std::size_t cache_limit = std::size_t{1} << 18U;

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

class WriteTransaction final : public TxnView<Transaction> {
 public:
  WriteTransaction(std::shared_ptr<MDB_env> environment, const Tables& tables, std::unique_lock<std::mutex> writer,
                   std::function<void()> committed)
      : TxnView<Transaction>(tables),
        environment_(std::move(environment)),
        writer_(std::move(writer)),
        committed_(std::move(committed)),
        txn_(begin_txn(environment_.get(), 0)),
        next_term_(std::max<std::uint64_t>(read_meta(txn_.get(), tables, meta::next_term), 1)),
        next_blank_(std::max<std::uint64_t>(read_meta(txn_.get(), tables, meta::next_blank), 1)) {}

  std::optional<TermId> find(const rdf::Term& term) const override {
    if (term.is_blank()) {
      const auto number = blank_number(term.value);
      return number && *number < next_blank_ ? std::optional(TermId::make(IdKind::BlankNode, *number)) : std::nullopt;
    }
    return TxnView<Transaction>::find(term);
  }

  TermId intern(const rdf::Term& term) override {
    if (term.is_blank() || term.is_default_graph()) return intern_unlisted(term);
    if (const auto id = to_inline(term)) return *id;
    if (const auto known = cache_.find(term); known != cache_.end()) return known->second;
    auto id = TxnView<Transaction>::find(term);
    if (!id) id = add_term(txn(), tables(), term, next_term_++);
    if (cache_.size() >= cache_limit) cache_.clear();
    cache_.emplace(term, *id);
    return *id;
  }

  TermId fresh_blank() override { return TermId::make(IdKind::BlankNode, next_blank_++); }

  bool insert(const QuadId& quad) override {
    const Row row = row_of(quad, Order::Spog);
    const Pair first = to_pair(row[0], row[1]);
    const Pair second = to_pair(row[2], row[3]);
    MDB_val key = value_of({first.data(), first.size()});
    MDB_val value = value_of({second.data(), second.size()});
    const int code = mdb_put(txn(), tables().of(Order::Spog), &key, &value, MDB_NODUPDATA);
    if (code == MDB_KEYEXIST) return false;
    check(code, "cannot write quads");
    record({quad, true});
    return true;
  }

  bool remove(const QuadId& quad) override {
    const Row row = row_of(quad, Order::Spog);
    const Pair first = to_pair(row[0], row[1]);
    const Pair second = to_pair(row[2], row[3]);
    MDB_val key = value_of({first.data(), first.size()});
    MDB_val value = value_of({second.data(), second.size()});
    if (!found(mdb_del(txn(), tables().of(Order::Spog), &key, &value), "cannot remove quads")) return false;
    record({quad, false});
    return true;
  }

  std::uint64_t clear(TermId graph) override {
    const std::vector<QuadId> quads = quads_of(graph);
    for (const QuadId& quad : quads) remove(quad);
    return quads.size();
  }

  std::uint64_t replace(TermId graph, std::vector<QuadId> quads) override {
    for (QuadId& quad : quads) quad.graph = graph;
    std::sort(quads.begin(), quads.end());
    quads.erase(std::unique(quads.begin(), quads.end()), quads.end());
    const std::vector<QuadId> old = quads_of(graph);
    std::vector<QuadId> gone;
    std::vector<QuadId> fresh;
    std::set_difference(old.begin(), old.end(), quads.begin(), quads.end(), std::back_inserter(gone));
    std::set_difference(quads.begin(), quads.end(), old.begin(), old.end(), std::back_inserter(fresh));
    for (const QuadId& quad : gone) remove(quad);
    for (const QuadId& quad : fresh) insert(quad);
    return gone.size() + fresh.size();
  }

  CommitResult commit(const CommitNote& note) override {
    settle();
    edits_ = net_of(std::move(edits_));
    CommitResult result{commit_number(), 0, 0};
    if (edits_.empty()) {
      txn_.reset();
      writer_.unlock();
      return result;
    }
    result.inserted = static_cast<std::uint64_t>(
        std::count_if(edits_.begin(), edits_.end(), [](const Edit& edit) { return edit.added; }));
    result.removed = edits_.size() - result.inserted;
    ++result.number;
    log_commit(txn(), tables(), {result.number, now_ms(), result.inserted, result.removed, note}, edits_);
    write_meta(txn(), tables(), meta::last_commit, result.number);
    write_meta(txn(), tables(), meta::next_term, next_term_);
    write_meta(txn(), tables(), meta::next_blank, next_blank_);
    commit_txn(environment_.get(), std::move(txn_));
    committed_();
    writer_.unlock();
    return result;
  }

 private:
  [[nodiscard]] MDB_txn* txn() const override {
    if (!txn_) throw Error(Code::BadArgument, "the transaction is over");
    return txn_.get();
  }

  void settle() const override {
    if (settled_ == edits_.size()) return;
    write_edits(txn(), tables(), std::span(edits_).subspan(settled_));
    settled_ = edits_.size();
  }

  void record(const Edit& edit) {
    edits_.push_back(edit);
    if (edits_.size() - settled_ >= unsettled_limit) settle();
  }

  TermId intern_unlisted(const rdf::Term& term) {
    if (const auto id = find(term)) return *id;
    throw Error(Code::BadArgument, "there is no blank node _:" + term.value + " in the store");
  }

  /// Sorted by subject, predicate, object.
  std::vector<QuadId> quads_of(TermId graph) {
    ScanRequest request;
    request.pattern.graph = graph;
    request.order = Order::Gspo;
    std::vector<QuadId> quads;
    const auto scan = this->scan(request);
    QuadBatch batch;
    while (scan->next(batch)) {
      for (std::size_t i = 0; i < batch.size; ++i) {
        quads.push_back({batch.columns[0][i], batch.columns[1][i], batch.columns[2][i], graph});
      }
    }
    return quads;
  }

  std::shared_ptr<MDB_env> environment_;
  std::unique_lock<std::mutex> writer_;
  std::function<void()> committed_;
  Txn txn_;
  std::uint64_t next_term_;
  std::uint64_t next_blank_;
  std::unordered_map<rdf::Term, TermId> cache_;
  std::vector<Edit> edits_;
  mutable std::size_t settled_ = 0;
};

}  // namespace

std::unique_ptr<Transaction> begin_transaction(std::shared_ptr<MDB_env> environment, const Tables& tables,
                                               std::unique_lock<std::mutex> writer, std::function<void()> committed) {
  return std::make_unique<WriteTransaction>(std::move(environment), tables, std::move(writer), std::move(committed));
}

}  // namespace scenograph::store::internal
