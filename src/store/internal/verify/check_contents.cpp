#include "store/internal/verify/check_contents.hpp"

#include <fmt/format.h>

#include "store/internal/entries.hpp"
#include "store/internal/verify/counter_walk.hpp"
#include "store/internal/verify/known_ids.hpp"

namespace scenograph::store::internal {

namespace {

/// Reads one order of the visible rows, the columns that `wanted` names.
template <typename Sink>
void walk(const State& state, Order order, const std::array<bool, 4>& wanted, Sink sink) {
  const auto rows = visible_rows(state.layers(), order, {});
  const auto block = std::make_unique<RowBlock>();
  ColumnTargets targets = block->targets();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!wanted[i]) targets[i] = nullptr;
  }
  while (const std::size_t count = rows->read(block_rows, targets)) {
    for (std::size_t i = 0; i < count; ++i) sink(block->column(0), block->column(1), i);
  }
}

/// Quads in all and of each predicate, and the predicate's distinct subjects or objects: the second member.
void count_predicates(const State& state, Findings& findings, Order order, Counter distinct) {
  const bool first_time = order == Order::Psog;
  CounterWalk quads(state, findings, Counter::Predicate);
  CounterWalk members(state, findings, distinct);
  KnownIds ids(state, findings);
  std::uint64_t total = 0;
  std::uint64_t of_predicate = 0;
  std::uint64_t different = 0;
  std::uint64_t predicate = 0;
  std::uint64_t member = 0;
  const auto flush = [&] {
    if (predicate == 0) return;
    if (first_time) quads.expect(TermId::from_bits(predicate), of_predicate);
    members.expect(TermId::from_bits(predicate), different);
    total += of_predicate;
  };
  walk(state, order, {true, true, false, false},
       [&](const std::uint64_t* predicates, const std::uint64_t* others, std::size_t i) {
         if (predicates[i] != predicate) {
           flush();
           predicate = predicates[i];
           of_predicate = different = 0;
           if (first_time) ids.check(TermId::from_bits(predicate), Position::Predicate);
         }
         if (++of_predicate == 1 || others[i] != member) ++different;
         member = others[i];
       });
  flush();
  members.finish();
  if (!first_time) return;
  quads.finish();
  CounterWalk all(state, findings, Counter::Quads);
  if (total > 0) all.expect({}, total);
  all.finish();
}

void count_graphs(const State& state, Findings& findings) {
  CounterWalk quads(state, findings, Counter::Graph);
  KnownIds ids(state, findings);
  std::uint64_t graph = 0;
  std::uint64_t count = 0;
  const auto flush = [&] {
    if (count > 0) quads.expect(TermId::from_bits(graph), count);
  };
  walk(state, Order::Gspo, {true, false, false, false},
       [&](const std::uint64_t* graphs, const std::uint64_t* /*subjects*/, std::size_t i) {
         if (count == 0 || graphs[i] != graph) {
           flush();
           graph = graphs[i];
           count = 0;
           ids.check(TermId::from_bits(graph), Position::Graph);
         }
         ++count;
       });
  flush();
  quads.finish();
}

/// Subjects or objects: how many there are, and whether each is a term.
void check_first_members(const State& state, Findings& findings, Order order, Counter counter) {
  const Position position = places_of(order)[0];
  KnownIds ids(state, findings);
  std::uint64_t last = 0;
  std::uint64_t different = 0;
  walk(state, order, {true, false, false, false},
       [&](const std::uint64_t* members, const std::uint64_t* /*others*/, std::size_t i) {
         if (members[i] == last) return;
         last = members[i];
         ++different;
         ids.check(TermId::from_bits(last), position);
       });
  CounterWalk distinct(state, findings, counter);
  if (different > 0) distinct.expect({}, different);
  distinct.finish();
}

}  // namespace

void check_sum(const State& state, Findings& findings) {
  if (sum_of_entries(state.txn.get(), state.tables) == kept_sum(state.txn.get(), state.tables)) return;
  findings.add({data_file_name, "the entries are not those that were written: the sum kept of them differs",
                "the list of files, counters, terms of recent commits, or the list of commits", restore_remedy});
}

void add_content_tasks(const State& state, Findings& findings, std::uint64_t weight, std::vector<Task>& tasks) {
  const auto add = [&](std::function<void()> check) {
    tasks.push_back({weight, [&findings, check = std::move(check)] {
                       findings.guard(data_file_name,
                                      "the counters and the dictionary, which were not checked to the end", check);
                     }});
  };
  add([&] { count_predicates(state, findings, Order::Psog, Counter::Subjects); });
  add([&] { count_predicates(state, findings, Order::Posg, Counter::Objects); });
  add([&] { count_graphs(state, findings); });
  add([&] { check_first_members(state, findings, Order::Spog, Counter::AllSubjects); });
  add([&] { check_first_members(state, findings, Order::Ospg, Counter::AllObjects); });
  add([&] { check_listed_terms(state, findings); });
}

}  // namespace scenograph::store::internal
