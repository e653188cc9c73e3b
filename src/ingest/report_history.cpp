#include "ingest/report_history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/file.hpp"
#include "base/hash.hpp"
#include "shacl/report.hpp"
#include "syntax/packer.hpp"

namespace scenograph::ingest {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 32;
constexpr std::size_t most_of_a_key = 2;
constexpr std::size_t most_bytes = std::size_t{16} << 20U;
constexpr std::size_t most_results = 200'000;
constexpr std::string_view ending = ".json.zst";

struct Kept {
  fs::path path;
  std::string key;
  std::uint64_t commit = 0;
  fs::file_time_type time;
};

/// "<key>-<commit>.json.zst"; nullopt for files of other names.
std::optional<Kept> parse_name(const fs::path& path) {
  const std::string name = path.filename().string();
  const std::size_t dash = name.find('-');
  if (dash == std::string::npos || !name.ends_with(ending)) return std::nullopt;
  Kept kept{path, name.substr(0, dash), 0, {}};
  const char* end = name.data() + name.size() - ending.size();
  const auto [at, error] = std::from_chars(name.data() + dash + 1, end, kept.commit);
  if (error != std::errc() || at != end) return std::nullopt;
  return kept;
}

/// The latest commit of a key first.
std::vector<Kept> files_of(const fs::path& folder) {
  std::vector<Kept> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    auto kept = parse_name(entry.path());
    if (!kept) continue;
    std::error_code ignored;
    kept->time = entry.last_write_time(ignored);
    files.push_back(std::move(*kept));
  }
  std::sort(files.begin(), files.end(), [](const Kept& a, const Kept& b) { return a.commit > b.commit; });
  return files;
}

std::string summary(const shacl::Report& report, std::int64_t time_ms, std::size_t results) {
  std::string packed;
  const auto packer = syntax::make_packer(syntax::Packing::Zstd, [&](std::string_view bytes) { packed += bytes; });
  shacl::write_json_summary(report, time_ms, results, [&](std::string_view bytes) { packer->write(bytes); });
  packer->finish();
  return packed;
}

}  // namespace

ReportHistory::ReportHistory(const fs::path& data, std::string_view shapes, std::string_view graphs)
    : folder_(data / "reports"), key_(base::to_base32(base::stable_hash(fmt::format("{}\n{}", shapes, graphs)))) {}

fs::path ReportHistory::file_of(std::uint64_t commit) const {
  return folder_ / fmt::format("{}-{}{}", key_, commit, ending);
}

std::optional<shacl::Baseline> ReportHistory::before(std::uint64_t commit) const {
  for (const Kept& kept : files_of(folder_)) {
    if (kept.key != key_ || kept.commit == commit) continue;
    return read_baseline(base::open_file(kept.path), kept.path.string());
  }
  return std::nullopt;
}

void ReportHistory::keep(const shacl::Report& report, std::int64_t time_ms, std::uint64_t commit) const {
  const fs::path file = file_of(commit);
  std::error_code error;
  if (report.results.size() < report.total && fs::exists(file, error)) return;
  std::string packed = summary(report, time_ms, most_results);
  if (packed.size() > most_bytes) packed = summary(report, time_ms, 0);
  base::make_folder(folder_);
  base::write_file(file, packed);
  remove_old();
}

void ReportHistory::remove_old() const {
  std::vector<Kept> files = files_of(folder_);
  std::size_t of_key = 0;
  std::error_code ignored;
  std::erase_if(files, [&](const Kept& kept) {
    const bool is_old = kept.key == key_ && ++of_key > most_of_a_key;
    if (is_old) fs::remove(kept.path, ignored);
    return is_old;
  });
  if (files.size() <= most_files) return;
  std::sort(files.begin(), files.end(), [](const Kept& a, const Kept& b) { return a.time > b.time; });
  for (std::size_t i = most_files; i < files.size(); ++i) fs::remove(files[i].path, ignored);
}

}  // namespace scenograph::ingest
