#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "rdf/vocab.hpp"
#include "store/bulk_load.hpp"
#include "store/internal/keys.hpp"
#include "store/store.hpp"
#include "support/temporary_folder.hpp"

// Random operations on the store and on a plain set of quads, which must agree: after each commit, through each order,
// for each pattern, and after closing and opening again.

namespace scenograph::store {

namespace {

using rdf::Quad;
using rdf::Term;
using Model = std::set<Quad>;

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }

  Quad quad() { return {node("s", 12), predicate(), object(), below(3) == 0 ? Term() : node("g", 3)}; }

 private:
  Term predicate() { return below(4) == 0 ? Term::iri(rdf::rdf::type) : node("p", 3); }
  Term node(const char* kind, std::size_t bound) {
    return Term::iri("http://ex.test/" + std::string(kind) + std::to_string(below(bound)));
  }
  Term object() {
    switch (below(4)) {
      case 0:
        return node("s", 12);
      case 1:
        return Term::literal(std::to_string(below(9)), rdf::xsd::integer);
      case 2:
        return Term::lang_literal("une chaîne plus longue " + std::to_string(below(6)), "fr");
      default:
        return Term::literal("plus longue que sept octets " + std::to_string(below(6)));
    }
  }

  std::mt19937 random_;
};

QuadId find_quad(const View& view, const Quad& quad) {
  return {view.find(quad.subject).value(), view.find(quad.predicate).value(), view.find(quad.object).value(),
          view.find(quad.graph).value()};
}

std::vector<QuadId> scan_all(const View& view, const ScanRequest& request) {
  std::vector<QuadId> rows;
  QuadBatch batch;
  const auto scan = view.scan(request);
  while (scan->next(batch)) {
    for (std::size_t i = 0; i < batch.size; ++i) {
      rows.push_back({batch.columns[0][i], batch.columns[1][i], batch.columns[2][i], batch.columns[3][i]});
    }
  }
  return rows;
}

Model read_model(const View& view) {
  Model model;
  const auto reader = view.term_reader();
  const auto term = [&](TermId id) {
    rdf::Term out = view.term(id);
    CHECK(rdf::to_term(reader->read(id)) == out);
    return out;
  };
  for (const QuadId& quad : scan_all(view, {})) {
    model.insert({term(quad.subject), term(quad.predicate), term(quad.object), term(quad.graph)});
  }
  return model;
}

bool agrees(const QuadId& quad, const QuadId& pattern) {
  const auto fits = [](TermId id, TermId wanted) { return wanted.is_undefined() || id == wanted; };
  return fits(quad.subject, pattern.subject) && fits(quad.predicate, pattern.predicate) &&
         fits(quad.object, pattern.object) && fits(quad.graph, pattern.graph);
}

/// Every way of binding members of one quad, through every order.
void check_patterns(const View& view, const std::vector<QuadId>& quads, const QuadId& like) {
  for (unsigned bound = 0; bound < 16; ++bound) {
    QuadId pattern;
    if ((bound & 1U) != 0) pattern.subject = like.subject;
    if ((bound & 2U) != 0) pattern.predicate = like.predicate;
    if ((bound & 4U) != 0) pattern.object = like.object;
    if ((bound & 8U) != 0) pattern.graph = like.graph;
    std::vector<QuadId> wanted;
    std::copy_if(quads.begin(), quads.end(), std::back_inserter(wanted),
                 [&](const QuadId& quad) { return agrees(quad, pattern); });
    CHECK(view.count(pattern) == wanted.size());
    for (std::size_t order = 0; order < order_count; ++order) {
      ScanRequest request;
      request.pattern = pattern;
      request.order = static_cast<Order>(order);
      std::sort(wanted.begin(), wanted.end(), [&](const QuadId& a, const QuadId& b) {
        return internal::row_of(a, request.order) < internal::row_of(b, request.order);
      });
      CHECK(scan_all(view, request) == wanted);
    }
  }
}

