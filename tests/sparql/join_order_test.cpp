#include "sparql/plan/join_order.hpp"

#include <catch2/catch.hpp>

namespace scenograph::sparql {

namespace {

/// "?0 p ?n" with as many subjects as rows.
JoinInput pattern(double rows, std::uint32_t object, std::size_t member) {
  JoinInput input;
  input.rows = rows;
  input.variables = {{0, rows}, {object, rows}};
  input.sortable = {{0, rows}, {object, rows}};
  input.star = 0;
  input.star_member = member;
  return input;
}

std::vector<std::size_t> order_of(const std::vector<JoinStep>& steps) {
  std::vector<std::size_t> out;
  for (const JoinStep& step : steps) out.push_back(step.input);
  return out;
}

}  // namespace

TEST_CASE("a star's statistics take the place of the assumption that subjects of one pattern match the other") {
  using Statistics = store::StarStatistics;
  // 100,000 subjects have the first two, 90,000 others the last, 10 have the first and the last.
  const std::vector<Statistics::Total> totals = {{100'010, 100'010}, {100'000, 100'000}, {90'010, 90'010}};
  const std::vector<Statistics::Group> groups = {
      {3, 100'000, {100'000, 100'000, 0}}, {4, 90'000, {0, 0, 90'000}}, {5, 10, {10, 0, 10}}};
  const std::vector<JoinInput> inputs = {pattern(100'010, 1, 0), pattern(100'000, 2, 1), pattern(90'010, 3, 2)};
  const auto steps = order_joins(inputs, {{0, Statistics(totals, groups, 0, 0)}}, {}).steps;
  REQUIRE(steps.size() == 3);
  CHECK(steps.back().input != 2);
  CHECK(steps[1].rows <= 10);
  CHECK(steps[2].rows == Approx(0));
  CHECK(steps[2].by_lookup);
  std::vector<JoinInput> plain = inputs;
  for (JoinInput& input : plain) input.star.reset();
  CHECK(order_joins(plain, {}, {}).steps.back().rows == Approx(90'000).epsilon(0.01));
}

TEST_CASE("what a star tells does not depend on the order of joins, and holds on top of other relations") {
  using Statistics = store::StarStatistics;
  const std::vector<Statistics::Total> totals = {{1000, 3000}, {500, 500}};
  const std::vector<Statistics::Group> groups = {{1, 800, {800, 0}}, {3, 200, {2200, 200}}, {2, 300, {0, 300}}};
  JoinInput few;
  few.rows = 4;
  few.variables = {{0, 4}};
  const JoinStar star{0, Statistics(totals, groups, 0, 0)};
  const auto alone = order_joins({pattern(3000, 1, 0), pattern(500, 2, 1)}, {star}, {}).steps;
  CHECK(alone.back().rows == Approx(2200));
  const auto all = order_joins({pattern(3000, 1, 0), pattern(500, 2, 1), few}, {star}, {}).steps;
  CHECK(order_of(all).front() == 2);
  CHECK(all.back().rows < 20);
}

}  // namespace scenograph::sparql
