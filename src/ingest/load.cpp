#include "ingest/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "base/error.hpp"
#include "base/progress.hpp"
#include "store/bulk_load.hpp"

namespace scenograph::ingest {

namespace {

/// Below this, in bytes, a transaction is cheaper than sorting files.
constexpr std::uintmax_t least_for_bulk = std::uintmax_t{4} << 20U;

/// Whether the inputs hold little. What has no size (standard input, a pipe) is taken for much; what cannot be read is
/// left to the reader to report.
bool is_small(std::span<const RdfInput> inputs) {
  std::uintmax_t total = 0;
  for (const RdfInput& input : inputs) {
    std::error_code failure;
    const std::filesystem::file_status status = std::filesystem::status(input.path, failure);
    if (input.path == "-" || (exists(status) && !is_regular_file(status))) return false;
    const std::uintmax_t size = std::filesystem::file_size(input.path, failure);
    if (failure) return true;
    const std::string ending = input.path.extension().string();
    total += ending == ".gz" || ending == ".zst" ? size * 10 : size;
  }
  return total < least_for_bulk;
}

constexpr std::uint64_t checked_every = 1024;

base::Error names_a_graph(std::string_view graph) {
  return {base::Code::BadData,
          fmt::format("the document names the graph {}, but goes into one graph whole; send triples, without graphs",
                      graph)};
}

/// Puts quads without a graph into `graph`, and counts what passes.
syntax::QuadViewSink sink_of(store::LoadLane& lane, const rdf::Term& graph, bool one_graph, std::uint32_t document,
                             std::uint64_t& count) {
  return [&lane, unnamed = rdf::TermView(graph), one_graph, document, &count](std::span<const rdf::QuadView> quads) {
    for (rdf::QuadView quad : quads) {
      if (quad.graph.type == rdf::TermType::DefaultGraph) {
        quad.graph = unnamed;
      } else if (one_graph) {
        throw names_a_graph(quad.graph.value);
      }
      lane.add(quad, document);
    }
    count += quads.size();
  };
}

}  // namespace

LoadResult load_small(store::Store& store, std::span<const RdfInput> inputs, const rdf::Term& graph,
                      const store::CommitNote& note, const LoadOptions& options, bool replace) {
  LoadResult result;
  const auto transaction = store.begin();
  const store::TermId unnamed = transaction->intern(graph);
  std::vector<store::QuadId> replacing;
  for (const RdfInput& input : inputs) {
    store::BlankScope scope(*transaction);
    read_rdf(input, [&](const rdf::Quad& quad) {
      if (options.check && result.quads % checked_every == 0) options.check();
      if (options.one_graph && !quad.graph.is_default_graph()) throw names_a_graph(quad.graph.value);
      store::QuadId ids = scope.intern(quad);
      if (ids.graph == store::default_graph) ids.graph = unnamed;
      if (replace) {
        replacing.push_back(ids);
      } else {
        transaction->insert(ids);
      }
      ++result.quads;
    });
  }
  if (replace) transaction->replace(unnamed, std::move(replacing));
  result.commit = transaction->commit(note);
  return result;
}

LoadResult load_bulk(store::Store& store, std::span<const RdfInput> inputs, const rdf::Term& graph,
                     const store::CommitNote& note, const LoadOptions& options) {
  constexpr std::uint64_t steps = 1000;
  std::unique_ptr<base::Progress> sorting;
  store::BulkLoadOptions bulk;
  bulk.lanes = std::max<std::size_t>(options.threads, 1);
  bulk.memory = options.memory;
  bulk.check = options.check;
  bulk.before_commit = options.before_commit;
  bulk.progress = [&](double done) {
    if (sorting)
      sorting->update_now(static_cast<std::uint64_t>(done * steps), static_cast<std::uint64_t>(done * steps));
  };
  const auto load = store.begin_load(bulk);
  std::vector<std::uint64_t> counts(bulk.lanes);
  for (std::uint32_t document = 0; document < inputs.size(); ++document) {
    std::vector<syntax::QuadViewSink> sinks;
    for (std::size_t lane = 0; lane < bulk.lanes; ++lane) {
      sinks.push_back(sink_of(load->lane(lane), graph, options.one_graph, document, counts[lane]));
    }
    read_rdf_views(inputs[document], sinks, [&options](const RdfProgress&) {
      if (options.check) options.check();
    });
  }
  const bool shows =
      std::any_of(inputs.begin(), inputs.end(), [](const RdfInput& input) { return input.show_progress; });
  if (shows) sorting = std::make_unique<base::Progress>("sort and write", "‰", steps);
  LoadResult result;
  for (const std::uint64_t count : counts) result.quads += count;
  result.commit = load->commit(note);
  return result;
}

LoadResult load(store::Store& store, std::span<const RdfInput> inputs, const rdf::Term& graph,
                const store::CommitNote& note, const LoadOptions& options) {
  return is_small(inputs) ? load_small(store, inputs, graph, note, options)
                          : load_bulk(store, inputs, graph, note, options);
}

}  // namespace scenograph::ingest
