#pragma once

#include <string_view>

namespace scenograph::base {

/// The program's version, e.g. "0.1.0".
[[nodiscard]] std::string_view version() noexcept;

}  // namespace scenograph::base
