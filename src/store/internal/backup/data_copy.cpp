#include "store/internal/backup/data_copy.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "store/internal/change_log.hpp"
#include "store/internal/manifest.hpp"

namespace scenograph::store::internal {

namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  explicit Descriptor(const fs::path& path)
      : number_(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {
    if (number_ < 0) throw base::system_error(errno, fmt::format("cannot write {}", path.string()));
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { ::close(number_); }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

void add_segment_files(const SegmentEntry& entry, std::vector<std::string>& files) {
  if (entry.added > 0) files.push_back(subject_sets_file(segment_folder("", entry.number)).string());
  for (const Sign sign : {Sign::Added, Sign::Removed}) {
    if ((sign == Sign::Added ? entry.added : entry.removed) == 0) continue;
    for (std::size_t order = 0; order < order_count; ++order) {
      files.push_back(run_file(segment_folder("", entry.number), static_cast<Order>(order), sign).string());
    }
  }
}

}  // namespace

void copy_environment(MDB_env* environment, const fs::path& to) {
  const std::string doing = fmt::format("cannot write {}", to.string());
  int code = MDB_SUCCESS;
  // Compacting refuses an environment that a crash of LMDB itself made leak pages; a plain copy takes it as it is.
  for (const unsigned flags : {unsigned{MDB_CP_COMPACT}, 0U}) {
    const Descriptor file(to);
    code = mdb_env_copyfd2(environment, file.number(), flags);
    if (code == MDB_INCOMPATIBLE) continue;
    check(code, doing);
    if (::fsync(file.number()) != 0) throw base::system_error(errno, doing);
    return;
  }
  check(code, doing);
}

DataCopy read_data_copy(const fs::path& file) {
  const std::string doing = fmt::format("cannot read {}", file.string());
  MDB_env* raw = nullptr;
  check(mdb_env_create(&raw), doing);
  const Environment environment(raw);
  check(mdb_env_set_maxdbs(raw, table_count), doing);
  check(mdb_env_open(raw, file.c_str(), MDB_NOSUBDIR | MDB_RDONLY | MDB_NOLOCK, 0644), doing);
  const Txn txn = begin_txn(raw, MDB_RDONLY);
  const Tables tables = open_tables(txn.get(), false);
  const Manifest manifest = read_manifest(txn.get(), tables);
  DataCopy copy;
  copy.commit = read_meta(txn.get(), tables, meta::last_commit);
  copy.live_log = wal_file("", read_meta(txn.get(), tables, meta::wal)).string();
  for (const SegmentEntry& entry : manifest.segments) add_segment_files(entry, copy.files);
  for (const VocabularyEntry& entry : manifest.vocabularies) {
    copy.files.push_back(vocabulary_file("", entry.number).string());
  }
  for (const fs::path& kept : kept_change_files(txn.get(), tables)) copy.files.push_back(kept.string());
  return copy;
}

}  // namespace scenograph::store::internal
