#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "shacl/trend.hpp"

namespace scenograph::ingest {

/// Reads a report of `shacl::write_json` (or a summary of one), packed or not, as what a later one is held against.
///
/// @throws  Error(Code::BadSyntax) if it is no JSON; Error(Code::BadData) naming what is missing or ill-formed;
///          Error(Code::TooLarge) past 256 MiB.
[[nodiscard]] shacl::Baseline read_baseline(std::unique_ptr<base::ByteSource> bytes, const std::string& source_name);

/// What the last validations of a store found, in the folder `reports` of its data directory (docs/format-store.md),
/// for the same shapes and the same graphs. A file appears whole or not at all; there are at most 32, each of at most
/// 16 MiB, two for each shapes and graphs.
class ReportHistory {
 public:
  /// @param shapes  tells these shapes from others, such as `shapes_fingerprint`
  /// @param graphs  tells the selection of graphs from others
  ReportHistory(const std::filesystem::path& data, std::string_view shapes, std::string_view graphs);

  /// The last report that was made at another commit than this; nullopt if there is none.
  /// @throws  what `read_baseline` throws, if the file is damaged.
  [[nodiscard]] std::optional<shacl::Baseline> before(std::uint64_t commit) const;

  /// Keeps what the report found at this commit, in place of what was known of it. A report without all its results
  /// does not replace another one. What does not fit goes without results.
  /// @throws  Error(Io, DiskFull, ReadOnly, Denied)
  void keep(const shacl::Report& report, std::int64_t time_ms, std::uint64_t commit) const;

 private:
  [[nodiscard]] std::filesystem::path file_of(std::uint64_t commit) const;
  void remove_old() const;

  std::filesystem::path folder_;
  std::string key_;
};

}  // namespace scenograph::ingest
