#include "base/time.hpp"

#include <chrono>

namespace scenograph::base {

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace scenograph::base
