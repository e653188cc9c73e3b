#include "store/internal/verify/counter_walk.hpp"

#include <fmt/format.h>

namespace scenograph::store::internal {

namespace {

constexpr std::size_t key_bytes = 9;

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
    case Counter::Graph:
      break;
  }
  return "quads of graph";
}

}  // namespace

CounterWalk::CounterWalk(const State& state, Findings& findings, Counter counter)
    : findings_(findings), counter_(counter), cursor_(open_cursor(state.txn.get(), state.tables.counts)) {
  advance(true);
}

void CounterWalk::advance(bool first) {
  const std::string start = static_cast<char>(counter_) + std::string(key_bytes - 1, '\0');
  MDB_val key = value_of(start);
  MDB_val value{};
  stored_.reset();
  if (!found(mdb_cursor_get(cursor_.get(), &key, &value, first ? MDB_SET_RANGE : MDB_NEXT), "cannot read counters")) {
    return;
  }
  const std::string_view bytes = bytes_of(key);
  if (bytes.size() != key_bytes || bytes.front() != static_cast<char>(counter_)) return;
  std::uint64_t swapped = 0;
  std::memcpy(&swapped, bytes.data() + 1, sizeof swapped);
  stored_.emplace(TermId::from_bits(__builtin_bswap64(swapped)), number_of(value));
}

void CounterWalk::expect(TermId id, std::uint64_t count) {
  while (stored_ && stored_->first < id) {
    tell(stored_->first, stored_->second, 0);
    advance(false);
  }
  if (!stored_ || stored_->first != id) return tell(id, 0, count);
  if (stored_->second != count) tell(id, stored_->second, count);
  advance(false);
}

void CounterWalk::finish() {
  for (; stored_; advance(false)) tell(stored_->first, stored_->second, 0);
}

void CounterWalk::tell(TermId id, std::uint64_t stored, std::uint64_t counted) {
  const std::string of = id.is_undefined() ? "" : fmt::format(" {:x}", id.bits());
  findings_.add({data_name,
                 fmt::format("the counter of {}{} says {}, and there are {}", name_of(counter_), of, stored, counted),
                 "counts, statistics and the order of joins", reload_remedy});
}

}  // namespace scenograph::store::internal