void check_counts(const View& view, const std::vector<QuadId>& quads) {
  std::set<TermId> graphs;
  std::set<TermId> predicates;
  for (const QuadId& quad : quads) {
    graphs.insert(quad.graph);
    predicates.insert(quad.predicate);
  }
  std::set<TermId> all_subjects;
  std::set<TermId> all_objects;
  for (const QuadId& quad : quads) {
    all_subjects.insert(quad.subject);
    all_objects.insert(quad.object);
  }
  CHECK(view.statistics({}).quads == quads.size());
  CHECK(view.statistics({}).distinct_subjects == all_subjects.size());
  CHECK(view.statistics({}).distinct_objects == all_objects.size());
  CHECK(view.graphs() == std::vector<TermId>(graphs.begin(), graphs.end()));
  CHECK(view.predicates() == std::vector<TermId>(predicates.begin(), predicates.end()));
  for (const TermId predicate : predicates) {
    std::set<TermId> subjects;
    std::set<TermId> objects;
    for (const QuadId& quad : quads) {
      if (quad.predicate != predicate) continue;
      subjects.insert(quad.subject);
      objects.insert(quad.object);
    }
    CHECK(view.statistics(predicate).distinct_subjects == subjects.size());
    CHECK(view.statistics(predicate).distinct_objects == objects.size());
  }
}

/// Subjects that match all of some patterns of one quad.
double count_subjects(const std::vector<QuadId>& quads, const std::vector<StarMember>& members) {
  std::map<TermId, std::set<std::size_t>> matched;
  for (const QuadId& quad : quads) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      const bool fits = members[i].object.is_undefined() || members[i].object == quad.object;
      if (quad.predicate == members[i].predicate && fits) matched[quad.subject].insert(i);
    }
  }
  return static_cast<double>(std::count_if(
      matched.begin(), matched.end(), [&](const auto& subject) { return subject.second.size() == members.size(); }));
}

/// Stars of any two predicates, or of one and a class. @param exact  whether all quads lie in one layer.
void check_stars(const View& view, const std::vector<QuadId>& quads, bool exact) {
  const auto type = view.find(Term::iri(rdf::rdf::type));
  std::set<StarMember, bool (*)(const StarMember&, const StarMember&)> all(
      [](const StarMember& a, const StarMember& b) {
        return std::pair(a.predicate, a.object) < std::pair(b.predicate, b.object);
      });
  for (const QuadId& quad : quads) {
    all.insert({quad.predicate, {}});
    if (quad.predicate == type) all.insert({quad.predicate, quad.object});
  }
  for (const StarMember& a : all) {
    for (const StarMember& b : all) {
      const std::vector<StarMember> members = {a, b};
      const auto estimate = view.star(members).of(3);
      CHECK(estimate.subjects >= 0);
      CHECK(estimate.subjects <= 12.001);
      CHECK(estimate.rows >= 0);
      if (exact) CHECK(estimate.subjects == Approx(count_subjects(quads, members)));
    }
  }
}

void check_state(const Store& store, const Model& model, Generator& generator) {
  const StoreInfo info = store.info();  // first: a merge in the background may leave one segment at any time
  const Snapshot snapshot = store.snapshot();
  const View& view = *snapshot;
  REQUIRE(read_model(view) == model);
  const std::vector<QuadId> quads = scan_all(view, {});
  check_counts(view, quads);
  check_stars(view, quads, info.segments == 1 && info.memtable_quads == 0);
  if (!quads.empty()) check_patterns(view, quads, quads[generator.below(quads.size())]);
}

void insert_some(Transaction& transaction, Model& model, Generator& generator) {
  for (std::size_t i = generator.below(60); i > 0; --i) {
    const Quad quad = generator.quad();
    CHECK(transaction.insert({transaction.intern(quad.subject), transaction.intern(quad.predicate),
                              transaction.intern(quad.object), transaction.intern(quad.graph)}) ==
          model.insert(quad).second);
  }
}

void remove_some(Transaction& transaction, Model& model, Generator& generator) {
  for (std::size_t i = generator.below(60); i > 0 && !model.empty(); --i) {
    const auto at = std::next(model.begin(), static_cast<std::ptrdiff_t>(generator.below(model.size())));
    CHECK(transaction.remove(find_quad(transaction, *at)));
    CHECK_FALSE(transaction.remove(find_quad(transaction, *at)));
    model.erase(at);
  }
}

