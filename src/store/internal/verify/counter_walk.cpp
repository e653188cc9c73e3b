#include "store/internal/verify/counter_walk.hpp"

#include <fmt/format.h>

namespace scenograph::store::internal {

namespace {

std::string_view name_of(Counter counter) {
  switch (counter) {
    case Counter::Quads:
      return "quads";
    case Counter::Predicate:
      return "quads of predicate";
    case Counter::Subjects:
      return "distinct subjects of predicate";
    case Counter::Objects:
      return "distinct objects of predicate";
    case Counter::AllSubjects:
      return "distinct subjects";
    case Counter::AllObjects:
      return "distinct objects";
    case Counter::Graph:
      break;
  }
  return "quads of graph";
}

}  // namespace

CounterWalk::CounterWalk(const State& state, Findings& findings, Counter counter)
    : state_(state), findings_(findings), counter_(counter), ids_(state.counted(counter)) {
  advance();
}

void CounterWalk::advance() {
  stored_.reset();
  if (at_ == ids_.size()) return;
  const TermId id = ids_[at_++];
  stored_.emplace(id, read_count(state_.layers(), counter_, id));
}

void CounterWalk::expect(TermId id, std::uint64_t count) {
  while (stored_ && stored_->first < id) {
    tell(stored_->first, stored_->second, 0);
    advance();
  }
  if (!stored_ || stored_->first != id) return tell(id, 0, count);
  if (stored_->second != count) tell(id, stored_->second, count);
  advance();
}

void CounterWalk::finish() {
  for (; stored_; advance()) tell(stored_->first, stored_->second, 0);
}

void CounterWalk::tell(TermId id, std::uint64_t stored, std::uint64_t counted) {
  const std::string of = id.is_undefined() ? "" : fmt::format(" {:x}", id.bits());
  findings_.add({data_file_name,
                 fmt::format("the counter of {}{} says {}, and there are {}", name_of(counter_), of, stored, counted),
                 "counts, statistics and the order of joins", reload_remedy});
}

}  // namespace scenograph::store::internal
