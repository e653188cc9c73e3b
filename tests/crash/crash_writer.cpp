// The program that crash_test.py kills, and asks afterwards what is left.
//
//   crash_writer write DIR NEXT...   a thread for each NEXT commits NEXT, NEXT + 1 … until killed, and says "writer
//   number"
//                                    on standard output once the store has acknowledged it
//   crash_writer rewrite DIR NEXT... the same, while the store is compacted again and again
//   crash_writer check DIR LAST...   whether the store holds exactly what writers leave that were acknowledged up to
//   LAST:
//                                    says for each the last commit there, LAST or LAST + 1
//   crash_writer count DIR GRAPH     how many quads the graph holds
//
// What a commit changes follows from its writer and number alone, so that nothing need be remembered to check it.

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "store/bulk_load.hpp"
#include "store/store.hpp"

namespace {

using namespace scenograph;
using rdf::Quad;
using rdf::Term;

constexpr std::uint64_t kept = 40;         ///< a commit removes what the one so many before it added
constexpr std::uint64_t replace_each = 7;  ///< every so many commits replace the writer's other graph
constexpr const char* ns = "https://crash.example/";

Term iri(const std::string& name) { return Term::iri(ns + name); }

/// Some commits are of one quad, some of hundreds.
std::uint64_t size_of(unsigned writer, std::uint64_t number) {
  const std::uint64_t draw = (number * 2654435761U + writer * 40503U) >> 7U;
  return draw % 5 == 0 ? 200 + draw % 300 : 1 + draw % 20;
}

std::string name_of(unsigned writer, std::uint64_t number) {
  return std::to_string(writer) + "/" + std::to_string(number);
}

/// The i-th quad of a commit: dictionary terms short and long, inlined ones, terms that commits share.
Quad quad_of(const Term& graph, const std::string& commit, std::uint64_t i) {
  const std::string text = commit + "/" + std::to_string(i);
  Term object;
  if (i % 4 == 0)
    object = Term::literal("text " + text + std::string(i * 7 % 400, 'x'));
  else if (i % 4 == 1)
    object = Term::literal(std::to_string(i), "http://www.w3.org/2001/XMLSchema#integer");
  else if (i % 4 == 2)
    object = iri("shared/" + std::to_string(i));
  else
    object = Term::lang_literal("été " + text, "fr");
  return {iri("subject/" + text), iri("property/" + std::to_string(i % 6)), object, graph};
}

std::vector<Quad> quads_of(unsigned writer, std::uint64_t number) {
  const Term graph = iri("added/" + std::to_string(writer));
  std::vector<Quad> quads;
  for (std::uint64_t i = 0; i < size_of(writer, number); ++i) {
    quads.push_back(quad_of(graph, name_of(writer, number), i));
  }
  return quads;
}

/// A third of it changes with every replacement.
std::vector<Quad> replacement_of(unsigned writer, std::uint64_t number) {
  const Term graph = iri("replaced/" + std::to_string(writer));
  std::vector<Quad> quads;
  for (std::uint64_t i = 0; i < 30; ++i) {
    quads.push_back(quad_of(graph, name_of(writer, i % 3 == 0 ? number : 0), i));
  }
  return quads;
}

store::QuadId intern(store::Transaction& transaction, const Quad& quad) {
  return {transaction.intern(quad.subject), transaction.intern(quad.predicate), transaction.intern(quad.object),
          transaction.intern(quad.graph)};
}

void commit(store::Store& store, unsigned writer, std::uint64_t number) {
  const auto transaction = store.begin();
  if (number > kept) {
    for (const Quad& quad : quads_of(writer, number - kept)) transaction->remove(intern(*transaction, quad));
  }
  for (const Quad& quad : quads_of(writer, number)) transaction->insert(intern(*transaction, quad));
  if (number % replace_each == 0) {
    std::vector<store::QuadId> ids;
    for (const Quad& quad : replacement_of(writer, number)) ids.push_back(intern(*transaction, quad));
    const store::TermId graph = ids.front().graph;
    transaction->replace(graph, std::move(ids));
  }
  transaction->commit({"crash", name_of(writer, number)});
}

/// In one call, so that a line is there whole or not at all.
void acknowledge(unsigned writer, std::uint64_t number) {
  const std::string line = std::to_string(writer) + " " + std::to_string(number) + "\n";
  if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::abort();
}

/// @param compact  again and again meanwhile.
[[noreturn]] void write_until_killed(const std::string& folder, const std::vector<std::uint64_t>& next, bool compact) {
  store::StoreOptions options;
  options.memtable_quads = 300;  // so that segments are written and merged all the time
  const auto store = store::Store::open(folder, options);
  std::vector<std::thread> threads;
  for (unsigned writer = 0; writer < next.size(); ++writer) {
    threads.emplace_back([&store, writer, number = next[writer]]() mutable {
      for (;; ++number) {
        commit(*store, writer, number);
        acknowledge(writer, number);
      }
    });
  }
  while (compact) store->compact({});
  for (std::thread& thread : threads) thread.join();
  std::abort();
}

std::set<Quad> expected(unsigned writer, std::uint64_t last) {
  std::set<Quad> quads;
  for (std::uint64_t number = last > kept ? last - kept + 1 : 1; number <= last; ++number) {
    for (Quad& quad : quads_of(writer, number)) quads.insert(std::move(quad));
  }
  if (const std::uint64_t replaced = last / replace_each * replace_each; replaced > 0) {
    for (Quad& quad : replacement_of(writer, replaced)) quads.insert(std::move(quad));
  }
  return quads;
}

/// What the writer's graphs hold, read in one order.
std::vector<store::QuadId> found(const store::View& view, unsigned writer, store::Order order) {
  std::vector<store::TermId> graphs;
  for (const std::string graph : {"added/", "replaced/"}) {
    if (const auto id = view.find(iri(graph + std::to_string(writer)))) graphs.push_back(*id);
  }
  store::ScanRequest request;
  request.order = order;
  request.graphs = store::GraphSet::of(graphs);
  std::vector<store::QuadId> quads;
  store::QuadBatch batch;
  const auto scan = view.scan(request);
  while (scan->next(batch)) {
    for (std::size_t i = 0; i < batch.size; ++i) {
      quads.push_back({batch.columns[0][i], batch.columns[1][i], batch.columns[2][i], batch.columns[3][i]});
    }
  }
  std::sort(quads.begin(), quads.end());
  return quads;
}

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error(what); }

