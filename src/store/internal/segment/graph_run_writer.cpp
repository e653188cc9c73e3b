#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <queue>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "store/internal/segment/block_file.hpp"
#include "store/internal/segment/graph_runs.hpp"
#include "store/internal/segment/run.hpp"

namespace scenograph::store::internal {

namespace {

bool precedes(const GraphRun& left, const GraphRun& right) {
  return std::pair(left.graph, left.start) < std::pair(right.graph, right.start);
}

/// Sorted lists of runs in a file that nobody else sees and that goes with the process.
class Spill {
 public:
  explicit Spill(std::filesystem::path path) : path_(std::move(path)) {}
  Spill(const Spill&) = delete;
  Spill& operator=(const Spill&) = delete;
  ~Spill() {
    if (file_ >= 0) ::close(file_);
  }

  [[nodiscard]] std::size_t lists() const { return ends_.size(); }

  void add(std::span<const GraphRun> runs) {
    if (file_ < 0) create();
    for (auto left = std::as_bytes(runs); !left.empty();) {
      const ssize_t length = ::write(file_, left.data(), left.size());
      if (length < 0 && errno == EINTR) continue;
      if (length < 0) throw base::system_error(errno, fmt::format("cannot write {}", path_.string()));
      left = left.subspan(static_cast<std::size_t>(length));
    }
    ends_.push_back((ends_.empty() ? 0 : ends_.back()) + runs.size());
  }

  /// Reads from a list, from its run `from` on. @return how many; 0 at the end
  std::size_t read(std::size_t list, std::size_t from, std::span<GraphRun> out) const {
    const std::size_t begin = (list == 0 ? 0 : ends_[list - 1]) + from;
    const auto wanted = std::as_writable_bytes(out.first(std::min(out.size(), ends_[list] - begin)));
    for (std::size_t done = 0; done < wanted.size();) {
      const auto offset = static_cast<off_t>(begin * sizeof(GraphRun) + done);
      const ssize_t length = ::pread(file_, wanted.data() + done, wanted.size() - done, offset);
      if (length < 0 && errno == EINTR) continue;
      if (length <= 0)
        throw base::system_error(length < 0 ? errno : EIO, fmt::format("cannot read {}", path_.string()));
      done += static_cast<std::size_t>(length);
    }
    return wanted.size() / sizeof(GraphRun);
  }

 private:
  void create() {
    file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file_ < 0) throw base::system_error(errno, fmt::format("cannot create {}", path_.string()));
    ::unlink(path_.c_str());
  }

  std::filesystem::path path_;
  int file_ = -1;
  std::vector<std::size_t> ends_;  ///< in runs, of each list
};

class GraphRunWriter final : public RunWriter {
 public:
  GraphRunWriter(const std::filesystem::path& path, std::size_t memory)
      : file_(path, Order::Gspo, 3),
        spill_(path.string() + ".spill"),
        limit_(std::max(least_runs, memory / sizeof(GraphRun))) {}

  void append(std::span<const Row> rows) override {
    for (const Row& row : rows) {
      if (last_.length > 0 && last_.graph == row[3]) {
        ++last_.length;
      } else {
        if (last_.length > 0) keep(last_);
        last_ = {row[3], rows_, 1};
      }
      ++rows_;
    }
  }

  void finish() override {
    if (last_.length > 0) keep(last_);
    std::sort(kept_.begin(), kept_.end(), precedes);
    if (spill_.lists() == 0) {
      for (const GraphRun& run : kept_) add(run);
    } else {
      spill_.add(kept_);
      kept_ = {};
      merge();
    }
    write_block();
    file_.finish(rows_);
  }

 private:
  static constexpr std::size_t least_runs = 1024;

  /// One of the lists that are merged.
  struct Source {
    std::size_t list;
    std::size_t read = 0;  ///< runs of the list
    std::size_t at = 0;    ///< in the buffer
    std::vector<GraphRun> buffer;
  };

  void keep(const GraphRun& run) {
    if (kept_.size() == limit_) {
      std::sort(kept_.begin(), kept_.end(), precedes);
      spill_.add(kept_);
      kept_.clear();
    }
    if (kept_.size() == kept_.capacity()) kept_.reserve(std::min(limit_, std::max(least_runs, kept_.size() * 2)));
    kept_.push_back(run);
  }

  bool refill(Source& source, std::size_t runs) const {
    source.buffer.resize(runs);
    source.buffer.resize(spill_.read(source.list, source.read, source.buffer));
    source.read += source.buffer.size();
    source.at = 0;
    return !source.buffer.empty();
  }

  void merge() {
    const std::size_t share = std::max<std::size_t>(limit_ / spill_.lists(), 64);
    std::vector<Source> sources;
    for (std::size_t list = 0; list < spill_.lists(); ++list) sources.push_back({list, 0, 0, {}});
    const auto follows = [](const Source* left, const Source* right) {
      return precedes(right->buffer[right->at], left->buffer[left->at]);
    };
    std::priority_queue<Source*, std::vector<Source*>, decltype(follows)> queue(follows);
    for (Source& source : sources) {
      if (refill(source, share)) queue.push(&source);
    }
    while (!queue.empty()) {
      Source* const source = queue.top();
      queue.pop();
      add(source->buffer[source->at]);
      if (++source->at < source->buffer.size() || refill(*source, share)) queue.push(source);
    }
  }

  void add(const GraphRun& run) {
    if (block_.size() == block_graph_runs) write_block();
    block_.push_back(run);
  }

  void write_block() {
    if (block_.empty()) return;
    bytes_.clear();
    encode_graph_runs(block_, bytes_);
    file_.add(std::array{block_[0].graph, block_[0].start, written_}, bytes_);
    for (const GraphRun& run : block_) written_ += run.length;
    block_.clear();
  }

  BlockFileWriter file_;
  Spill spill_;
  std::size_t limit_;  ///< runs in memory
  GraphRun last_;
  std::uint64_t rows_ = 0;
  std::uint64_t written_ = 0;  ///< rows of the blocks before
  std::vector<GraphRun> kept_;
  std::vector<GraphRun> block_;
  std::vector<std::byte> bytes_;
};

}  // namespace

std::unique_ptr<RunWriter> make_graph_run_writer(const std::filesystem::path& path, std::size_t memory) {
  return std::make_unique<GraphRunWriter>(path, memory);
}

}  // namespace scenograph::store::internal
