#pragma once

#include <utility>
#include <vector>

#include "ingest/load_remote.hpp"
#include "ingest/quarantine.hpp"
#include "publish/quality.hpp"
#include "publish/site.hpp"
#include "publish/sitemap.hpp"
#include "rdf/term.hpp"
#include "search/index_cache.hpp"
#include "server/internal/per_commit.hpp"
#include "server/internal/running_queries.hpp"
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
        queries(its_options.max_concurrent_queries, its_options.slow_query),
        loads(its_options.max_concurrent_loads),
        edition(edition_of(its_store, its_options)),
        endpoints(sparql::federation::make_services(its_options.remote)),
        load(ingest::make_remote_loader(its_options.remote)) {}

  /// The graphs that anybody may read.
  [[nodiscard]] store::GraphSet readable(const store::View& view) const {
    return options.readable ? options.readable(view) : ingest::out_of_quarantine(view);
  }

  /// Those of them that tell of the world: scores are shown with what they are of, not as entities.
  [[nodiscard]] store::GraphSet shown(const store::View& view) const {
    const auto scores = view.find(rdf::Term::iri(publish::quality_graph(site)));
    return scores ? intersection(readable(view), store::GraphSet::all_but({*scores})) : readable(view);
  }

  /// Has the names of the latest commit indexed in the background.
  void refresh_names() {
    store::Snapshot snapshot = store.snapshot();
    store::GraphSet graphs = shown(*snapshot);
    names.refresh(std::move(snapshot), std::move(graphs));
  }

  [[nodiscard]] static std::string edition_of(const store::Store& store, const ServerOptions& options);

  store::Store& store;
  ServerOptions options;
  publish::Site site;
  search::IndexCache names;
  RunningQueries queries;
  Slots loads;          ///< of large graphs
  std::string edition;  ///< changes with anything but the data that an answer is made of, and between stores
  std::shared_ptr<const sparql::ServiceClient> endpoints;  ///< that SERVICE may ask; null: none
  sparql::DocumentLoader load;                             ///< of what LOAD may fetch; null: nothing
  PerCommit<std::string> home_pages;
  PerCommit<publish::Sitemap> sitemaps;
  PerCommit<publish::QualityTable> qualities;
  PerCommit<std::vector<rdf::Quad>> datasets;  ///< descriptions of what is readable
};

}  // namespace scenograph::server
