#include "syntax/line_reader.hpp"

#include <cassert>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "syntax/internal/limited_source.hpp"
#include "syntax/internal/line_chunks.hpp"

namespace scenograph::syntax {

namespace {

/// A ring of chunks between the thread that reads and those that parse. Chunks are numbered; number n lives in place
/// n % ring size from when it is handed over until it is taken back, which happens in order.
class ChunkRing {
 public:
  struct Slot {
    Chunk chunk;
    bool parsed = false;
  };

  explicit ChunkRing(std::size_t size) : slots_(size) {}

  // For the thread that reads:

  /// Whether a chunk has to be taken back before the next can be filled.
  [[nodiscard]] bool is_full() const { return handed_over_ - taken_back_ == slots_.size(); }
  [[nodiscard]] bool is_empty() const { return handed_over_ == taken_back_; }
  [[nodiscard]] Chunk& to_fill() { return slot(handed_over_).chunk; }
  [[nodiscard]] const Chunk& oldest() { return slot(taken_back_).chunk; }

  void hand_over() {
    {
      const std::lock_guard lock(mutex_);
      slot(handed_over_).parsed = false;
      ++handed_over_;
    }
    work_.notify_one();
  }

  /// Waits until the oldest chunk is parsed. @throws what a sink threw.
  void await_oldest() {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return failure_ || slot(taken_back_).parsed; });
    if (failure_) std::rethrow_exception(failure_);
  }

  /// Whether the oldest chunk is parsed. @throws what a sink threw.
  [[nodiscard]] bool oldest_is_parsed() {
    const std::lock_guard lock(mutex_);
    if (failure_) std::rethrow_exception(failure_);
    return slot(taken_back_).parsed;
  }

  void take_back() { ++taken_back_; }

  /// No more chunks will come, and those not begun will not be parsed.
  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    work_.notify_all();
  }

  // For the threads that parse:

  /// The next chunk to parse; null when there will be none.
  [[nodiscard]] Slot* next() {
    std::unique_lock lock(mutex_);
    work_.wait(lock, [this] { return closed_ || begun_ < handed_over_; });
    return closed_ ? nullptr : &slot(begun_++);
  }

  /// Gives back what `next` returned. After a fault in it only chunks before it are of interest, and those are begun.
  void parsed(Slot& slot) {
    {
      const std::lock_guard lock(mutex_);
      slot.parsed = true;
      closed_ = closed_ || slot.chunk.fault;
    }
    done_.notify_one();
  }

  void fail(std::exception_ptr failure) {
    {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::move(failure);
      closed_ = true;
    }
    done_.notify_one();
    work_.notify_all();
  }

 private:
  Slot& slot(std::uint64_t number) { return slots_[number % slots_.size()]; }

  std::mutex mutex_;
  std::condition_variable work_;
  std::condition_variable done_;
  std::vector<Slot> slots_;
  std::uint64_t handed_over_ = 0;  // written by the reading thread, under the lock
  std::uint64_t begun_ = 0;
  std::uint64_t taken_back_ = 0;  // the reading thread's own
  bool closed_ = false;
  std::exception_ptr failure_;
};

/// Threads that parse what comes through a ring, until this is destroyed.
class ChunkWorkers {
 public:
  explicit ChunkWorkers(ChunkRing& ring) : ring_(ring) {}
  ChunkWorkers(const ChunkWorkers&) = delete;
  ChunkWorkers& operator=(const ChunkWorkers&) = delete;
  ~ChunkWorkers() {
    ring_.close();
    for (std::thread& each : threads_) each.join();
  }

  void start(const ReadOptions& options, Format format, std::span<const QuadViewSink> sinks) {
    threads_.reserve(sinks.size());
    for (const QuadViewSink& sink : sinks) {
      threads_.emplace_back([this, &options, format, &sink] { work(options, format, sink); });
    }
  }

 private:
  void work(const ReadOptions& options, Format format, const QuadViewSink& sink) noexcept {
    try {
      ChunkParser parser(options, format, sink);
      while (ChunkRing::Slot* slot = ring_.next()) {
        parser.parse(slot->chunk);
        ring_.parsed(*slot);
      }
    } catch (...) {
      ring_.fail(std::current_exception());
    }
  }

  ChunkRing& ring_;
  std::vector<std::thread> threads_;
};

void read_alone(ChunkReader& reader, Format format, const ReadOptions& options, const QuadViewSink& sink,
                ChunkLedger& ledger) {
  ChunkParser parser(options, format, sink);
  Chunk chunk;
  while (reader.next(chunk)) {
    parser.parse(chunk);
    ledger.take(chunk);
  }
}

void read_together(ChunkReader& reader, Format format, const ReadOptions& options, std::span<const QuadViewSink> sinks,
                   ChunkLedger& ledger) {
  ChunkRing ring(2 * sinks.size() + 1);
  ChunkWorkers workers(ring);
  workers.start(options, format, sinks);
  std::exception_ptr failure;  // of the source: comes after the faults of the lines before it
  const auto fill_next = [&] {
    try {
      return reader.next(ring.to_fill());
    } catch (...) {
      failure = std::current_exception();
      return false;
    }
  };
  const auto take_back = [&] {
    ring.await_oldest();
    ledger.take(ring.oldest());
    ring.take_back();
  };
  while (fill_next()) {
    ring.hand_over();
    while (!ring.is_empty() && (ring.is_full() || ring.oldest_is_parsed())) take_back();
  }
  while (!ring.is_empty()) take_back();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace

void read_lines_in_chunks(base::ByteSource& source, Format format, const ReadOptions& options,
                          std::span<const QuadViewSink> sinks, const LineProgressSink& progress, ChunkOptions chunks) {
  assert(format == Format::NTriples || format == Format::NQuads);
  assert(!sinks.empty());
  ChunkReader reader(source, options, chunks);
  ChunkLedger ledger(options, format, progress);
  if (sinks.size() == 1) return read_alone(reader, format, options, sinks.front(), ledger);
  read_together(reader, format, options, sinks, ledger);
}

void read_lines_parallel(base::ByteSource& source, Format format, const ReadOptions& options,
                         std::span<const QuadViewSink> sinks, const LineProgressSink& progress) {
  LimitedSource limited(source, options);
  read_lines_in_chunks(limited, format, options, sinks, progress, {});
}

}  // namespace scenograph::syntax
