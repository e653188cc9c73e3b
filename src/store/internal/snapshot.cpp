#include "store/internal/snapshot.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <thread>

#include "rdf/vocab.hpp"
#include "store/internal/dictionary.hpp"
#include "store/internal/index/term_indexes.hpp"
#include "store/internal/inline_term.hpp"
#include "store/internal/sets/star_of.hpp"
#include "store/internal/term_bytes.hpp"

namespace scenograph::store::internal {

namespace {

class StateReader final : public TermReader {
 public:
  explicit StateReader(const State& state) : state_(state), stored_(state.txn.get(), state.tables, *state.files) {}

  rdf::TermView read(TermId id) override {
    if (id.is_inline()) return view_inline(id, inline_text_);
    if (auto plain = term_without_dictionary(id)) {
      plain_ = *std::move(plain);
      return rdf::TermView(plain_);
    }
    if (id.payload() >= state_.memory->first_term) {
      live_ = state_.memory->terms->bytes_of(id.payload());
      if (live_) return view_term_bytes(*live_);
    }
    return view_term_bytes(stored_.bytes(id));
  }

  void expect(TermId id) override {
    if (id.kind() == IdKind::Iri || id.kind() == IdKind::Literal) stored_.expect(id);
  }

 private:
  const State& state_;
  StoredTerms stored_;
  InlineText inline_text_;
  rdf::Term plain_;
  std::optional<std::string> live_;
};

class SnapshotView final : public View {
 public:
  SnapshotView(std::shared_ptr<const State> state, std::shared_ptr<TermIndexes> indexes)
      : state_(std::move(state)), layers_(state_->layers()), indexes_(std::move(indexes)) {}

  std::optional<TermId> find(const rdf::Term& term) const override {
    if (term.is_default_graph()) return default_graph;
    if (term.is_blank()) {
      const auto number = blank_number(term.value);
      if (!number || *number >= state_->memory->next_blank) return std::nullopt;
      return TermId::make(IdKind::BlankNode, *number);
    }
    if (const auto id = to_inline(term)) return id;
    const auto number = state_->find_number(to_term_bytes(rdf::TermView(term)));
    return number ? std::optional(numbered(term, *number)) : std::nullopt;
  }

  rdf::Term term(TermId id) const override { return state_->term(id); }
  std::vector<rdf::Term> terms(std::span<const TermId> ids) const override { return read_terms(*this, ids); }
  std::unique_ptr<TermReader> term_reader() const override { return std::make_unique<StateReader>(*state_); }

  std::unique_ptr<Scan> scan(const ScanRequest& request) const override { return scan_layers(layers_, request); }
  std::uint64_t count(const QuadId& pattern) const override { return count_quads(layers_, pattern); }
  std::uint64_t count_between(const QuadId& pattern, Order order, TermId first, TermId end) const override {
    return internal::count_between(layers_, pattern, order, first, end);
  }

  PredicateStatistics statistics(TermId predicate) const override {
    if (predicate.is_undefined()) return all_statistics(layers_);
    return {read_count(layers_, Counter::Predicate, predicate), read_count(layers_, Counter::Subjects, predicate),
            read_count(layers_, Counter::Objects, predicate)};
  }

  StarStatistics star(std::span<const StarMember> members) const override {
    return star_of(*this, layers_, TermId::from_bits(type_id(*this)), members);
  }

  std::shared_ptr<const TermIndex> term_index(std::string_view name,
                                              const std::function<void()>& check) const override {
    return indexes_ ? indexes_->open(state_, name, check) : nullptr;
  }

  std::vector<TermId> predicates() const override { return state_->counted(Counter::Predicate); }
  std::vector<TermId> graphs() const override { return state_->counted(Counter::Graph); }
  std::uint64_t commit_number() const override { return state_->memory->commit; }

