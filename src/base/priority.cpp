#include "base/priority.hpp"

#include <sys/resource.h>
#include <unistd.h>

namespace scenograph::base {

void give_way() noexcept { ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 10); }

}  // namespace scenograph::base
