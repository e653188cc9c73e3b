#include <algorithm>
#include <random>
#include <vector>

#include "base/error.hpp"
#include "measures.hpp"
#include "store/store.hpp"

namespace scenograph::benchmarks {

namespace {

using store::QuadId;
using store::TermId;

constexpr std::string_view type_iri = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::size_t lookups = 20'000;

std::unique_ptr<store::Store> open_for_reading(const Settings& settings) {
  store::StoreOptions options;
  options.read_only = true;
  return store::Store::open(settings.place, options);
}

TermId need(const store::View& view, const rdf::Term& term) {
  if (const auto id = view.find(term)) return *id;
  throw base::Error(base::Code::NotFound, "the store has no " + rdf::to_ntriples(term) + ": load generated data first");
}

/// Reads every id of the scan, so that no column may be left undecoded. @return quads a second.
double scan_rate(const store::View& view, const store::ScanRequest& request) {
  const Stopwatch watch;
  std::uint64_t check = 0;
  std::uint64_t quads = 0;
  store::QuadBatch batch;
  const auto scan = view.scan(request);
  while (scan->next(batch)) {
    quads += batch.size;
    for (const auto& column : batch.columns) {
      for (std::size_t i = 0; i < batch.size; ++i) check ^= column[i].bits();
    }
  }
  const double seconds = watch.seconds();
  [[maybe_unused]] const volatile std::uint64_t kept = check;  // so that the loop is not left out
  if (quads == 0) throw base::Error(base::Code::NotFound, "the scan found nothing: load generated data first");
  return static_cast<double>(quads) / seconds;
}

double best_scan(const store::View& view, const store::ScanRequest& request, unsigned repeats) {
  double best = 0;
  for (unsigned i = 0; i <= repeats; ++i) best = std::max(best, scan_rate(view, request));
  return best;
}

/// Subjects and predicates of quads from all over the store, in random order.
std::vector<QuadId> sample_pairs(const store::View& view) {
  const std::uint64_t step = std::max<std::uint64_t>(view.count({}) / lookups, 1);
  std::vector<QuadId> pairs;
  store::QuadBatch batch;
  std::uint64_t seen = 0;
  const auto scan = view.scan({});
  while (scan->next(batch)) {
    for (std::uint64_t i = (step - seen % step) % step; i < batch.size; i += step) {
      pairs.push_back({batch.columns[0][i], batch.columns[1][i], {}, {}});
    }
    seen += batch.size;
  }
  std::shuffle(pairs.begin(), pairs.end(), std::mt19937(1));
  return pairs;
}

/// @return objects found, added up; never 0.
std::uint64_t look_up(const store::View& view, const QuadId& pair, std::vector<TermId>* objects) {
  store::ScanRequest request;
  request.pattern = pair;
  store::QuadBatch batch;
  std::uint64_t found = 0;
  const auto scan = view.scan(request);
  while (scan->next(batch)) {
    found += batch.size;
    if (objects != nullptr) {
      objects->insert(objects->end(), batch.columns[2].begin(),
                      batch.columns[2].begin() + static_cast<std::ptrdiff_t>(batch.size));
    }
  }
  return found;
}

}  // namespace

void measure_open(const Settings& settings) {
  const Stopwatch watch;
  const auto store = open_for_reading(settings);
  need(*store->snapshot(), rdf::Term::iri(type_iri));
  report("open_ms", watch.seconds() * 1e3);
}

void measure_scan(const Settings& settings) {
  const auto store = open_for_reading(settings);
  const auto view = store->snapshot();
  store::ScanRequest request;
  request.pattern.predicate = need(*view, rdf::Term::iri(type_iri));
  request.order = store::Order::Psog;
  report("scan_mquads", best_scan(*view, request, settings.repeats) / 1e6);
  request.pattern = {};
  request.order = store::Order::Spog;
  report("scan_all_mquads", best_scan(*view, request, std::min(settings.repeats, 2U)) / 1e6);
  request.order = store::Order::Posg;
  report("scan_objects_mquads", best_scan(*view, request, std::min(settings.repeats, 2U)) / 1e6);
}

void measure_lookup(const Settings& settings) {
  const auto store = open_for_reading(settings);
  const auto view = store->snapshot();
  const std::vector<QuadId> pairs = sample_pairs(*view);
  double ids_us = 0;
  double terms_us = 0;
  std::vector<std::pair<rdf::Term, rdf::Term>> names;
  for (const QuadId& pair : pairs) names.emplace_back(view->term(pair.subject), view->term(pair.predicate));
  for (unsigned round = 0; round < 2; ++round) {
    const Stopwatch watch;
    for (const QuadId& pair : pairs) {
      if (look_up(*view, pair, nullptr) == 0) throw base::Error(base::Code::Corrupt, "a quad was not found again");
    }
    ids_us = watch.seconds() * 1e6 / static_cast<double>(pairs.size());
  }
  std::vector<TermId> objects;
  for (unsigned round = 0; round < 2; ++round) {
    const Stopwatch watch;
    for (const auto& [subject, predicate] : names) {
      objects.clear();
      look_up(*view, {need(*view, subject), need(*view, predicate), {}, {}}, &objects);
      if (view->terms(objects).empty()) throw base::Error(base::Code::Corrupt, "a quad was not found again");
    }
    terms_us = watch.seconds() * 1e6 / static_cast<double>(names.size());
  }
  report("lookup_us", ids_us);
  report("lookup_terms_us", terms_us);
}

}  // namespace scenograph::benchmarks
