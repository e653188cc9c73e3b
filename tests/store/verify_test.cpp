#include "store/verify.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>

#include "base/file.hpp"
#include "small_store.hpp"
#include "store/internal/manifest.hpp"
#include "store/internal/tables.hpp"
#include "support/temporary_folder.hpp"

namespace scenograph::store {

namespace {

namespace fs = std::filesystem;
using scenograph::tests::TemporaryFolder;

VerifyReport verify(const fs::path& folder) {
  StoreOptions reading;
  reading.read_only = true;
  return Store::open(folder, reading)->verify({});
}

void copy_store(const fs::path& from, const fs::path& to) { fs::copy(from, to, fs::copy_options::recursive); }

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path().lexically_relative(folder));
  }
  std::sort(files.begin(), files.end());
  return files;
}

void flip_byte(const fs::path& path, std::uint64_t at) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(static_cast<std::streamoff>(at));
  const int byte = file.get();
  file.seekp(static_cast<std::streamoff>(at));
  file.put(static_cast<char>(byte ^ 0x20));
  REQUIRE(file.good());
}

bool names(const VerifyReport& report, const std::string& what) {
  return std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
    return (finding.file + ": " + finding.problem + ", " + finding.affected).find(what) != std::string::npos;
  });
}

/// Changes the tables of a closed store behind its back.
void tamper(const fs::path& folder, const std::function<void(MDB_txn*, const internal::Tables&)>& change) {
  MDB_env* raw = nullptr;
  internal::check(mdb_env_create(&raw), "create");
  const internal::Environment environment(raw);
  internal::check(mdb_env_set_maxdbs(raw, internal::table_count), "open");
  internal::check(mdb_env_set_mapsize(raw, std::size_t{1} << 30U), "open");
  internal::check(mdb_env_open(raw, folder.c_str(), 0, 0644), "open");
  internal::Txn txn = internal::begin_txn(raw, 0);
  const internal::Tables tables = internal::open_tables(txn.get(), false);
  change(txn.get(), tables);
  internal::commit_txn(raw, std::move(txn));
}

VerifyReport verify_tampered(const fs::path& whole,
                             const std::function<void(MDB_txn*, const internal::Tables&)>& change) {
  const TemporaryFolder folder;
  copy_store(whole, folder.path() / "copy");
  tamper(folder.path() / "copy", change);
  return verify(folder.path() / "copy");
}

TEST_CASE("verify finds nothing in sound stores") {
  const TemporaryFolder folder;
  CHECK(Store::open(folder.path() / "empty")->verify({}).found == 0);
  const auto store = tests::make_mixed_store(folder.path() / "mixed");
  VerifyOptions alone;
  alone.threads = 1;
  const VerifyReport report = store->verify(alone);
  for (const Finding& finding : report.findings) UNSCOPED_INFO(finding.file << ": " << finding.problem);
  CHECK(report.found == 0);
  CHECK(report.quads == store->info().quads);
  CHECK(report.commit == 6);
  CHECK(report.files > 20);
  tests::add(*store, 40'000, 40'010);
  CHECK(store->verify({}).found == 0);
  const auto before = tests::quads_of(*store->snapshot()).size();
  store->compact({});
  const VerifyReport compacted = store->verify({});
  for (const Finding& finding : compacted.findings) UNSCOPED_INFO(finding.file << ": " << finding.problem);
  CHECK(compacted.found == 0);
  CHECK(compacted.quads == before);
}

TEST_CASE("verify finds a byte that changed in any file, and a file that is gone") {
  const TemporaryFolder folder;
  tests::make_mixed_store(folder.path() / "whole").reset();
  std::size_t files = 0;
  for (const fs::path& file : files_below(folder.path() / "whole")) {
    if (!file.has_parent_path()) continue;
    const fs::path copy = folder.path() / "copy";
    const std::uint64_t size = fs::file_size(folder.path() / "whole" / file);
    for (const std::uint64_t at : {std::uint64_t{0}, size / 3, size / 2, size - 1}) {
      copy_store(folder.path() / "whole", copy);
      flip_byte(copy / file, at);
      INFO(file.string() << " at " << at << " of " << size);
      const VerifyReport report = verify(copy);
      CHECK(report.found > 0);
      CHECK(names(report, file.filename().string()));
      fs::remove_all(copy);
    }
    copy_store(folder.path() / "whole", copy);
    fs::remove(copy / file);
    INFO("without " << file.string());
    const VerifyReport report = verify(copy);
    CHECK(report.found > 0);
    CHECK(names(report, file.parent_path() == "changes" ? "change log" : file.filename().string()));
    fs::remove_all(copy);
    ++files;
  }
  CHECK(files > 25);
}

