#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "store/internal/segment/segment.hpp"
#include "store/internal/tables.hpp"
#include "store/internal/vocabulary/vocabulary.hpp"

// Which files are live. The manifest is a table of LMDB, so that one commit switches files and changes together.

namespace scenograph::store::internal {

/// What the manifest says of a segment.
struct SegmentEntry {
  std::uint64_t number = 0;        ///< names its folder; later segments have higher numbers
  std::uint64_t added = 0;         ///< quads
  std::uint64_t removed = 0;       ///< quads
  std::uint64_t first_commit = 0;  ///< of those whose changes it holds
  std::uint64_t last_commit = 0;
};

/// What the manifest says of a vocabulary.
struct VocabularyEntry {
  std::uint64_t number = 0;  ///< names its file
  std::uint64_t first = 0;   ///< number of its first term
  std::uint64_t size = 0;    ///< terms
};

struct Manifest {
  std::vector<SegmentEntry> segments;         ///< oldest first
  std::vector<VocabularyEntry> vocabularies;  ///< by first term
};

[[nodiscard]] Manifest read_manifest(MDB_txn* txn, const Tables& tables);
void write_manifest(MDB_txn* txn, const Tables& tables, const Manifest& manifest);

/// Keeps a number from being given to another file, ever.
void note_file_number(MDB_txn* txn, const Tables& tables, std::uint64_t number);

/// Of LMDB, in the store's folder.
inline constexpr const char* data_file_name = "data.mdb";

[[nodiscard]] std::filesystem::path segment_folder(const std::filesystem::path& store, std::uint64_t number);
/// For intermediate files of the work that makes the file with this number.
[[nodiscard]] std::filesystem::path scratch_folder(const std::filesystem::path& store, std::uint64_t number);
[[nodiscard]] std::filesystem::path vocabulary_file(const std::filesystem::path& store, std::uint64_t number);

/// The live files of one state, open. Shared by snapshots; files stay readable for as long as one holds them, even when
/// they were removed from the folder meanwhile.
struct OpenFiles {
  std::uint64_t version = 0;  ///< `meta::manifest` of the state
  Manifest manifest;
  std::vector<std::shared_ptr<const Segment>> segments;         ///< as in the manifest
  std::vector<std::shared_ptr<const Vocabulary>> vocabularies;  ///< as in the manifest
};

/// Opens what the manifest names; files that `before` has open are shared. @throws Error(Code::Corrupt, Code::NotFound)
[[nodiscard]] std::shared_ptr<const OpenFiles> open_files(MDB_txn* txn, const Tables& tables,
                                                          const std::filesystem::path& store, const OpenFiles* before);

/// Removes the file of a vocabulary, and those of its indexes.
void remove_vocabulary(const std::filesystem::path& store, std::uint64_t number);

/// Removes files and folders of the store that the manifest does not name: what a crash or a merge left behind.
void remove_unlisted(const std::filesystem::path& store, const Manifest& manifest);

}  // namespace scenograph::store::internal
