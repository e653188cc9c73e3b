#pragma once

#include <cstdint>

namespace scenograph::base {

/// The time in milliseconds since 1970-01-01T00:00:00Z.
[[nodiscard]] std::int64_t now_ms();

}  // namespace scenograph::base
