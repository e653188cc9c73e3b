#include <algorithm>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "measures.hpp"
#include "store/store.hpp"
#include "syntax/reader.hpp"

namespace scenograph::benchmarks {

namespace {

using rdf::Term;
using store::Transaction;

/// One writer's turn: fills a transaction.
using Change = std::function<void(Transaction&, std::uint64_t turn)>;

void commit_once(store::Store& store, const Change& change, std::uint64_t turn) {
  const auto transaction = store.begin();
  change(*transaction, turn);
  transaction->commit({"benchmark", "turn"});
}

/// What all writers did.
struct Commits {
  std::vector<double> times_ms;  ///< of each commit, sorted
  double seconds = 0;
};

/// Has so many threads commit until the time is over.
Commits commit_from_threads(store::Store& store, const Settings& settings,
                            const std::function<Change(unsigned writer)>& make_change) {
  // A second run on the same store must not find its quads there already.
  const std::uint64_t first_turn = store.snapshot()->commit_number() + 1;
  Commits all;
  std::mutex mutex;
  std::exception_ptr failure;
  std::vector<std::thread> threads;
  const Stopwatch since_start;
  for (unsigned writer = 0; writer < settings.writers; ++writer) {
    threads.emplace_back([&, writer] {
      std::vector<double> mine;
      try {
        const Change change = make_change(writer);
        for (std::uint64_t turn = first_turn; since_start.seconds() < settings.seconds; ++turn) {
          const Stopwatch watch;
          commit_once(store, change, turn);
          mine.push_back(watch.seconds() * 1e3);
        }
      } catch (...) {
        const std::lock_guard lock(mutex);
        failure = std::current_exception();
      }
      const std::lock_guard lock(mutex);
      all.times_ms.insert(all.times_ms.end(), mine.begin(), mine.end());
    });
  }
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
  all.seconds = since_start.seconds();
  std::sort(all.times_ms.begin(), all.times_ms.end());
  return all;
}

void report_commits(std::string_view name, const Commits& commits) {
  const std::size_t count = commits.times_ms.size();
  if (count == 0) throw base::Error(base::Code::Timeout, "no commit was done in time: give it more --seconds");
  report(name, static_cast<double>(count) / commits.seconds);
  report("commit_ms_p50", commits.times_ms[count / 2]);
  report("commit_ms_p99", commits.times_ms[count * 99 / 100]);
}

std::string event_iri(unsigned writer, std::uint64_t number) {
  return "https://data.example/id/event/writer-" + std::to_string(writer) + "-" + std::to_string(number);
}

Term schema(std::string_view name) { return Term::iri("http://schema.org/" + std::string(name)); }

/// A graph of three performances of ten quads each, three of which change with every turn.
std::vector<store::QuadId> small_graph(Transaction& transaction, unsigned writer, std::uint64_t turn) {
  std::vector<store::QuadId> quads;
  const std::string version = std::to_string(turn);
  for (unsigned event = 0; event < 3; ++event) {
    const store::TermId subject = transaction.intern(Term::iri(event_iri(writer, event)));
    const auto add = [&](std::string_view property, const Term& object) {
      quads.push_back({subject, transaction.intern(schema(property)), transaction.intern(object), {}});
    };
    const std::string own = std::to_string(writer) + "-" + std::to_string(event);
    add("name", Term::lang_literal("Phèdre, " + own, "fr"));
    add("location", Term::iri("https://data.example/id/place/of-" + own));
    add("organizer", Term::iri("https://data.example/id/org/of-" + own));
    add("eventStatus", schema("EventScheduled"));
    add("description", Term::lang_literal("Une mer, un palais, une reine : " + own, "fr"));
    add("inLanguage", Term::literal("fr"));
    add("image", Term::iri("https://img.data.example/shows/" + own + ".jpg"));
    add("url", Term::iri("https://venue.example/" + own + "/" + version));
    add("alternateName", Term::literal("Phèdre, version " + version + " of " + own));
    add("keywords", Term::literal("version " + version));
  }
  return quads;
}

}  // namespace

void measure_commits(const Settings& settings) {
  const auto store = store::Store::open(settings.place);
  const Commits commits = commit_from_threads(*store, settings, [&](unsigned writer) -> Change {
    return [&settings, writer](Transaction& transaction, std::uint64_t turn) {
      const store::TermId name = transaction.intern(schema("name"));
      for (std::uint64_t i = 0; i < settings.batch; ++i) {
        const std::uint64_t number = turn * settings.batch + i;
        transaction.insert({transaction.intern(Term::iri(event_iri(writer, number))), name,
                            transaction.intern(Term::literal("Show " + std::to_string(number))), store::default_graph});
      }
    };
  });
  report_commits("commits", commits);
}

void measure_replace(const Settings& settings) {
  const auto store = store::Store::open(settings.place);
  const Commits commits = commit_from_threads(*store, settings, [](unsigned writer) -> Change {
    return [writer](Transaction& transaction, std::uint64_t turn) {
      const store::TermId graph =
          transaction.intern(Term::iri("https://data.example/graph/writer-" + std::to_string(writer)));
      transaction.replace(graph, small_graph(transaction, writer, turn));
    };
  });
  report_commits("replacements", commits);
}

void commit_file(const Settings& settings) {
  const auto store = store::Store::open(settings.place);
  const auto source = base::open_file(settings.file);
  std::unique_ptr<Transaction> transaction;
  std::optional<store::BlankScope> scope;
  std::uint64_t quads = 0;
  const Stopwatch watch;
  syntax::read(*source, syntax::Format::NQuads, {}, [&](const rdf::Quad& quad) {
    if (!transaction) {
      transaction = store->begin();
      scope.emplace(*transaction);
    }
    transaction->insert(scope->intern(quad));
    if (++quads % settings.batch != 0) return;
    transaction->commit({"benchmark", "recent"});
    transaction.reset();
  });
  if (transaction) transaction->commit({"benchmark", "recent"});
  report("recent_rate", static_cast<double>(quads) / watch.seconds());
}

void measure_remove(const Settings& settings) {
  const auto store = store::Store::open(settings.place);
  const std::vector<store::TermId> graphs = store->snapshot()->graphs();
  const Stopwatch watch;
  std::uint64_t removed = 0;
  const auto transaction = store->begin();
  for (const store::TermId graph : graphs) {
    if (removed >= settings.quads) break;
    removed += transaction->clear(graph);
  }
  transaction->commit({"benchmark", "remove"});
  report("removed", static_cast<double>(removed));
  report("remove_seconds", watch.seconds());
}

}  // namespace scenograph::benchmarks
