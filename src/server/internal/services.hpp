#pragma once

#include "publish/site.hpp"
#include "publish/sitemap.hpp"
#include "search/name_index.hpp"
#include "server/internal/per_commit.hpp"
#include "server/internal/slots.hpp"
#include "server/server.hpp"
#include "store/store.hpp"

namespace scenograph::server {

/// What the handlers of requests share. Thread-safe.
struct Services {
  Services(store::Store& its_store, const ServerOptions& its_options)
      : store(its_store),
        options(its_options),
        site{its_options.base_iri, its_options.site_name},
        names({.left_out = its_options.base_iri + "id/part/"}),
        queries(its_options.max_concurrent_queries) {}

  /// The graphs that anybody may read.
  [[nodiscard]] store::GraphSet readable(const store::View& view) const {
    return options.readable ? options.readable(view) : store::GraphSet::all();
  }

  store::Store& store;
  ServerOptions options;
  publish::Site site;
  search::IndexCache names;
  Slots queries;
  PerCommit<std::string> home_pages;
  PerCommit<publish::Sitemap> sitemaps;
};

}  // namespace scenograph::server
