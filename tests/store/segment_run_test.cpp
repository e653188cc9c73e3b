#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <vector>

#include "base/error.hpp"
#include "store/internal/segment/run.hpp"
#include "support/temporary_folder.hpp"

namespace scenograph::store::internal {

namespace {

using Random = std::mt19937_64;
using Rows = std::vector<Row>;
using tests::TemporaryFolder;

Rows sorted(Rows rows) {
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

/// Distinct sorted rows with members below the limits.
Rows random_rows(std::size_t count, const Row& limits, Random& random) {
  Rows rows(count);
  for (Row& row : rows) {
    for (std::size_t member = 0; member < 4; ++member) row[member] = random() % limits[member];
  }
  return sorted(std::move(rows));
}

void write(RunWriter& writer, const Rows& rows, Random& random) {
  for (std::size_t at = 0; at < rows.size();) {
    const std::size_t count = std::min<std::size_t>(1 + random() % 5000, rows.size() - at);
    writer.append(std::span(rows).subspan(at, count));
    at += count;
  }
  writer.finish();
}

std::shared_ptr<const Run> run_of(const std::filesystem::path& path, const Rows& rows, Random& random) {
  write(*make_run_writer(path, Order::Spog), rows, random);
  return open_run(path, Order::Spog);
}

Rows read_rows(const Run& run, std::uint64_t first, std::size_t most) {
  std::array<std::vector<std::uint64_t>, 4> columns;
  Rows rows;
  while (rows.size() < most) {
    const std::size_t wanted = most - rows.size();
    for (auto& column : columns) column.resize(wanted);
    const std::size_t count =
        run.read(first, wanted, {columns[0].data(), columns[1].data(), columns[2].data(), columns[3].data()});
    if (count == 0) break;
    REQUIRE(count <= wanted);
    for (std::size_t row = 0; row < count; ++row) {
      rows.push_back({columns[0][row], columns[1][row], columns[2][row], columns[3][row]});
    }
    first += count;
  }
  return rows;
}

void check_reads(const Run& run, const Rows& rows, Random& random) {
  REQUIRE(run.size() == rows.size());
  REQUIRE(read_rows(run, 0, rows.size() + 1) == rows);
  for (int round = 0; round < 50 && !rows.empty(); ++round) {
    const std::size_t first = random() % rows.size();
    const std::size_t count = std::min<std::size_t>(1 + random() % 40, rows.size() - first);
    const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(first);
    REQUIRE(read_rows(run, first, count) == Rows(begin, begin + static_cast<std::ptrdiff_t>(count)));
    std::vector<std::uint64_t> column(count);
    const std::size_t member = random() % 4;
    ColumnTargets one{};
    one[member] = column.data();
    const std::size_t part = run.read(first, count, one);
    REQUIRE(part > 0);
    for (std::size_t row = 0; row < part; ++row) REQUIRE(column[row] == rows[first + row][member]);
  }
  REQUIRE(run.read(rows.size(), 10, {}) == 0);
  REQUIRE_NOTHROW(run.verify());
}

void check_bound(const Run& run, const Rows& rows, const Row& key) {
  const auto expected = std::lower_bound(rows.begin(), rows.end(), key) - rows.begin();
  CAPTURE(key);
  REQUIRE(run.lower_bound(key) == static_cast<std::uint64_t>(expected));
  Row from{};
  for (std::size_t bound = 1; bound <= 4; ++bound) {
    from[bound - 1] = key[bound - 1];
    Row after = from;
    if (++after[bound - 1] == 0) break;
    const auto [low, high] = run.equal_range(from, bound);
    REQUIRE(low == run.lower_bound(from));
    REQUIRE(high == run.lower_bound(after));
  }
  for (std::uint64_t first = 0; first < run.size(); first += 1 + run.size() / 7) {
    REQUIRE(first + run.certain_below(first, key) <= std::max(first, run.lower_bound(key)));
  }
}

void check_bounds(const Run& run, const Rows& rows, Random& random) {
  constexpr std::uint64_t most = ~std::uint64_t{0};
  check_bound(run, rows, {});
  check_bound(run, rows, {most, most, most, most});
  for (int round = 0; round < 300 && !rows.empty(); ++round) {
    const Row row = rows[random() % rows.size()];
    check_bound(run, rows, row);
    const std::size_t from = random() % 4;
    for (const std::uint64_t rest : {std::uint64_t{0}, most, std::uint64_t{random() % 1000}}) {
      Row key = row;
      for (std::size_t member = from; member < 4; ++member) key[member] = rest;
      check_bound(run, rows, key);
    }
    Row beside = row;
    ++beside[from];
    check_bound(run, rows, beside);
    beside[from] -= 2;
    check_bound(run, rows, beside);
  }
}

base::Code code_of_opening(const std::filesystem::path& path) {
  try {
    open_run(path, Order::Spog)->verify();
  } catch (const base::Error& error) {
    CHECK(error.message().find(path.string()) != std::string::npos);
    return error.code();
  }
  FAIL("opened");
  return base::Code::Io;
}

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void replace(const std::filesystem::path& path, const std::string& content) {
  std::filesystem::remove(path);  // a mapped file is left as it was
  std::ofstream(path, std::ios::binary) << content;
}

/// The rows as Gspo orders them.
Rows by_graph(const Rows& spog) {
  Rows rows;
  rows.reserve(spog.size());
  for (const Row& row : spog) rows.push_back({row[3], row[0], row[1], row[2]});
  return sorted(std::move(rows));
}

}  // namespace

TEST_CASE("a run gives back its rows and finds every key", "[segment]") {
  const TemporaryFolder folder;
  Random random(1);
  const auto count =
      GENERATE(std::size_t{0}, std::size_t{1}, std::size_t{100}, block_rows, 3 * block_rows, std::size_t{20000});
  const auto limits = GENERATE(Row{1000000, 40, 100000, 5}, Row{3, 2, 1000000, 1000000}, Row{1, 1, 1, 10000000},
                               Row{20, 20, 20, 20}, Row{~0ULL, ~0ULL, ~0ULL, ~0ULL});
  const Rows rows = random_rows(count, limits, random);
  const auto run = run_of(folder.path() / "run", rows, random);
  check_reads(*run, rows, random);
  check_bounds(*run, rows, random);
  CHECK(run->file_bytes() == std::filesystem::file_size(folder.path() / "run"));
}

TEST_CASE("an unfinished run leaves no file", "[segment]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "run";
  {
    const auto writer = make_run_writer(path, Order::Posg);
    writer->append(Rows{{1, 2, 3, 4}});
    CHECK(std::filesystem::exists(path));
  }
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("a run of another order, version or origin is refused", "[segment]") {
  const TemporaryFolder folder;
  Random random(2);
  const auto path = folder.path() / "run";
  static_cast<void>(run_of(path, {{1, 2, 3, 4}}, random));
  const std::string good = content_of(path);
  CHECK_THROWS_AS(open_run(path, Order::Posg), base::Error);
  std::string other = good;
  other[8] = 9;
  other[other.size() - 24] = 9;
  replace(path, other);
  CHECK(code_of_opening(path) == base::Code::Unsupported);
  replace(path, "not a run, but a text that is longer than a header and a footer would be in a file with no row");
  CHECK(code_of_opening(path) == base::Code::Corrupt);
  replace(path, "");
  CHECK(code_of_opening(path) == base::Code::Corrupt);
  CHECK(code_of_opening(folder.path() / "none") == base::Code::NotFound);
}

TEST_CASE("no flipped bit and no cut goes unnoticed", "[segment]") {
  const TemporaryFolder folder;
  Random random(3);
  const auto path = folder.path() / "run";
  const Rows rows = random_rows(60, {50, 5, 1000, 3}, random);
  static_cast<void>(run_of(path, rows, random));
  const std::string good = content_of(path);
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ (1 << random() % 8));
    replace(path, bad);
    CAPTURE(at);
    const base::Code code = code_of_opening(path);
    REQUIRE(code == base::Code::Corrupt);
    replace(path, good.substr(0, at));
    REQUIRE(code_of_opening(path) == base::Code::Corrupt);
  }
}

TEST_CASE("damage of one block spares the others", "[segment]") {
  const TemporaryFolder folder;
  Random random(4);
  const auto path = folder.path() / "run";
  const Rows rows = random_rows(3 * block_rows, {5000, 5, 1000, 3}, random);
  static_cast<void>(run_of(path, rows, random));
  std::string bad = content_of(path);
  bad[100] = static_cast<char>(~bad[100]);
  replace(path, bad);
  const auto run = open_run(path, Order::Spog);
  CHECK(read_rows(*run, block_rows, 10) == Rows(rows.begin() + block_rows, rows.begin() + block_rows + 10));
  try {
    read_rows(*run, 0, 1);
    FAIL("read a damaged block");
  } catch (const base::Error& error) {
    CHECK(error.code() == base::Code::Corrupt);
    CHECK(error.message() == path.string() +
                                 " is damaged: block 0 fails its checksum; restore it from a backup; "
                                 "scenograph verify lists all damage");
  }
  CHECK_THROWS_AS(run->verify(), base::Error);
}

TEST_CASE("a graph run gives each graph its rows", "[segment]") {
  const TemporaryFolder folder;
  Random random(5);
  const auto count = GENERATE(std::size_t{0}, std::size_t{1}, std::size_t{300}, std::size_t{30000});
  const auto shape = GENERATE(0, 1, 2, 3, 4);
  const auto memory = GENERATE(std::size_t{0}, std::size_t{1} << 20U);
  CAPTURE(count, shape, memory);
  Rows rows = random_rows(count, {5000, 10, 1000, 1}, random);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const std::array<std::uint64_t, 5> graphs = {7, at % 2 * 1000, at / 30, random() % 100, rows[at][0] % 13};
    rows[at][3] = graphs[static_cast<std::size_t>(shape)];
  }
  const auto spog = run_of(folder.path() / "spog", rows, random);
  write(*make_graph_run_writer(folder.path() / "gspo", memory), rows, random);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 2);
  const auto run = open_graph_run(folder.path() / "gspo", spog);
  const Rows expected = by_graph(rows);
  check_reads(*run, expected, random);
  check_bounds(*run, expected, random);
}

