#include <catch2/catch.hpp>

#include <cerrno>
#include <fstream>
#include <random>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/log.hpp"
#include "fault_shim.hpp"
#include "rounds.hpp"
#include "store/internal/wal/wal.hpp"
#include "support/temporary_folder.hpp"

// A log under random failures of the disk, kills and losses of power, against a list of what was acknowledged.

namespace scenograph::store::internal {

namespace {

namespace fs = std::filesystem;
using scenograph::tests::arm_fault;
using scenograph::tests::disarm_fault;
using scenograph::tests::Fault;

class LogRounds {
 public:
  LogRounds(fs::path path, unsigned seed) : path_(std::move(path)), random_(seed) {
    writer_ = make_wal(path_);
    scenograph::tests::watch_file(path_, seed);
  }

  void run(int rounds) {
    for (int round = 0; round < rounds; ++round) {
      step();
      check_whole();
      if (below(8) == 0) check_damage();
    }
  }

  [[nodiscard]] std::size_t acknowledged() const { return acknowledged_.size(); }
  [[nodiscard]] std::size_t failed() const { return failed_; }
  [[nodiscard]] std::size_t losses() const { return losses_; }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }

  void step() {
    if (below(3) == 0) arm();
    const std::size_t kind = below(12);
    if (kind == 0) {
      reopen();
    } else if (kind == 1) {
      lose_power();
    } else if (kind == 2) {
      settle();
    } else {
      append();
    }
    disarm_fault();
  }

  void arm() {
    Fault fault;
    fault.calls = 1 + static_cast<unsigned>(below(3));
    fault.after = static_cast<unsigned>(below(3));
    fault.times = 1 + static_cast<unsigned>(below(4));
    fault.error = below(2) == 0 ? EIO : ENOSPC;
    fault.is_partial = below(2) == 0;
    arm_fault(fault);
  }

  /// Sizes repeat, so that a group that failed may end where a later one does.
  std::string record() {
    static constexpr std::size_t sizes[] = {1, 40, 40, 200, 480, 3000, 9000};
    return std::to_string(++number_) + std::string(sizes[below(std::size(sizes))], 'x');
  }

  void append() {
    if (!writer_ && !open()) return;
    std::vector<std::string> group;
    for (std::size_t i = 1 + below(4); i > 0; --i) group.push_back(record());
    try {
      static_cast<void>(writer_->append(group, durability_));
    } catch (const base::Error& error) {
      ++failed_;
      if (error.message().find("nor could it be undone") != std::string::npos) doubtful_ = group;
      return;
    }
    doubtful_.clear();
    acknowledged_.insert(acknowledged_.end(), group.begin(), group.end());
    if (durability_ == Durability::Full) durable_ = acknowledged_.size();
  }

  void settle() {
    if (!writer_) return;
    try {
      writer_->settle();
      doubtful_.clear();
      durable_ = acknowledged_.size();
    } catch (const base::Error&) {
      ++failed_;
    }
  }

  /// As a new process would, which has another durability.
  bool open() {
    durability_ = below(2) == 0 ? Durability::Full : Durability::Relaxed;
    take_found();
    try {
      writer_ = open_wal(path_, end_);
    } catch (const base::Error&) {
      ++failed_;
      return false;
    }
    doubtful_.clear();
    durable_ = acknowledged_.size();
    return true;
  }

  void reopen() {
    writer_.reset();
    static_cast<void>(open());
  }

  void lose_power() {
    disarm_fault();
    ++losses_;
    writer_.reset();
    scenograph::tests::lose_power(path_);
    take_found();
    doubtful_.clear();  // the disk has no more of it that is whole
    scenograph::tests::watch_file(path_, static_cast<unsigned>(random_()));
  }

  std::vector<std::string> read() {
    std::vector<std::string> records;
    end_ = read_wal(path_, 0, [&](const WalRecord& record) { records.emplace_back(record.bytes); });
    return records;
  }

