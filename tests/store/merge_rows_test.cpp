#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <vector>

#include "store/internal/rows/merge.hpp"
#include "store/internal/rows/sources.hpp"
#include "store/internal/segment/run.hpp"
#include "support/temporary_folder.hpp"

// Merging of layers against a plain map of sums, with layers as consecutive commits make them.

namespace scenograph::store::internal {

namespace {

using Random = std::mt19937_64;
using Rows = std::vector<Row>;
using tests::TemporaryFolder;

struct Layer {
  Rows added;
  Rows removed;
};

/// A row whose first `bound` members are 7.
Row random_row(std::size_t bound, std::uint64_t from, std::uint64_t below, Random& random) {
  Row row{from + random() % (below - from), random() % 6, random() % 40, random() % 2};
  std::rotate(row.begin(), row.end() - static_cast<std::ptrdiff_t>(bound), row.end());
  for (std::size_t i = 0; i < bound; ++i) row[i] = 7;
  return row;
}

/// Each layer changes rows of a stretch, as an import does, or from all over.
std::vector<Layer> random_layers(std::size_t bound, Random& random) {
  constexpr std::uint64_t members = 300;
  std::vector<Layer> layers;
  std::set<Row> present;
  for (std::size_t size = 30'000; size > 0; size /= 1 + random() % 5 * 2) {
    const std::uint64_t from = layers.empty() ? 0 : random() % members;
    const std::uint64_t below = random() % 2 == 0 ? members : std::min(members, from + 3);
    std::set<Row> changed;
    for (std::size_t i = 0; i < size; ++i) changed.insert(random_row(bound, from, std::max(below, from + 1), random));
    Layer layer;
    for (const Row& row : changed) {
      const bool is_new = present.insert(row).second;
      if (!is_new) present.erase(row);
      (is_new ? layer.added : layer.removed).push_back(row);
    }
    layers.push_back(std::move(layer));
    if (layers.size() == 9) break;
  }
  return layers;
}

Rows naive_merge(std::span<const Layer> layers, Sign wanted) {
  std::map<Row, int> sums;
  for (const Layer& layer : layers) {
    for (const Row& row : layer.added) ++sums[row];
    for (const Row& row : layer.removed) --sums[row];
  }
  Rows rows;
  for (const auto& [row, sum] : sums) {
    if (sum == static_cast<int>(wanted)) rows.push_back(row);
  }
  return rows;
}

/// Inputs of a merge: runs in files and rows in memory, in any order.
class Inputs {
 public:
  Inputs(std::span<const Layer> layers, Random& random) {
    for (const Layer& layer : layers) {
      add(Sign::Added, layer.added, random);
      add(Sign::Removed, layer.removed, random);
    }
  }

  std::vector<SignedRows> take(Random& random) const {
    std::vector<SignedRows> inputs;
    for (const auto& [sign, run] : runs_) inputs.push_back({sign, run_rows(run, 0, run->size()), run->size()});
    for (const auto& [sign, rows] : in_memory_) inputs.push_back({sign, sorted_rows(*rows), rows->size()});
    std::shuffle(inputs.begin(), inputs.end(), random);
    return inputs;
  }

 private:
  void add(Sign sign, const Rows& rows, Random& random) {
    if (random() % 3 == 0) {
      in_memory_.emplace_back(sign, &rows);
      return;
    }
    const auto path = folder_.path() / std::to_string(runs_.size());
    const auto writer = make_run_writer(path, Order::Spog);
    writer->append(rows);
    writer->finish();
    runs_.emplace_back(sign, open_run(path, Order::Spog));
  }

  TemporaryFolder folder_;
  std::vector<std::pair<Sign, std::shared_ptr<const Run>>> runs_;
  std::vector<std::pair<Sign, const Rows*>> in_memory_;
};

/// Reads all, a random number of rows and some or all columns at a time; now and then skips to a row further on.
void check_reading(RowSource& merged, const Rows& expected, std::size_t bound, bool seeks, Random& random) {
  constexpr std::uint64_t untouched = ~std::uint64_t{0};
  const std::size_t largest = random() % 2 == 0 ? 50 : 3000;
  std::size_t at = 0;
  while (true) {
    if (seeks && random() % 4 == 0 && !expected.empty()) {
      Row key = expected[random() % expected.size()];
      key[bound + random() % (4 - bound)] += random() % 3;
      const auto found = std::lower_bound(expected.begin(), expected.end(), key) - expected.begin();
      at = std::max(at, static_cast<std::size_t>(found));
      merged.seek(key);
    }
    const std::size_t most = 1 + random() % largest;
    std::array<std::vector<std::uint64_t>, 4> columns;
    ColumnTargets targets{};
    for (std::size_t c = 0; c < 4; ++c) {
      columns[c].assign(most + 1, untouched);
      if (random() % 8 != 0) targets[c] = columns[c].data();
    }
    const std::size_t count = merged.read(most, targets);
    REQUIRE(count <= std::min(most, expected.size() - at));
    for (std::size_t c = 0; c < 4; ++c) {
      REQUIRE(columns[c][most] == untouched);
      if (targets[c] == nullptr) continue;
      for (std::size_t i = 0; i < count; ++i) REQUIRE(columns[c][i] == expected[at + i][c]);
    }
    at += count;
    if (count == 0) break;
  }
  REQUIRE(at == expected.size());
  REQUIRE(merged.read(10, {}) == 0);
}

}  // namespace

TEST_CASE("merging layers gives what their signs add up to") {
  const unsigned seed = GENERATE(range(0U, 25U));
  CAPTURE(seed);
  Random random(seed);
  const std::size_t bound = random() % 4;
  const std::vector<Layer> layers = random_layers(bound, random);
  for (const std::size_t first : {std::size_t{0}, layers.size() / 2, layers.size() - 1}) {
    const std::span some = std::span(layers).subspan(first);
    const Inputs inputs(some, random);
    for (const Sign wanted : {Sign::Added, Sign::Removed}) {
      const Rows expected = naive_merge(some, wanted);
      for (const bool seeks : {false, true}) {
        check_reading(*merge_rows(inputs.take(random), wanted, bound), expected, bound, seeks, random);
      }
    }
  }
}

}  // namespace scenograph::store::internal
