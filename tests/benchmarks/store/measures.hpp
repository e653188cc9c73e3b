#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string_view>

namespace scenograph::benchmarks {

/// How much and how long; each measure uses what it needs.
struct Settings {
  std::filesystem::path place;  ///< the data directory, or a folder on the disk to be measured
  std::filesystem::path file;   ///< quads to commit, N-Quads
  unsigned writers = 1;
  double seconds = 3;
  std::uint64_t quads = 0;  ///< to remove
  std::uint64_t batch = 1;  ///< quads in a commit
  unsigned repeats = 5;
};

class Stopwatch {
 public:
  [[nodiscard]] double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
};

/// One line of the program's output: "name value".
void report(std::string_view name, double value);

// Each measures one thing and reports it. REQUIRES: a store that holds data of the generator.

/// syncs: 4 KiB written in place and fdatasync, a second.
void measure_disk(const Settings& settings);

/// open_ms: until a snapshot answers a lookup.
void measure_open(const Settings& settings);

/// scan_mquads: rdf:type through every column, best of the repeats; scan_all_mquads: everything, in one order;
/// scan_objects_mquads: everything by predicate and object, where changes lie scattered.
void measure_scan(const Settings& settings);

/// Some SPARQL queries, best of the repeats: NAME_ms of processor time, and NAME_sum that tells whether two stores gave
/// the same answer.
void measure_queries(const Settings& settings);

/// lookup_us: (s,p,?) from ids to ids; lookup_terms_us: from terms to terms. Each over random pairs, the second time.
void measure_lookup(const Settings& settings);

/// commits: of `batch` new quads each, a second, over all writers; commit_ms_p50, commit_ms_p99: as one writer sees it.
void measure_commits(const Settings& settings);

/// replacements: of a writer's graph of 30 quads, nine of them changed each time, a second, over all writers.
void measure_replace(const Settings& settings);

/// Commits the file's quads, `batch` at a time. recent_rate: quads a second.
void commit_file(const Settings& settings);

/// Removes whole graphs in one transaction until so many quads are gone: remove_seconds, removed.
void measure_remove(const Settings& settings);

}  // namespace scenograph::benchmarks