void replace_one(Transaction& transaction, Model& model, Generator& generator) {
  const Term graph = generator.quad().graph;
  std::vector<QuadId> quads;
  for (auto at = model.begin(); at != model.end();) at = at->graph == graph ? model.erase(at) : std::next(at);
  for (std::size_t i = generator.below(20); i > 0; --i) {
    Quad quad = generator.quad();
    quads.push_back(
        {transaction.intern(quad.subject), transaction.intern(quad.predicate), transaction.intern(quad.object), {}});
    quad.graph = graph;
    model.insert(quad);
  }
  transaction.replace(transaction.intern(graph), quads);
}

void change(Transaction& transaction, Model& model, Generator& generator) {
  for (std::size_t step = 1 + generator.below(4); step > 0; --step) {
    switch (generator.below(5)) {
      case 0:
        replace_one(transaction, model, generator);
        break;
      case 1:
        remove_some(transaction, model, generator);
        break;
      case 2:
        CHECK(read_model(transaction) == model);
        break;
      default:
        insert_some(transaction, model, generator);
        break;
    }
  }
}

/// The last commit's entry in the log is exactly the difference.
void check_log(const Store& store, const CommitResult& result, const Model& before, const Model& after) {
  Model replayed = before;
  std::uint64_t removed = 0;
  store.changes(result.number, [&](const Change& change) {
    if (!change.added) ++removed;
    CHECK((change.added ? replayed.insert(change.quad).second : replayed.erase(change.quad) == 1));
  });
  CHECK(replayed == after);
  CHECK(removed == result.removed);
  CHECK(store.commits(result.number, 1).at(0).inserted == result.inserted);
}

