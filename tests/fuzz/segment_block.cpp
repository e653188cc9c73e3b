#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "store/internal/segment/block.hpp"
#include "store/internal/segment/graph_runs.hpp"

// Decodes blocks of runs from hostile bytes: what the checks accept must decode without leaving the bytes, the same way
// in whole and in parts. The first two bytes are the number of rows and whether the rest is to be encoded first.

namespace {

namespace engine = scenograph::store::internal;

using Columns = std::array<std::vector<std::uint64_t>, 4>;

void require(bool holds) {
  if (!holds) std::abort();
}

void decode(std::vector<std::byte> bytes, std::size_t rows) {
  bytes.resize(bytes.size() + engine::packing_slack);
  bytes.shrink_to_fit();
  if (!engine::is_block(std::span(bytes).first(bytes.size() - engine::packing_slack), rows)) return;
  const engine::Block block(bytes, rows);
  Columns columns;
  for (std::size_t member = 0; member < 4; ++member) {
    columns[member].resize(rows);
    const engine::Column column = block.column(member);
    column.read(0, rows, columns[member].data());
    for (std::size_t row = 0; row < rows; row += 1 + rows / 16) require(column.at(row) == columns[member][row]);
  }
  const std::size_t middle = rows / 2;
  require(block.lower_bound({columns[0][middle], columns[1][middle], columns[2][middle], columns[3][middle]}) <= rows);
}

/// Encodes the bytes as columns of numbers, which must come back. @return the block
std::vector<std::byte> encode(const std::uint8_t* data, std::size_t size, std::size_t rows) {
  Columns columns;
  std::array<std::span<const std::uint64_t>, 4> spans;
  for (std::size_t member = 0; member < 4; ++member) {
    columns[member].resize(rows);
    for (std::size_t row = 0; row < rows && size > 8; ++row) {
      std::memcpy(&columns[member][row], data + (row * 3 + member * 5) % (size - 8), 1 + (row + member) % 8);
    }
    spans[member] = columns[member];
  }
  engine::BlockEncoder encoder(scenograph::store::Order::Spog);
  const auto encoded = encoder.encode(spans);
  std::vector<std::byte> bytes(encoded.begin(), encoded.end());
  bytes.resize(bytes.size() + engine::packing_slack);
  require(engine::is_block(std::span(bytes).first(encoded.size()), rows));
  const engine::Block block(bytes, rows);
  for (std::size_t member = 0; member < 4; ++member) {
    std::vector<std::uint64_t> numbers(rows);
    block.column(member).read(0, rows, numbers.data());
    require(numbers == columns[member]);
  }
  bytes.resize(bytes.size() - engine::packing_slack);
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 4) return 0;
  const std::size_t rows = 1 + (data[0] * 256U + data[1]) % engine::column_rows;
  const auto rest = std::as_bytes(std::span(data + 4, size - 4));
  if (data[2] % 2 == 0) {
    decode({rest.begin(), rest.end()}, rows);
  } else {
    // Flips a few bits of a good block, as the input's last bytes say.
    auto bytes = encode(data + 4, size - 4, rows);
    for (std::size_t at = size - std::min<std::size_t>(size, 8); at + 2 < size; at += 3) {
      bytes[(data[at] * 256U + data[at + 1]) % bytes.size()] ^= static_cast<std::byte>(1U << (data[at + 2] % 8U));
    }
    decode(std::move(bytes), rows);
  }
  std::array<engine::GraphRun, engine::block_graph_runs> runs;
  static_cast<void>(engine::decode_graph_runs(rest, {data[3], data[2], 0}, rows * 1000, runs));
  return 0;
}
