#include "store/graph_set.hpp"

#include <catch2/catch.hpp>

namespace scenograph::store {

TEST_CASE("Sets of graphs and what they have in common") {
  const auto id = [](std::uint64_t number) { return TermId::make(IdKind::Iri, number); };
  const GraphSet all = GraphSet::all();
  const GraphSet listed = GraphSet::of({id(3), id(1), id(3), default_graph});
  const GraphSet but = GraphSet::all_but({id(2), id(1)});
  CHECK(all.is_all());
  CHECK(!listed.is_all());
  CHECK(!but.is_all());
  CHECK(!GraphSet::of({}).contains(id(1)));
  CHECK(but.contains(id(3)));
  CHECK(!but.contains(id(2)));
  CHECK(!GraphSet::named().contains(default_graph));
  CHECK(intersection(listed, but) == GraphSet::of({id(3), default_graph}));
  CHECK(intersection(but, listed) == intersection(listed, but));
  CHECK(intersection(but, GraphSet::named()) == GraphSet::all_but({id(1), id(2), default_graph}));
  CHECK(intersection(all, but) == but);
  CHECK(intersection(listed, GraphSet::of({id(1), id(2)})) == GraphSet::of({id(1)}));
  CHECK(GraphSet::of({}).is_within(listed));
  CHECK(listed.is_within(all));
  CHECK(!all.is_within(but));
  CHECK(GraphSet::of({id(3)}).is_within(but));
  CHECK(!listed.is_within(but));
}

}  // namespace scenograph::store
