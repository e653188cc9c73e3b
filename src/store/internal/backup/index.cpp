#include "store/internal/backup/index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/error.hpp"
#include "base/file.hpp"
#include "store/internal/backup/copy_file.hpp"

namespace scenograph::store::internal {

namespace fs = std::filesystem;
using base::Code;
using base::Error;

namespace {

constexpr std::string_view title = "scenograph-backup";
constexpr std::string_view version = "1";
constexpr std::size_t most_bytes = std::size_t{1} << 30U;

/// Reads fields between blanks; the last one may hold blanks.
class Fields {
 public:
  explicit Fields(std::string_view line) : left_(line) {}

  std::string_view next() {
    const std::size_t end = left_.find(' ');
    const std::string_view field = left_.substr(0, end);
    left_.remove_prefix(end == std::string_view::npos ? left_.size() : end + 1);
    return field;
  }

  template <typename Number>
  [[nodiscard]] bool next_number(Number& number) {
    const std::string_view field = next();
    const auto [end, failure] = std::from_chars(field.data(), field.data() + field.size(), number);
    return failure == std::errc() && end == field.data() + field.size() && !field.empty();
  }

  [[nodiscard]] std::string_view rest() const { return left_; }

 private:
  std::string_view left_;
};

/// Names lead nowhere but into the store, and hashes into the folder of files.
bool is_safe(const BackupEntry& entry) {
  const fs::path name(entry.name);
  const bool inside = !entry.name.empty() && name.is_relative() &&
                      std::none_of(name.begin(), name.end(), [](const fs::path& part) { return part == ".."; });
  return inside && entry.hash.size() == hash_digits &&
         entry.hash.find_first_not_of("0123456789abcdef") == std::string::npos;
}

bool take_line(BackupIndex& index, std::string_view line) {
  Fields fields(line);
  const std::string_view what = fields.next();
  if (what == "commit") return fields.next_number(index.commit);
  if (what == "time") return fields.next_number(index.time_ms);
  if (what != "file") return false;
  BackupEntry entry;
  entry.hash = fields.next();
  if (!fields.next_number(entry.size) || !fields.next_number(entry.time_ns)) return false;
  entry.name = fields.rest();
  if (!is_safe(entry)) return false;
  index.entries.push_back(std::move(entry));
  return true;
}

}  // namespace

fs::path backup_index_file(const fs::path& backup) { return backup / "index.txt"; }
fs::path backup_files_folder(const fs::path& backup) { return backup / "files"; }

std::optional<BackupIndex> read_backup_index(const fs::path& backup) {
  const fs::path path = backup_index_file(backup);
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return std::nullopt;
  const std::string text = base::read_file(path, most_bytes);
  const std::size_t last = text.size() < 2 ? std::string::npos : text.rfind('\n', text.size() - 2);
  const std::string_view body = std::string_view(text).substr(0, last == std::string::npos ? 0 : last + 1);
  if (body.empty() || text.substr(body.size()) != fmt::format("end {}\n", hash_of(body))) {
    throw Error(Code::Corrupt, fmt::format("{} is damaged: take another backup, into an empty folder", path.string()));
  }
  BackupIndex index;
  for (std::size_t begin = 0; begin < body.size();) {
    const std::size_t end = body.find('\n', begin);
    const std::string_view line = body.substr(begin, end - begin);
    if (begin == 0 && line != fmt::format("{} {}", title, version)) {
      throw Error(Code::Unsupported, fmt::format("{} is of a newer program: restore it with that one", path.string()));
    }
    if (begin > 0 && !take_line(index, line)) {
      throw Error(Code::Corrupt, fmt::format("{}: \"{}\" makes no sense", path.string(), line));
    }
    begin = end + 1;
  }
  return index;
}

void write_backup_index(const fs::path& backup, const BackupIndex& index) {
  std::string text = fmt::format("{} {}\ncommit {}\ntime {}\n", title, version, index.commit, index.time_ms);
  for (const BackupEntry& entry : index.entries) {
    text += fmt::format("file {} {} {} {}\n", entry.hash, entry.size, entry.time_ns, entry.name);
  }
  base::write_file(backup_index_file(backup), text + fmt::format("end {}\n", hash_of(text)));
}

}  // namespace scenograph::store::internal
