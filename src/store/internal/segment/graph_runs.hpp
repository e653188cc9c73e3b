#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

// Blocks of a graph run: where the rows of each graph lie in the Spog run. docs/format-segment.md, "Graph run".

namespace scenograph::store::internal {

/// Neighbouring rows of a Spog run that belong to one graph.
struct GraphRun {
  std::uint64_t graph = 0;
  std::uint64_t start = 0;
  std::uint64_t length = 0;

  [[nodiscard]] std::uint64_t end() const { return start + length; }
};

/// Runs of a block at most.
inline constexpr std::size_t block_graph_runs = 128;

/// Encodes 1 to `block_graph_runs` runs, sorted by graph and start; runs of one graph neither touch nor overlap.
void encode_graph_runs(std::span<const GraphRun> runs, std::vector<std::byte>& out);

/// Decodes what `encode_graph_runs` wrote, given what the index says of the block.
///
/// @param first  graph and start of the first run
/// @param rows   of the Spog run: no run may end past them
/// @return  how many runs; 0 if the bytes are no such block.
[[nodiscard]] std::size_t decode_graph_runs(std::span<const std::byte> bytes, const GraphRun& first, std::uint64_t rows,
                                            std::span<GraphRun, block_graph_runs> out);

}  // namespace scenograph::store::internal
