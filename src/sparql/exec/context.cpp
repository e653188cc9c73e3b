#include "sparql/exec/context.hpp"

#include <chrono>
#include <utility>

namespace scenograph::sparql {

namespace {

rdf::DateTime current_time() {
  using namespace std::chrono;
  const auto now = floor<milliseconds>(system_clock::now().time_since_epoch());
  const auto whole = floor<seconds>(now);
  const auto fraction = duration_cast<nanoseconds>(now - whole).count();
  return rdf::from_local_seconds(whole.count(), static_cast<std::uint32_t>(fraction), std::int16_t{0});
}

}  // namespace

Context::Context(std::shared_ptr<const store::View> the_view, std::shared_ptr<base::Budget> the_budget)
    : view(std::move(the_view)), budget(std::move(the_budget)), terms(*view, *budget), now(current_time()) {}

}  // namespace scenograph::sparql
