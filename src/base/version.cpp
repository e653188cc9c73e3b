#include "base/version.hpp"

namespace scenograph::base {

std::string_view version() noexcept { return SCENOGRAPH_VERSION; }

}  // namespace scenograph::base