TEST_CASE("verify finds a byte that changed in the note of a commit") {
  const TemporaryFolder folder;
  tests::make_mixed_store(folder.path()).reset();
  const std::string note = "writeradd \"some\"";
  const std::string bytes = base::read_file(folder.path() / internal::data_file_name);
  std::size_t flipped = 0;
  for (std::size_t at = bytes.find(note); at != std::string::npos; at = bytes.find(note, at + 1)) {
    flip_byte(folder.path() / internal::data_file_name, at + 2);
    ++flipped;
  }
  CHECK(flipped > 0);
  const VerifyReport report = verify(folder.path());
  CHECK(report.found == 1);
  CHECK(names(report, "the sum kept of them differs"));
}

TEST_CASE("verify finds counters, orders, terms and logs that are wrong") {
  using internal::Counter;
  const TemporaryFolder folder;
  const fs::path whole = folder.path() / "whole";
  TermId predicate;
  {
    const auto store = tests::make_mixed_store(whole);
    predicate = store->snapshot()->predicates().front();
  }
  const std::pair<Counter, TermId> counters[] = {{Counter::Quads, {}},
                                                 {Counter::Predicate, predicate},
                                                 {Counter::Subjects, predicate},
                                                 {Counter::Objects, predicate},
                                                 {Counter::AllSubjects, {}},
                                                 {Counter::AllObjects, {}},
                                                 {Counter::Graph, default_graph},
                                                 {Counter::Graph, TermId::from_bits(predicate.bits() + 77)}};
  for (const auto& [counter, id] : counters) {
    const VerifyReport report = verify_tampered(
        whole, [&, c = counter, i = id](MDB_txn* txn, const auto& tables) { add_count(txn, tables, c, i, 1); });
    CHECK(report.found == 1);
    CHECK(names(report, "the counter of"));
  }
  SECTION("a term that is not there") {
    const VerifyReport report = verify_tampered(whole, [&](MDB_txn* txn, const internal::Tables& tables) {
      const internal::Cursor cursor = internal::open_cursor(txn, tables.terms);
      MDB_val key{};
      MDB_val value{};
      internal::check(mdb_cursor_get(cursor.get(), &key, &value, MDB_FIRST), "get");
      internal::check(mdb_cursor_del(cursor.get(), 0), "delete");
    });
    CHECK(names(report, "which is the id of no such term"));
  }
  SECTION("a commit that the log lacks") {
    const VerifyReport report = verify_tampered(whole, [&](MDB_txn* txn, const internal::Tables& tables) {
      std::uint64_t number = 3;
      MDB_val key = internal::value_of(number);
      internal::check(mdb_del(txn, tables.commits, &key, nullptr), "delete");
    });
    CHECK(names(report, "from commit 2 to 4"));
  }
  SECTION("sets of other quads") {
    fs::path first;
    for (const fs::path& file : files_below(whole)) {
      if (file.filename() != "subjects.sets") continue;
      if (first.empty()) {
        first = file;
      } else {
        fs::copy_file(whole / first, whole / file, fs::copy_options::overwrite_existing);
      }
    }
    CHECK(names(verify(whole), "its sets are not those of the quads"));
  }
  SECTION("another number of quads in the manifest") {
    const VerifyReport report = verify_tampered(whole, [&](MDB_txn* txn, const internal::Tables& tables) {
      internal::Manifest manifest = internal::read_manifest(txn, tables);
      ++manifest.segments.front().added;
      internal::write_manifest(txn, tables, manifest);
    });
    CHECK(names(report, "the manifest says"));
  }
}

}  // namespace

}  // namespace scenograph::store