/// @return  the last commit of the writer that is there, whole.
std::uint64_t check_writer(const store::View& view, unsigned writer, std::uint64_t acknowledged) {
  const std::vector<store::QuadId> ids = found(view, writer, store::Order::Gspo);
  for (const auto order : {store::Order::Spog, store::Order::Sopg, store::Order::Psog, store::Order::Posg,
                           store::Order::Ospg, store::Order::Opsg}) {
    if (found(view, writer, order) != ids) {
      fail("writer " + std::to_string(writer) + ": order " + std::to_string(static_cast<int>(order)) +
           " differs from the order by graph");
    }
  }
  std::set<Quad> quads;
  for (const store::QuadId& id : ids) {
    quads.insert({view.term(id.subject), view.term(id.predicate), view.term(id.object), view.term(id.graph)});
  }
  for (const std::uint64_t last : {acknowledged, acknowledged + 1}) {
    if (quads == expected(writer, last)) return last;
  }
  fail("writer " + std::to_string(writer) + ", acknowledged up to " + std::to_string(acknowledged) + ": " +
       std::to_string(quads.size()) + " quads are neither that (" +
       std::to_string(expected(writer, acknowledged).size()) + ") nor one commit more (" +
       std::to_string(expected(writer, acknowledged + 1).size()) + ")");
}

/// Counts must be those of the quads, and every commit must have its changes.
void check_books(const store::Store& store, const store::View& view) {
  std::uint64_t by_predicate = 0;
  for (const store::TermId predicate : view.predicates()) by_predicate += view.count({{}, predicate, {}, {}});
  std::uint64_t by_graph = 0;
  for (const store::TermId graph : view.graphs()) by_graph += view.count({{}, {}, {}, graph});
  if (by_predicate != view.count({}) || by_graph != view.count({})) {
    fail("counts differ: " + std::to_string(view.count({})) + " quads, " + std::to_string(by_predicate) +
         " by predicate, " + std::to_string(by_graph) + " by graph");
  }
  const std::uint64_t last = view.commit_number();
  const std::uint64_t forgotten = store.info().log_start;
  for (const store::CommitInfo& info : store.commits(last > 20 ? last - 19 : 1, 20)) {
    if (info.number <= forgotten || !info.note.actor.starts_with("crash")) continue;
    std::uint64_t inserted = 0;
    std::uint64_t removed = 0;
    store.changes(info.number, [&](const store::Change& change) { ++(change.added ? inserted : removed); });
    if (inserted != info.inserted || removed != info.removed) {
      fail("the change log of commit " + std::to_string(info.number) + " has not what the commit says");
    }
  }
}

void check(const std::string& folder, const std::vector<std::uint64_t>& last) {
  const auto store = store::Store::open(folder);
  const auto view = store->snapshot();
  check_books(*store, *view);
  for (unsigned writer = 0; writer < last.size(); ++writer) {
    std::printf("%llu\n", static_cast<unsigned long long>(check_writer(*view, writer, last[writer])));
  }
}

void count(const std::string& folder, const std::string& graph) {
  const auto view = store::Store::open(folder)->snapshot();
  const auto id = view->find(Term::iri(graph));
  std::printf("%llu\n", static_cast<unsigned long long>(id ? view->count({{}, {}, {}, *id}) : 0));
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() < 3) fail("usage: crash_writer write|rewrite|check|count DIR ARGUMENT...");
    if (words[0] == "count") {
      count(words[1], words[2]);
      return 0;
    }
    std::vector<std::uint64_t> numbers;
    for (std::size_t i = 2; i < words.size(); ++i) numbers.push_back(std::stoull(words[i]));
    if (words[0] == "write" || words[0] == "rewrite") write_until_killed(words[1], numbers, words[0] == "rewrite");
    if (words[0] != "check") fail("there is no " + words[0]);
    check(words[1], numbers);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "crash_writer: %s\n", error.what());
    return 1;
  }
}
