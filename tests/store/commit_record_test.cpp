#include "store/internal/wal/commit_record.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"

using namespace scenograph;
using namespace scenograph::store::internal;

TEST_CASE("a commit of counters that nobody knows is refused", "[commit_record]") {
  CommitRecord record;
  record.counts.push_back({.counter = Counter::Graph, .id = store::default_graph, .change = -1});
  CHECK(decode(encode(record)).counts.front().change == -1);
  record.counts.front().counter = static_cast<Counter>('X');
  CHECK_THROWS_AS(static_cast<void>(decode(encode(record))), base::Error);
}
