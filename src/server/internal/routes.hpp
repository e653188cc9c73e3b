#pragma once

#include "server/internal/router.hpp"
#include "server/internal/services.hpp"

namespace scenograph::server {

// Each adds the routes of one file of its name. The services must outlive the router.

void add_health_routes(Router& router, Services& services);

}  // namespace scenograph::server
