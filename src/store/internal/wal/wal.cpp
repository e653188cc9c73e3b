#include "store/internal/wal/wal.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <cstring>
#include <optional>

#include "base/error.hpp"
#include "store/internal/wal/log_file.hpp"

namespace scenograph::store::internal {

namespace {

namespace fs = std::filesystem;
using base::Code;
using base::Error;

constexpr std::size_t read_ahead = std::size_t{1} << 20U;

/// Finds heads that lie where they say, from front to back.
class HeadSearch {
 public:
  explicit HeadSearch(const LogFile& file) : file_(file) {}

  /// The first place from `from` on that could be a record's, or nothing up to the end of the file.
  std::optional<std::uint64_t> next(std::uint64_t from) {
    for (;; from = start_ + bytes_.size() - sizeof(WalHead) + 1) {
      if (from < start_ || from + sizeof(WalHead) > start_ + bytes_.size()) fetch(from);
      if (bytes_.size() < sizeof(WalHead)) return std::nullopt;
      const std::uint64_t last = start_ + bytes_.size() - sizeof(WalHead);
      for (std::uint64_t at = from; at <= last; ++at) {
        at = after_zeros(at);
        if (at > last) break;
        std::uint64_t told = 0;
        std::memcpy(&told, bytes_.data() + (at - start_) + offsetof(WalHead, at), sizeof told);
        if (told == at) return at;
      }
    }
  }

 private:
  /// Passes over places whose heads would say that they lie at 0.
  [[nodiscard]] std::uint64_t after_zeros(std::uint64_t at) const {
    static constexpr std::array<char, 4096> zeros{};
    constexpr std::uint64_t step = zeros.size() - offsetof(WalHead, synced) + 1;
    while (at - start_ + zeros.size() <= bytes_.size() &&
           std::memcmp(bytes_.data() + (at - start_), zeros.data(), zeros.size()) == 0) {
      at += step;
    }
    return at;
  }

  void fetch(std::uint64_t from) {
    start_ = from;
    bytes_.resize(read_ahead);
    bytes_.resize(file_.read(bytes_, from));
  }

  const LogFile& file_;
  std::string bytes_;
  std::uint64_t start_ = 0;
};

}  // namespace

std::uint64_t wal_bytes(std::string_view record) { return sizeof(WalHead) + record.size(); }

fs::path copy_wal(const fs::path& path) {
  fs::path copy = path;
  copy.replace_extension("cut");
  std::error_code failure;
  fs::copy_file(path, copy, fs::copy_options::overwrite_existing, failure);
  if (failure) throw base::system_error(failure.value(), fmt::format("cannot copy {}", path.string()));
  return copy;
}

bool ends_clean(const fs::path& path, std::uint64_t end) {
  const LogFile file(path, O_RDONLY);
  return file.is_zero(end, file.size());
}

std::uint64_t read_wal(const fs::path& path, std::uint64_t start, const std::function<void(const WalRecord&)>& sink) {
  const LogFile file(path, O_RDONLY);
  WalHead head;
  std::string record;
  record.reserve(read_ahead);
  while (read_record(file, start, head, record)) {
    sink({record, start, head.checksum});
    start += wal_bytes(record);
  }
  return start;
}

std::vector<std::string> lost_records(const fs::path& path, std::uint64_t end) {
  const LogFile file(path, O_RDONLY);
  HeadSearch search(file);
  WalHead head;
  std::string record;
  std::vector<std::string> records;
  bool lost = false;
  for (auto at = search.next(end + 1); at; at = search.next(*at + 1)) {
    if (!read_record(file, *at, head, record)) continue;
    lost = lost || head.synced > end;
    at = *at + wal_bytes(record) - 1;
    records.push_back(record);
  }
  // Another process may have written what was missing at `end`, and more, since that was looked at.
  if (!lost || read_record(file, end, head, record)) return {};
  return records;
}

std::string read_wal_record(const fs::path& path, std::uint64_t at) {
  const LogFile file(path, O_RDONLY);
  WalHead head;
  std::string record;
  if (!read_record(file, at, head, record)) {
    throw Error(Code::Corrupt,
                fmt::format("{}: the commit at byte {} is damaged: restore it from a backup", path.string(), at));
  }
  return record;
}

std::uint64_t wal_checksum(const fs::path& path, std::uint64_t at) {
  const LogFile file(path, O_RDONLY);
  WalHead head;
  return file.read({reinterpret_cast<char*>(&head), sizeof head}, at) < sizeof head ? 0 : head.checksum;
}

}  // namespace scenograph::store::internal
