#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <optional>
#include <vector>

#include "base/budget.hpp"
#include "shacl/internal/collector.hpp"
#include "shacl/internal/validation.hpp"

namespace scenograph::shacl {

/// Deals the focus nodes of all shapes out to threads, block by block, and has their findings collected in the order of
/// the blocks, so that it does not matter how many threads there are. Any number of threads.
class Blocks {
 public:
  struct Block {
    std::uint64_t number = 0;
    ShapeId shape{};
    std::vector<store::TermId> nodes;
  };

  /// Everything must outlive it.
  Blocks(const Shapes& shapes, const Options& options, Collector& collector);

  /// Where no block is left, or there is enough, or another thread failed: nullopt.
  ///
  /// @param finder  finds focus nodes; the calling thread's own.
  [[nodiscard]] std::optional<Block> next(Validation& finder);

  /// Collects findings of a block, once all blocks before it are done; empties `findings`.
  void collect(std::uint64_t block, std::vector<Finding>& findings);

  /// To be called once for each block, after all of its findings.
  void done(std::uint64_t block);

  /// Has all threads end soon.
  void fail(std::exception_ptr error);

  /// Nodes of all blocks so far, each once for every shape.
  [[nodiscard]] std::uint64_t nodes_dealt() const noexcept { return nodes_dealt_; }

  /// Throws what `fail` was told of first, if anything. REQUIRES: all threads are done.
  void rethrow() const;

 private:
  /// Whether the turn came, and not the end.
  [[nodiscard]] bool await_turn(std::unique_lock<std::mutex>& lock, std::uint64_t block);
  [[nodiscard]] bool has_ended() const { return error_ || collector_->has_enough(); }
  [[nodiscard]] bool next_shape(Validation& finder);

  std::vector<ShapeId> shapes_;  // those left, the next one last
  bool starts_small_;
  Collector* collector_;

  std::mutex mutex_;
  std::condition_variable turned_;
  ShapeId shape_{};
  std::vector<store::TermId> focus_;  // of the shape
  std::size_t dealt_ = 0;             // of these
  std::size_t size_ = 0;              // of the next block
  std::uint64_t next_number_ = 0;
  std::uint64_t nodes_dealt_ = 0;
  std::uint64_t turn_ = 0;  // the block whose findings are collected
  std::exception_ptr error_;
};

/// One thread's work: checks blocks until none is left.
void check_blocks(const store::View& view, const Shapes& shapes, const Options& options, Nodes& nodes,
                  base::Budget& budget, Blocks& blocks);

}  // namespace scenograph::shacl
