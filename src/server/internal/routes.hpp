#pragma once

#include "server/internal/router.hpp"
#include "server/internal/services.hpp"

namespace scenograph::server {

// Each adds the routes of one file of its name. The services must outlive the router.

void add_health_routes(Router& router, Services& services);
void add_sparql_routes(Router& router, Services& services);
void add_query_routes(Router& router, Services& services);
void add_graph_routes(Router& router, Services& services);
void add_static_routes(Router& router, Services& services);
void add_page_routes(Router& router, Services& services);
void add_data_routes(Router& router, Services& services);
void add_sitemap_routes(Router& router, Services& services);
void add_void_routes(Router& router, Services& services);
void add_jsonld_routes(Router& router, Services& services);
void add_validate_routes(Router& router, Services& services);
void add_quality_routes(Router& router, Services& services);
void add_reconcile_routes(Router& router, Services& services);

}  // namespace scenograph::server