 private:
  std::shared_ptr<const State> state_;
  Layers layers_;
  std::shared_ptr<TermIndexes> indexes_;
};

/// The memtable that belongs on top of the transaction, or null if that is of another moment.
std::shared_ptr<const Memory> memory_of(MDB_txn* txn, const StateSource& source) {
  const std::uint64_t base = read_meta(txn, source.tables, meta::last_commit);
  if (!source.follows) {
    auto memory = source.memory->get();
    return memory->base == base ? memory : nullptr;
  }
  const auto read_all = [&] {
    std::shared_ptr<const Memory> memory = empty_memory(txn, source.tables);
    return memory->wal == 0 ? memory : replay(source.folder, std::move(memory), source.log_damage);
  };
  return source.memory->update([&](std::shared_ptr<const Memory> memory) {
    const bool same = memory && memory->base == base && memory->wal == read_meta(txn, source.tables, meta::wal) &&
                      (memory->wal == 0 || is_in_log(source.folder, *memory));
    try {
      if (!same) return read_all();
      return memory->wal == 0 ? memory : replay(source.folder, std::move(memory), source.log_damage);
    } catch (const base::Error& error) {
      // The writer may have taken back what it could not make durable, and written something else there meanwhile.
      if (error.code() != base::Code::Corrupt) throw;
      return read_all();
    }
  });
}

/// When nothing but the memtable has changed since. @return whether it was so.
bool share_transaction(State& state, const StateSource& source, const State* before) {
  if (before == nullptr || source.follows) return false;
  state.memory = source.memory->get();
  if (state.memory->version != before->memory->version) return false;
  state.txn = before->txn;
  state.files = before->files;
  return true;
}

bool is_outdated(MDB_txn* txn, const StateSource& source) {
  const Txn now = begin_txn(source.environment.get(), MDB_RDONLY);
  const auto differs = [&](std::string_view name) {
    return read_meta(txn, source.tables, name) != read_meta(now.get(), source.tables, name);
  };
  return differs(meta::manifest) || differs(meta::wal) || differs(meta::last_commit);
}

}  // namespace

Layers State::layers() const {
  Layers layers{txn.get(), &tables, files, {}};
  for (const auto& layer : memory->layers) layers.edits.push_back(layer.get());
  return layers;
}

std::optional<std::uint64_t> State::find_number(std::string_view bytes) const {
  if (const auto number = internal::find_number(txn.get(), tables, *files, bytes)) return number;
  return memory->terms->find(bytes);
}

rdf::Term State::term(TermId id) const {
  if (auto plain = term_without_dictionary(id)) return *std::move(plain);
  if (id.payload() >= memory->first_term) {
    if (const auto bytes = memory->terms->bytes_of(id.payload())) return from_term_bytes(*bytes);
  }
  return read_term(txn.get(), tables, *files, id);
}

std::vector<TermId> State::counted(Counter counter) const {
  std::vector<TermId> ids = counted_ids(txn.get(), tables, counter);
  for (const auto& layer : memory->layers) {
    for (const auto& [key, change] : layer->counts()) {
      if (key.first == counter) ids.push_back(key.second);
    }
  }
  if (memory->layers.empty()) return ids;
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  const Layers here = layers();
  std::erase_if(ids, [&](TermId id) { return read_count(here, counter, id) == 0; });
  return ids;
}

std::shared_ptr<Memory> empty_memory(MDB_txn* txn, const Tables& tables) {
  auto memory = std::make_shared<Memory>();
  memory->wal = read_meta(txn, tables, meta::wal);
  memory->base = memory->commit = read_meta(txn, tables, meta::last_commit);
  memory->first_term = memory->next_term = std::max<std::uint64_t>(read_meta(txn, tables, meta::next_term), 1);
  memory->next_blank = std::max<std::uint64_t>(read_meta(txn, tables, meta::next_blank), 1);
  return memory;
}

/// Files and memtable are of the same moment as the transaction, or it is tried again: a writer changes all three.
std::shared_ptr<const State> open_state(const StateSource& source, const State* before) {
  auto state = std::make_shared<State>();
  state->environment = source.environment;
  state->tables = source.tables;
  if (share_transaction(*state, source, before)) return state;
  while (true) {
    state->txn = begin_txn(source.environment.get(), MDB_RDONLY);
    touch_tables(state->txn.get(), source.tables);
    try {
      state->memory = memory_of(state->txn.get(), source);
      if (state->memory) {
        const OpenFiles* open = before == nullptr ? nullptr : before->files.get();
        state->files = open_files(state->txn.get(), source.tables, source.folder, open);
        return state;
      }
    } catch (const base::Error& error) {
      // A file may go between the reading of its name and its opening; then there is another state by now.
      if (error.code() != base::Code::NotFound || !is_outdated(state->txn.get(), source)) throw;
    }
    std::this_thread::yield();
  }
}

std::uint64_t type_id(const View& view) {
  const auto id = view.find(rdf::Term::iri(rdf::rdf::type));
  return id ? id->bits() : 0;
}

std::vector<rdf::Term> read_terms(const View& view, std::span<const TermId> ids) {
  const auto reader = view.term_reader();
  std::vector<std::size_t> by_id(ids.size());
  std::iota(by_id.begin(), by_id.end(), std::size_t{0});
  std::sort(by_id.begin(), by_id.end(), [&](std::size_t a, std::size_t b) { return ids[a] < ids[b]; });
  std::vector<rdf::Term> out(ids.size());
  for (std::size_t i = 0; i < by_id.size(); ++i) {
    const bool repeated = i > 0 && ids[by_id[i]] == ids[by_id[i - 1]];
    out[by_id[i]] = repeated ? out[by_id[i - 1]] : rdf::to_term(reader->read(ids[by_id[i]]));
  }
  return out;
}

Snapshot make_snapshot(std::shared_ptr<const State> state, std::shared_ptr<TermIndexes> indexes) {
  return std::make_shared<const SnapshotView>(std::move(state), std::move(indexes));
}

}  // namespace scenograph::store::internal
