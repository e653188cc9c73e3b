#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/log.hpp"
#include "store/internal/wal/log_file.hpp"
#include "store/internal/wal/wal.hpp"

namespace scenograph::store::internal {

namespace {

namespace fs = std::filesystem;
using base::Code;
using base::Error;

constexpr std::uint64_t least_ahead = std::uint64_t{128} << 10U;
constexpr std::uint64_t most_ahead = std::uint64_t{4} << 20U;

/// Tells of what a crash left behind the last record, and keeps it if the disk has room.
void keep_tail(const fs::path& path, std::uint64_t end) {
  std::string kept = "no";
  try {
    kept = copy_wal(path).string();
  } catch (const Error& error) {
    kept = "no: " + error.message();
  }
  base::log(base::LogLevel::Warning, "commit cut short",
            {{"log", path.filename().native()}, {"byte", static_cast<std::int64_t>(end)}, {"kept", kept}});
}

/// Hands out the records between two places where one begins.
template <typename Sink>
void for_each_record(const LogFile& file, std::uint64_t at, std::uint64_t end, Sink sink) {
  WalHead head;
  for (std::string record; at < end; at += wal_bytes(record)) {
    if (!read_record(file, at, head, record)) {
      throw Error(Code::Corrupt, fmt::format("{}: the commit at byte {} is damaged: restore the store from a backup",
                                             file.path().string(), at));
    }
    sink(head, record);
  }
}

/// Up to where the disk had the log, as its last record tells.
std::uint64_t synced_before(const LogFile& file, std::uint64_t end) {
  std::uint64_t synced = 0;
  for_each_record(file, 0, end, [&](const WalHead& head, const std::string&) { synced = head.synced; });
  return synced;
}

std::string as_bytes(const WalHead& head, const std::string& record) {
  return std::string(reinterpret_cast<const char*>(&head), sizeof head) + record;
}

class FileWalWriter final : public WalWriter {
 public:
  FileWalWriter(const fs::path& path, int flags, std::uint64_t end)
      : file_(path, O_RDWR | flags), end_(end), synced_(synced_before(file_, end)), filled_(file_.size()) {
    if (!file_.is_zero(end_, filled_)) keep_tail(path, end_);
    mend();
    base::sync_folder(path.parent_path());
  }

  std::uint64_t append(std::span<const std::string> records, Durability durability) override {
    if (!sound_) mend();
    std::string bytes;
    for (const std::string& record : records) {
      bytes += as_bytes(wal_head(record, end_ + bytes.size(), synced_), record);
    }
    const std::uint64_t start = end_;
    fill(end_ + bytes.size() + sizeof(WalHead));
    try {
      file_.write(bytes, end_);
      if (durability == Durability::Full) file_.sync();
    } catch (const Error& error) {
      take_back(error);
      throw;
    }
    end_ += bytes.size();
    if (durability == Durability::Full) synced_ = end_;
    return start;
  }

  void settle() override {
    if (!sound_) return mend();
    if (synced_ == end_) return;
    sound_ = false;
    file_.sync();
    synced_ = end_;
    sound_ = true;
  }

  void finish() override {
    file_.truncate(end_);
    file_.sync();
  }

 private:
  /// Fills the file with zeros to `size` at least, in growing steps.
  void fill(std::uint64_t size) {
    if (size <= filled_) return;
    const std::uint64_t ahead = std::clamp(filled_, least_ahead, most_ahead);
    wipe(filled_, size + ahead);
    filled_ = size + ahead;
  }

  void wipe(std::uint64_t from, std::uint64_t to) const {
    const std::string zeros(std::min<std::uint64_t>(to - from, most_ahead), '\0');
    for (; from < to; from += zeros.size()) {
      file_.write(std::string_view(zeros).substr(0, std::min<std::uint64_t>(zeros.size(), to - from)), from);
    }
  }

  /// Sees that the disk has all records, and zeros behind them, whatever it has now. All that it may lack is written
  /// again: synchronising alone says nothing of what an earlier one, perhaps of another process, could not write.
  void mend() {
    sound_ = false;
    wipe(end_, filled_);
    for_each_record(file_, synced_, end_, [this](const WalHead& head, const std::string& record) {
      file_.write(as_bytes(head, record), head.at);
    });
    fill(end_ + 1);
    file_.sync();
    synced_ = end_;
    sound_ = true;
  }

  /// Sees that nothing of the records behind `end_`, which could not be written, will ever be read.
  void take_back(const Error& reason) {
    try {
      mend();
    } catch (const Error& error) {
      throw Error(reason.code(),
                  fmt::format("{}; nor could it be undone ({}): whether the commit is there shows when the store is "
                              "opened again, and none is taken before",
                              reason.message(), error.message()));
    }
  }

  LogFile file_;
  std::uint64_t end_;     ///< of the last record
  std::uint64_t synced_;  ///< up to here the disk has it all
  std::uint64_t filled_;  ///< zeros, or what failed to be written, from `end_` to here
  bool sound_ = false;    ///< whether only zeros follow `end_`, and no synchronising has failed since all was written
};

}  // namespace

std::unique_ptr<WalWriter> make_wal(const fs::path& path) {
  base::make_folder(path.parent_path());
  try {
    return std::make_unique<FileWalWriter>(path, O_CREAT | O_TRUNC, 0);
  } catch (...) {
    std::error_code ignored;
    fs::remove(path, ignored);
    throw;
  }
}

std::unique_ptr<WalWriter> open_wal(const fs::path& path, std::uint64_t end) {
  return std::make_unique<FileWalWriter>(path, 0, end);
}

}  // namespace scenograph::store::internal
