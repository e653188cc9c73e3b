#include "base/budget.hpp"

#include <catch2/catch.hpp>

#include <thread>

#include "base/error.hpp"

using namespace scenograph::base;

namespace {

Code code_thrown(const Budget& budget) {
  try {
    budget.check();
  } catch (const Error& error) {
    return error.code();
  }
  return Code::BadArgument;
}

}  // namespace

TEST_CASE("a budget ends at its deadline or when cancelled", "[budget]") {
  const Budget late(std::chrono::milliseconds(1), 0);
  std::this_thread::sleep_for(std::chrono::milliseconds(3));
  CHECK(code_thrown(late) == Code::Timeout);

  Budget cancelled;
  CHECK_NOTHROW(cancelled.check());
  cancelled.cancel();
  CHECK(code_thrown(cancelled) == Code::Cancelled);
}

TEST_CASE("memory past the limit is refused and what was held is given back", "[budget]") {
  Budget budget(std::chrono::milliseconds(0), 1000);
  {
    Charge charge(budget);
    charge.add(600);
    CHECK_THROWS_AS(charge.add(600), Error);
    CHECK(budget.held() == 600);
    charge.set(100);
    CHECK(budget.held() == 100);
  }
  CHECK(budget.held() == 0);
  CHECK(budget.peak() == 600);
}
