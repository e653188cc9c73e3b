#include "base/time.hpp"

#include <fmt/chrono.h>

#include <chrono>

namespace scenograph::base {

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::string utc_text(std::int64_t time_ms) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(time_ms / 1000), time_ms % 1000);
}

}  // namespace scenograph::base