TEST_CASE("a quad in many graphs is in each of them", "[segment]") {
  const TemporaryFolder folder;
  Random random(6);
  const Rows rows = random_rows(20000, {100, 3, 10, 50}, random);
  const auto spog = run_of(folder.path() / "spog", rows, random);
  write(*make_graph_run_writer(folder.path() / "gspo", 1U << 20U), rows, random);
  const auto run = open_graph_run(folder.path() / "gspo", spog);
  check_reads(*run, by_graph(rows), random);
  check_bounds(*run, by_graph(rows), random);
}

TEST_CASE("no flipped bit of a graph run goes unnoticed", "[segment]") {
  const TemporaryFolder folder;
  Random random(7);
  const Rows rows = random_rows(60, {50, 5, 1000, 3}, random);
  const auto spog = run_of(folder.path() / "spog", rows, random);
  const auto path = folder.path() / "gspo";
  write(*make_graph_run_writer(path, 1U << 20U), rows, random);
  const std::string good = content_of(path);
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ (1 << random() % 8));
    replace(path, bad);
    CAPTURE(at);
    REQUIRE_THROWS_AS(open_graph_run(path, spog)->verify(), base::Error);
  }
  replace(path, good);
  const auto other = run_of(folder.path() / "other", random_rows(50, {50, 5, 1000, 3}, random), random);
  CHECK_THROWS_AS(open_graph_run(path, other), base::Error);
}

}  // namespace scenograph::store::internal
