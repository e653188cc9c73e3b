#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <exception>
#include <filesystem>
#include <random>
#include <string_view>
#include <vector>

#include "quads.hpp"
#include "store/internal/segment/column.hpp"
#include "store/internal/segment/run.hpp"

// Usage: runs QUADS.nq FOLDER
//
// Writes the seven runs of the quads and prints their sizes, what each column takes, and how fast they are written,
// scanned and searched, in CPU time of the one thread.

namespace scenograph::benchmarks {

namespace {

namespace engine = store::internal;
using engine::Row;
using store::Order;

constexpr std::array<std::string_view, 7> names = {"spog", "sopg", "psog", "posg", "ospg", "opsg", "gspo"};

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec) * 1e-6;
}

/// The least CPU time of a few rounds, in seconds.
template <typename Work>
double best_time(int rounds, const Work& work) {
  double best = 1e9;
  for (int round = 0; round < rounds; ++round) {
    const double start = cpu_seconds();
    work();
    best = std::min(best, cpu_seconds() - start);
  }
  return best;
}

std::vector<Row> rows_in(const std::vector<store::QuadId>& quads, Order order) {
  std::vector<Row> rows;
  rows.reserve(quads.size());
  for (const auto& quad : quads) rows.push_back(engine::row_of(quad, order));
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

void print_columns(const std::vector<Row>& rows) {
  engine::ColumnEncoder encoder;
  std::array<std::size_t, 4> bytes{};
  std::array<std::array<std::size_t, 5>, 4> used{};
  std::vector<std::uint64_t> numbers(engine::block_rows);
  std::vector<std::byte> out;
  for (std::size_t at = 0; at < rows.size(); at += engine::block_rows) {
    const std::size_t count = std::min(engine::block_rows, rows.size() - at);
    for (std::size_t member = 0; member < 4; ++member) {
      for (std::size_t row = 0; row < count; ++row) numbers[row] = rows[at + row][member];
      out.clear();
      encoder.encode({numbers.data(), count}, out);
      bytes[member] += out.size();
      ++used[member][std::to_integer<std::size_t>(out[0])];
    }
  }
  for (std::size_t member = 0; member < 4; ++member) {
    fmt::print("    column {}: {:.3f} bytes/row; blocks by encoding {}\n", member,
               static_cast<double>(bytes[member]) / static_cast<double>(rows.size()), fmt::join(used[member], " "));
  }
}

double scan_time(const engine::Run& run, std::size_t columns) {
  std::array<std::vector<std::uint64_t>, 4> buffers;
  for (auto& buffer : buffers) buffer.resize(engine::block_rows);
  engine::ColumnTargets targets{};
  for (std::size_t member = 4 - columns; member < 4; ++member) {
    targets[columns == 4 ? member : member - 1] = buffers[member].data();
  }
  return best_time(5, [&] {
    for (std::uint64_t at = 0; at < run.size();) at += run.read(at, engine::block_rows, targets);
  });
}

void print_lookups(const engine::Run& run, const std::vector<Row>& rows) {
  constexpr std::size_t lookups = 200000;
  constexpr std::size_t wanted = 10;
  std::mt19937_64 random(1);
  std::vector<Row> keys(lookups);
  for (Row& key : keys) {
    const Row& row = rows[random() % rows.size()];
    key = {row[0], row[1], 0, 0};
  }
  std::array<std::array<std::uint64_t, wanted>, 4> buffers;
  const engine::ColumnTargets targets = {buffers[0].data(), buffers[1].data(), buffers[2].data(), buffers[3].data()};
  std::uint64_t sum = 0;
  const double searching = best_time(3, [&] {
    for (const Row& key : keys) sum += run.lower_bound(key);
  });
  const double reading = best_time(3, [&] {
    for (const Row& key : keys) sum += run.read(run.lower_bound(key), wanted, targets);
  });
  fmt::print("    lookup {:.0f} ns, with up to {} rows read {:.0f} ns ({})\n", searching / lookups * 1e9, wanted,
             reading / lookups * 1e9, sum % 10);
}

void measure(const std::vector<store::QuadId>& quads, Order order, const std::filesystem::path& folder, double& total) {
  const auto number = static_cast<std::size_t>(order);
  const auto path = folder / names[number];
  const bool by_graph = order == Order::Gspo;
  const auto rows = rows_in(quads, by_graph ? Order::Spog : order);
  const auto million = static_cast<double>(rows.size()) / 1e6;
  const double writing = best_time(2, [&] {
    const auto writer =
        by_graph ? engine::make_graph_run_writer(path, std::size_t{64} << 20U) : engine::make_run_writer(path, order);
    writer->append(rows);
    writer->finish();
  });
  const auto run = by_graph ? engine::open_graph_run(path, engine::open_run(folder / names[0], Order::Spog))
                            : engine::open_run(path, order);
  const double bytes = static_cast<double>(run->file_bytes()) / static_cast<double>(rows.size());
  total += bytes;
  fmt::print("{}: {:.3f} bytes/row; written at {:.1f} M rows/s; read at {:.0f} (2 columns), {:.0f} (3), {:.0f} (4)\n",
             names[number], bytes, million / writing, million / scan_time(*run, 2), million / scan_time(*run, 3),
             million / scan_time(*run, 4));
  print_lookups(*run, by_graph ? rows_in(quads, Order::Gspo) : rows);
  if (!by_graph) print_columns(rows);
}

}  // namespace

}  // namespace scenograph::benchmarks

int main(int count, char** words) {
  try {
    if (count != 3) throw std::invalid_argument("usage: runs QUADS.nq FOLDER");
    const auto quads = scenograph::benchmarks::read_quads(words[1]);
    double total = 0;
    for (std::size_t order = 0; order < scenograph::store::order_count; ++order) {
      scenograph::benchmarks::measure(quads, static_cast<scenograph::store::Order>(order), words[2], total);
    }
    fmt::print("all: {:.2f} bytes/quad\n", total);
  } catch (const std::exception& error) {
    fmt::print(stderr, "runs: {}\n", error.what());
    return 1;
  }
  return 0;
}
