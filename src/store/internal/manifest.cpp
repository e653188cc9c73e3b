#include "store/internal/manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "store/internal/entries.hpp"

namespace scenograph::store::internal {

namespace fs = std::filesystem;
using base::Code;
using base::Error;

namespace {

constexpr std::string_view writing = "cannot write the manifest";
constexpr const char* segments_folder = "segments";
constexpr const char* vocabularies_folder = "vocabularies";
constexpr const char* scratch_prefix = "scratch-";

/// Key: S or V, then the number, big-endian. Value: native numbers.
using FileKey = std::array<char, 9>;

FileKey file_key(char kind, std::uint64_t number) {
  FileKey key;
  key[0] = kind;
  const std::uint64_t swapped = __builtin_bswap64(number);
  std::memcpy(key.data() + 1, &swapped, sizeof swapped);
  return key;
}

void list_file(MDB_txn* txn, const Tables& tables, char kind, std::uint64_t number,
               const std::array<std::uint64_t, 4>& numbers) {
  const FileKey bytes = file_key(kind, number);
  add_entry(txn, tables, tables.files, value_of({bytes.data(), bytes.size()}),
            value_of({reinterpret_cast<const char*>(numbers.data()), sizeof numbers}), writing);
}

void take_entry(Manifest& manifest, std::string_view key, std::string_view value) {
  std::array<std::uint64_t, 4> numbers{};
  if (key.size() != sizeof(FileKey) || value.size() != sizeof numbers) {
    throw Error(Code::Corrupt, "the manifest of the store cannot be read: restore a backup");
  }
  std::uint64_t swapped = 0;
  std::memcpy(&swapped, key.data() + 1, sizeof swapped);
  const std::uint64_t number = __builtin_bswap64(swapped);
  std::memcpy(numbers.data(), value.data(), sizeof numbers);
  if (key.front() == 'S') manifest.segments.push_back({number, numbers[0], numbers[1], numbers[2], numbers[3]});
  if (key.front() == 'V') manifest.vocabularies.push_back({number, numbers[0], numbers[1]});
}

template <typename Entries>
auto find_number(const Entries& entries, std::uint64_t number) {
  return std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.number == number; });
}

/// Removes what is in a folder and has another name, less its extension, than those listed.
void remove_others(const fs::path& folder, const std::set<std::string>& listed) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (listed.contains(entry.path().stem().string())) continue;
    std::error_code ignored;
    fs::remove_all(entry.path(), ignored);
  }
}

}  // namespace

Manifest read_manifest(MDB_txn* txn, const Tables& tables) {
  Manifest manifest;
  const Cursor cursor = open_cursor(txn, tables.files);
  MDB_val key{};
  MDB_val value{};
  for (MDB_cursor_op step = MDB_FIRST;
       found(mdb_cursor_get(cursor.get(), &key, &value, step), "cannot read the manifest"); step = MDB_NEXT) {
    take_entry(manifest, bytes_of(key), bytes_of(value));
  }
  std::sort(manifest.segments.begin(), manifest.segments.end(),
            [](const auto& a, const auto& b) { return a.first_commit < b.first_commit; });
  std::sort(manifest.vocabularies.begin(), manifest.vocabularies.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  return manifest;
}

void write_manifest(MDB_txn* txn, const Tables& tables, const Manifest& manifest) {
  clear_table(txn, tables, tables.files, writing);
  for (const SegmentEntry& entry : manifest.segments) {
    list_file(txn, tables, 'S', entry.number, {entry.added, entry.removed, entry.first_commit, entry.last_commit});
  }
  for (const VocabularyEntry& entry : manifest.vocabularies) {
    list_file(txn, tables, 'V', entry.number, {entry.first, entry.size, 0, 0});
  }
  write_meta(txn, tables, meta::manifest, read_meta(txn, tables, meta::manifest) + 1);
}

void note_file_number(MDB_txn* txn, const Tables& tables, std::uint64_t number) {
  if (number >= read_meta(txn, tables, meta::next_file)) write_meta(txn, tables, meta::next_file, number + 1);
}

fs::path segment_folder(const fs::path& store, std::uint64_t number) {
  return store / segments_folder / fmt::format("{:08}", number);
}

fs::path scratch_folder(const fs::path& store, std::uint64_t number) {
  return store / fmt::format("{}{:08}", scratch_prefix, number);
}

fs::path vocabulary_file(const fs::path& store, std::uint64_t number) {
  return store / vocabularies_folder / fmt::format("{:08}.voc", number);
}

std::shared_ptr<const OpenFiles> open_files(MDB_txn* txn, const Tables& tables, const fs::path& store,
                                            const OpenFiles* before) {
  auto files = std::make_shared<OpenFiles>();
  files->version = read_meta(txn, tables, meta::manifest);
  files->manifest = read_manifest(txn, tables);
  for (const SegmentEntry& entry : files->manifest.segments) {
    if (before != nullptr) {
      const auto same = find_number(before->manifest.segments, entry.number);
      if (same != before->manifest.segments.end()) {
        files->segments.push_back(before->segments[static_cast<std::size_t>(same - before->manifest.segments.begin())]);
        continue;
      }
    }
    files->segments.push_back(
        std::make_shared<const Segment>(segment_folder(store, entry.number), entry.added > 0, entry.removed > 0));
  }
  for (const VocabularyEntry& entry : files->manifest.vocabularies) {
    if (before != nullptr) {
      const auto same = find_number(before->manifest.vocabularies, entry.number);
      if (same != before->manifest.vocabularies.end()) {
        files->vocabularies.push_back(
            before->vocabularies[static_cast<std::size_t>(same - before->manifest.vocabularies.begin())]);
        continue;
      }
    }
    files->vocabularies.push_back(open_vocabulary(vocabulary_file(store, entry.number)));
  }
  return files;
}

void remove_vocabulary(const fs::path& store, std::uint64_t number) {
  const fs::path file = vocabulary_file(store, number);
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(file.parent_path(), error)) {
    std::error_code ignored;
    if (entry.path().stem() == file.stem()) fs::remove(entry.path(), ignored);
  }
}

void remove_unlisted(const fs::path& store, const Manifest& manifest) {
  std::set<std::string> listed;
  for (const auto& entry : manifest.segments) listed.insert(segment_folder(store, entry.number).filename().string());
  remove_others(store / segments_folder, listed);
  listed.clear();
  for (const auto& entry : manifest.vocabularies) {
    listed.insert(vocabulary_file(store, entry.number).stem().string());
  }
  remove_others(store / vocabularies_folder, listed);
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(store, error)) {
    std::error_code ignored;
    if (entry.path().filename().string().starts_with(scratch_prefix)) fs::remove_all(entry.path(), ignored);
  }
}

}  // namespace scenograph::store::internal
