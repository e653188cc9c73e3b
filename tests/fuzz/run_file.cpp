#include <array>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "fuzz/memory_file.hpp"
#include "store/internal/segment/block_file_layout.hpp"
#include "store/internal/segment/run.hpp"

// Opens damaged runs whose checksums are made right, so that the damage reaches the reader: every call ends with an
// answer or the Error that the file is damaged. The first byte says which of the two files is damaged, the second one
// where to look; the others are the damage.

namespace {

namespace engine = scenograph::store::internal;
using engine::Row;
using scenograph::fuzz::answers_or_corrupt;
using scenograph::fuzz::require;
using scenograph::store::Order;

constexpr std::size_t rows = 5000;
constexpr std::size_t graph_heads = 3;
constexpr std::size_t run_heads = 4;

std::vector<Row> sample() {
  std::vector<Row> out;
  for (std::uint64_t i = 0; i < rows; ++i)
    out.push_back({100 + i / 5, 7 + i % 5, (i * 2654435761U) % 9000, i / 3 % 70});
  return out;
}

template <typename Make>
std::string run_of(const Make& make) {
  return scenograph::fuzz::bytes_written([&](const std::filesystem::path& path) {
    const std::unique_ptr<engine::RunWriter> writer = make(path);
    writer->append(sample());
    writer->finish();
  });
}

/// Makes all checksums right, as far as the footer's places allow.
void seal(std::string& bytes, std::size_t heads) {
  engine::BlockFileFooter footer;
  const std::size_t end = bytes.size() - sizeof footer;
  std::memcpy(&footer, bytes.data() + end, sizeof footer);
  const auto at = [&](std::size_t from, std::size_t size) {
    return std::as_bytes(std::span(bytes).subspan(from, size));
  };
  const std::size_t column = footer.blocks * sizeof(std::uint64_t);
  if (footer.blocks < bytes.size() && footer.index_at <= end && column * (heads + 2) == end - footer.index_at) {
    std::vector<std::uint64_t> offsets(footer.blocks + 1, footer.blocks_end);
    std::memcpy(offsets.data(), bytes.data() + footer.index_at + heads * column, column);
    for (std::size_t block = 0; block < footer.blocks; ++block) {
      if (offsets[block] > offsets[block + 1] || offsets[block + 1] > end) continue;
      const std::uint64_t checksum = engine::checksum_of(at(offsets[block], offsets[block + 1] - offsets[block]));
      std::memcpy(bytes.data() + footer.index_at + (heads + 1) * column + block * sizeof checksum, &checksum,
                  sizeof checksum);
    }
  }
  if (footer.blocks_end <= end)
    footer.index_checksum = engine::checksum_of(at(footer.blocks_end, end - footer.blocks_end));
  footer.checksum = engine::checksum_of(footer);
  std::memcpy(bytes.data() + end, &footer, sizeof footer);
}

void ask(const engine::Run& run, unsigned which) {
  std::array<std::vector<std::uint64_t>, 4> columns;
  for (auto& column : columns) column.resize(engine::block_rows);
  const engine::ColumnTargets targets = {columns[0].data(), columns[1].data(), columns[2].data(), columns[3].data()};
  const std::uint64_t step = 1 + run.size() / 8;
  for (std::uint64_t first = which % step; first < run.size(); first += step) {
    answers_or_corrupt([&] {
      const std::size_t most = 1 + which * 13 % engine::block_rows;
      const std::size_t count = run.read(first, most, targets);
      require(count > 0 && count <= most);
      const Row row = {columns[0][0], columns[1][0], columns[2][0], columns[3][0]};
      require(run.lower_bound(row) <= run.size());
    });
  }
  answers_or_corrupt([&] { require(run.lower_bound({which, 8, 500, 3}) <= run.size()); });
  answers_or_corrupt([&] { require(run.read(run.size(), 1, targets) == 0); });
  answers_or_corrupt([&] { run.verify(); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string spog = run_of([](const auto& path) { return engine::make_run_writer(path, Order::Spog); });
  static const std::string gspo =
      run_of([](const auto& path) { return engine::make_graph_run_writer(path, std::size_t{1} << 20U); });
  scenograph::fuzz::Input input(data, size);
  const unsigned damaged = input.byte() % 2;
  const unsigned which = input.byte();
  std::string bytes = damaged == 0 ? spog : gspo;
  scenograph::fuzz::damage(bytes, input);
  seal(bytes, damaged == 0 ? run_heads : graph_heads);
  const scenograph::fuzz::MemoryFile file(bytes);
  const scenograph::fuzz::MemoryFile other(damaged == 0 ? gspo : spog);
  answers_or_corrupt([&] {
    const auto run = engine::open_run(damaged == 0 ? file.path() : other.path(), Order::Spog);
    ask(*run, which);
    ask(*engine::open_graph_run(damaged == 0 ? other.path() : file.path(), run), which);
  });
  return 0;
}
