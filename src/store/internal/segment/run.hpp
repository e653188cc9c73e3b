#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "store/internal/keys.hpp"

// A run: the quads of one segment in one order, in an immutable file. docs/format-segment.md describes the bytes.

namespace scenograph::store::internal {

/// Rows of one block decoded into columns, in the members' order of the run (`Row`).
inline constexpr std::size_t block_rows = 2048;

/// Where decoded columns go: each at least as long as what is asked for, or null if the column is not wanted.
using ColumnTargets = std::array<std::uint64_t*, 4>;

/// Rows `first` to `end` - 1 of a run.
struct Stretch {
  std::uint64_t first = 0;
  std::uint64_t end = 0;
};

/// A sorted set of rows that never changes. Thread-safe.
class Run {
 public:
  virtual ~Run() = default;

  [[nodiscard]] virtual std::uint64_t size() const = 0;

  /// Position of the first row that is `key` or more, by all four members; `size()` if there is none. The difference of
  /// two is the exact number of rows between. Cost: one binary search and the decoding of a part of one block.
  [[nodiscard]] virtual std::uint64_t lower_bound(const Row& key) const = 0;

  /// The rows that begin as `key` does, looking at `bound` members (1 to 4; the others are 0).
  /// Cost: as `lower_bound` if they lie in one block, else twice that.
  [[nodiscard]] virtual Stretch equal_range(const Row& key, std::size_t bound) const = 0;

  /// How many rows from position `first` on are less than `key`, as far as the index can tell: whole blocks only.
  /// Cost: one comparison, or a binary search.
  [[nodiscard]] virtual std::uint64_t certain_below(std::uint64_t first, const Row& key) const = 0;

  /// Decodes rows from position `first` on.
  ///
  /// @return  how many: 1 to `most`, up to the end of a block; 0 only if `first` is `size()`.
  /// @throws  Error(Code::Corrupt) naming the file, the block and the remedy if the block fails its checksum.
  virtual std::size_t read(std::uint64_t first, std::size_t most, const ColumnTargets& columns) const = 0;

  [[nodiscard]] virtual std::uint64_t file_bytes() const = 0;

  /// Reads every block. @throws Error(Code::Corrupt) if a checksum fails or rows are out of order.
  virtual void verify() const = 0;
};

/// Writes a run for any order but Gspo.
class RunWriter {
 public:
  virtual ~RunWriter() = default;

  /// REQUIRES: strictly ascending rows, over all calls.
  virtual void append(std::span<const Row> rows) = 0;

  /// Writes what is left and synchronises the file. Destroyed without it, the writer removes the file.
  /// @throws Error(Code::DiskFull, Code::Io)
  virtual void finish() = 0;
};

[[nodiscard]] std::unique_ptr<RunWriter> make_run_writer(const std::filesystem::path& path, Order order);

/// @throws  Error(Code::Corrupt, Code::NotFound, Code::Unsupported) naming the file; an unknown format version is
///          Unsupported.
[[nodiscard]] std::shared_ptr<const Run> open_run(const std::filesystem::path& path, Order order);

/// Writes the Gspo order as positions in a Spog run: each graph's rows are a subsequence of Spog. Takes the same rows
/// in the same (Spog) order as the writer of the Spog run. Memory: a few bytes for each change of graph, spilled past
/// `memory` bytes.
[[nodiscard]] std::unique_ptr<RunWriter> make_graph_run_writer(const std::filesystem::path& path, std::size_t memory);

/// Rows come as Gspo orders them. @param spog  the run that the positions point into.
[[nodiscard]] std::shared_ptr<const Run> open_graph_run(const std::filesystem::path& path,
                                                        std::shared_ptr<const Run> spog);

}  // namespace scenograph::store::internal