  /// What was acknowledged, then perhaps some of what failed and could not be undone; without the last of what the disk
  /// did not have. That is the truth from now on.
  void take_found() {
    std::vector<std::string> most = acknowledged_;
    most.insert(most.end(), doubtful_.begin(), doubtful_.end());
    const std::vector<std::string> found = read();
    REQUIRE(found.size() >= durable_);
    REQUIRE(found.size() <= most.size());
    most.resize(found.size());
    REQUIRE(found == most);
    REQUIRE(lost_records(path_, end_).empty());
    const std::size_t doubtful_found = found.size() - std::min(found.size(), acknowledged_.size());
    doubtful_.erase(doubtful_.begin(), doubtful_.begin() + static_cast<std::ptrdiff_t>(doubtful_found));
    acknowledged_ = found;
  }

  /// While a process has the log open, and after it was killed.
  void check_whole() {
    std::vector<std::string> found = read();
    REQUIRE(found.size() >= acknowledged_.size());
    REQUIRE(found.size() <= acknowledged_.size() + doubtful_.size());
    found.resize(acknowledged_.size());
    REQUIRE(found == acknowledged_);
    REQUIRE(lost_records(path_, end_).empty());
  }

  /// A byte that changes before what the disk had when the last record was written is damage; behind, it may be a
  /// crash.
  void check_damage() {
    std::vector<std::uint64_t> starts;
    std::vector<std::uint64_t> synced;
    const std::string content = base::read_file(path_);
    static_cast<void>(read_wal(path_, 0, [&](const WalRecord& record) {
      starts.push_back(record.at);
      std::uint64_t mark = 0;
      content.copy(reinterpret_cast<char*>(&mark), sizeof mark, record.at + 24);
      synced.push_back(mark);
    }));
    if (starts.empty() || !ends_clean(path_, end_)) return;
    const std::size_t victim = below(starts.size());
    const std::uint64_t end = victim + 1 < starts.size() ? starts[victim + 1] : end_;
    std::string damaged = content;
    damaged[starts[victim] + below(end - starts[victim])] ^= 4;
    const fs::path copy = path_.parent_path() / "damaged.log";
    std::ofstream(copy, std::ios::binary) << damaged;
    const std::uint64_t stopped = read_wal(copy, 0, [](const WalRecord&) {});
    CHECK(stopped == starts[victim]);
    const std::size_t lost = lost_records(copy, stopped).size();
    CHECK(lost == (synced.back() > stopped ? starts.size() - victim - 1 : 0));
  }

  fs::path path_;
  std::mt19937 random_;
  std::unique_ptr<WalWriter> writer_;
  Durability durability_ = Durability::Full;
  std::vector<std::string> acknowledged_;
  std::vector<std::string> doubtful_;  ///< failed, and could not be undone: the disk may have it, whatever is read now
  std::size_t durable_ = 0;            ///< so many of those acknowledged are on the disk
  std::uint64_t end_ = 0;
  std::size_t number_ = 0;
  std::size_t failed_ = 0;
  std::size_t losses_ = 0;
};

TEST_CASE("a log keeps what it acknowledged, and nothing else, whatever the disk does") {
  base::set_log_level(base::LogLevel::Off);
  std::size_t acknowledged = 0;
  std::size_t failed = 0;
  std::size_t losses = 0;
  const std::vector<unsigned> seeds = scenograph::tests::fault_seeds(25);
  for (const unsigned seed : seeds) {
    INFO("seed " << seed);
    const scenograph::tests::TemporaryFolder folder;
    LogRounds rounds(folder.path() / "wal" / "1.log", seed);
    rounds.run(80);
    acknowledged += rounds.acknowledged();
    failed += rounds.failed();
    losses += rounds.losses();
  }
  if (seeds.size() == 1) return;  // to look at one again
  CHECK(acknowledged > 500);
  CHECK(failed > 50);
  CHECK(losses > 20);
}

}  // namespace

}  // namespace scenograph::store::internal
