#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "jsonld/processor.hpp"
#include "publish/json_ld.hpp"
#include "rdf/vocab.hpp"
#include "store/store.hpp"

// How long the JSON-LD of an entity's page takes, by class of schema.org: some hundred entities of each, spread over
// the store, in the order of their names so that nearness in it does not help; the second time round counts.

using namespace scenograph;

namespace {

constexpr std::size_t sample = 500;

std::vector<std::string> some_of(const store::View& view, std::string_view name) {
  std::vector<std::string> out;
  const auto type = view.find(rdf::Term::iri(rdf::rdf::type));
  const auto of_class = view.find(rdf::Term::iri("http://schema.org/" + std::string(name)));
  if (!type || !of_class) return out;
  const std::size_t step = view.count({{}, *type, *of_class, {}}) / sample + 1;
  std::size_t row = 0;
  store::QuadBatch batch;
  const auto scan = view.scan({{{}, *type, *of_class, {}}, store::Order::Posg, store::GraphSet::all(), true});
  while (scan->next(batch)) {
    for (std::size_t i = 0; i < batch.size; ++i) {
      if (row++ % step == 0) out.push_back(view.term(batch.columns[0][i]).value);
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::size_t facts_in(const std::string& json) {
  std::size_t facts = 0;
  jsonld::read_rdf(json, "", {}, [&facts](const rdf::Quad&) { ++facts; });
  return facts;
}

void measure(const store::View& view, const char* name) {
  const publish::Site site{"http://data.ex.test/", "Benchmark"};
  const store::GraphSet all = store::GraphSet::all();
  const std::vector<std::string> entities = some_of(view, name);
  if (entities.empty()) return;
  std::size_t facts = 0;
  std::size_t bytes = 0;
  for (const std::string& entity : entities) {
    const std::string json = publish::page_json_ld(view, all, site, entity, "fr");
    facts += facts_in(json);
    bytes += json.size();
  }
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& entity : entities) (void)publish::page_json_ld(view, all, site, entity, "fr");
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
  const auto count = static_cast<double>(entities.size());
  fmt::print("| {} | {} | {:.0f} | {:.0f} | {:.1f} |\n", name, entities.size(), static_cast<double>(facts) / count,
             static_cast<double>(bytes) / count, took.count() / count);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "Usage: page_benchmark DATA_DIRECTORY\n");
    return EXIT_FAILURE;
  }
  store::StoreOptions options;
  options.read_only = true;
  const auto store = store::Store::open(argv[1], options);
  const auto snapshot = store->snapshot();
  fmt::print("| class | entities | facts each | bytes each | µs each |\n|---|---:|---:|---:|---:|\n");
  for (const char* name : {"TheaterEvent", "MusicEvent", "EventSeries", "CreativeWork", "Place", "Organization",
                           "TheaterGroup", "Person"}) {
    measure(*snapshot, name);
  }
  return EXIT_SUCCESS;
}