TEST_CASE("the store agrees with a set of quads") {
  const unsigned seed = GENERATE(1U, 2U, 3U, 4U);
  StoreOptions options;
  options.memtable_quads = GENERATE(0U, 15U, 100U, 100'000U);
  const tests::TemporaryFolder folder;
  Generator generator(seed);
  auto store = Store::open(folder.path(), options);
  Model model;
  for (int round = 0; round < 25; ++round) {
    const Snapshot before = store->snapshot();
    const Model old = model;
    auto transaction = store->begin();
    change(*transaction, model, generator);
    if (generator.below(5) == 0) {
      transaction.reset();
      model = old;
    } else {
      const CommitResult result = transaction->commit({"test", "round"});
      CHECK(result.number == before->commit_number() + (old == model ? 0 : 1));
      if (old != model) check_log(*store, result, old, model);
    }
    CHECK(read_model(*before) == old);
    transaction.reset();
    if (generator.below(8) == 0) store->merge();
    if (generator.below(8) == 0) store->compact({});
    if (generator.below(6) == 0) {
      store.reset();
    }
    if (store == nullptr) store = Store::open(folder.path(), options);
    check_state(*store, model, generator);
  }
}

TEST_CASE("a load gives terms of small commits the numbers they have") {
  const tests::TemporaryFolder folder;
  const auto store = Store::open(folder.path());
  const Quad quad{Term::iri("http://ex.test/s"), Term::iri("http://ex.test/p"), Term::literal("une chaîne longue"), {}};
  auto transaction = store->begin();
  transaction->insert({transaction->intern(quad.subject), transaction->intern(quad.predicate),
                       transaction->intern(quad.object), default_graph});
  transaction->commit({});
  transaction.reset();
  const auto load = store->begin_load({});
  load->lane(0).add({rdf::TermView(quad.subject), rdf::TermView(quad.predicate), rdf::TermView(quad.object),
                     rdf::TermView(quad.graph)},
                    0);
  CHECK(load->commit({}).inserted == 0);
  CHECK(store->info().quads == 1);
}

/// Adds some quads of a seed.
void fill(Store& store, std::uint32_t seed) {
  const auto transaction = store.begin();
  Generator generator(seed);
  Model model;
  for (int i = 0; i < 20; ++i) insert_some(*transaction, model, generator);
  transaction->commit({});
}

TEST_CASE("seek skips forward and never back") {
  const tests::TemporaryFolder folder;
  const auto store = Store::open(folder.path());
  fill(*store, 7);
  const Snapshot view = store->snapshot();
  for (std::size_t order = 0; order < order_count; ++order) {
    ScanRequest request;
    request.order = static_cast<Order>(order);
    const auto rows = scan_all(*view, request);
    for (std::size_t step = 1; step < rows.size(); step += 7) {
      const std::uint64_t bound = internal::row_of(rows[step], request.order)[0];
      const auto scan = view->scan(request);
      scan->seek(TermId::from_bits(bound));
      scan->seek(TermId::from_bits(1));
      QuadBatch batch;
      REQUIRE(scan->next(batch));
      const auto first = std::find_if(rows.begin(), rows.end(), [&](const QuadId& quad) {
        return internal::row_of(quad, request.order)[0] >= bound;
      });
      CHECK(batch.size == static_cast<std::size_t>(rows.end() - first));
      CHECK(batch.columns[0][0] == first->subject);
    }
  }
}

TEST_CASE("a scan seeks by two members, reads as few rows as asked, and fills the columns that are wanted") {
  const tests::TemporaryFolder folder;
  const auto store = Store::open(folder.path());
  fill(*store, 8);
  const Snapshot view = store->snapshot();
  for (std::size_t order = 0; order < order_count; ++order) {
    ScanRequest request;
    request.order = static_cast<Order>(order);
    const auto rows = scan_all(*view, request);
    const auto last = static_cast<std::size_t>(places_of(request.order)[3]);
    request.wanted = {};
    request.wanted[last] = true;
    for (std::size_t step = 1; step < rows.size(); step += 7) {
      const auto row = internal::row_of(rows[step], request.order);
      const auto scan = view->scan(request);
      scan->seek(TermId::from_bits(row[0]), TermId::from_bits(row[1]));
      const auto first = std::find_if(rows.begin(), rows.end(), [&](const QuadId& quad) {
        const auto here = internal::row_of(quad, request.order);
        return here[0] == row[0] && here[1] == row[1];
      });
      QuadBatch batch;
      for (auto expected = first; expected != rows.end();) {
        REQUIRE(scan->next(batch, 5));
        REQUIRE(batch.size <= 5);
        for (std::size_t i = 0; i < batch.size; ++i, ++expected) {
          REQUIRE(batch.columns[last][i].bits() == internal::row_of(*expected, request.order)[3]);
        }
      }
      CHECK_FALSE(scan->next(batch, 5));
    }
  }
}

TEST_CASE("a scan of listed graphs sees no other, and a triple of several graphs once if asked") {
  const tests::TemporaryFolder folder;
  const auto store = Store::open(folder.path());
  auto transaction = store->begin();
  const auto iri = [&](const char* name) {
    return transaction->intern(Term::iri(std::string("http://ex.test/") + name));
  };
  const TermId s = iri("s");
  const TermId a = iri("a");
  const TermId b = iri("b");
  for (const TermId graph : {a, b, default_graph}) transaction->insert({s, s, s, graph});
  transaction->insert({s, s, a, b});
  transaction->commit({});
  const Snapshot view = store->snapshot();
  for (const Order order : {Order::Gspo, Order::Spog, Order::Opsg, Order::Posg}) {
    ScanRequest request;
    request.order = order;
    request.graphs = GraphSet::of({a});
    CHECK(scan_all(*view, request) == std::vector<QuadId>{{s, s, s, a}});
    request.wanted = {true, true, true, false};
    QuadBatch batch;
    REQUIRE(view->scan(request)->next(batch));
    CHECK(batch.size == 1);
    request.wanted = {true, true, true, true};
    request.graphs = GraphSet::all_but({b, a});
    CHECK(scan_all(*view, request) == std::vector<QuadId>{{s, s, s, default_graph}});
    request.graphs = GraphSet::named();
    CHECK(scan_all(*view, request).size() == 3);
    if (order == Order::Gspo) continue;
    request.distinct_triples = true;
    CHECK(scan_all(*view, request).size() == 2);
    request.graphs = GraphSet::all();
    CHECK(scan_all(*view, request).size() == 2);
  }
}

}  // namespace

}  // namespace scenograph::store
