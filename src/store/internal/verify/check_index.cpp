#include "store/internal/verify/check_index.hpp"

#include "base/error.hpp"
#include "base/hash.hpp"

namespace scenograph::store::internal {

namespace {

/// What keys and numbers come to, whatever order they are read in.
struct KeySum {
  std::uint64_t count = 0;
  std::uint64_t sum = 0;

  void add(std::string_view key, std::uint64_t number) {
    std::uint64_t hash = base::stable_hash(key) ^ (number * 0x9E3779B97F4A7C15ULL);
    hash = (hash ^ (hash >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    sum += hash ^ (hash >> 27U);
    ++count;
  }

  friend bool operator==(const KeySum&, const KeySum&) = default;
};

}  // namespace

std::string check_index(const std::filesystem::path& path, const Vocabulary& vocabulary, const TermAnalyser& analyser) {
  using base::Code;
  try {
    KeySum stored;
    IndexFile(path, vocabulary, analyser).read_all([&](std::string_view key, std::uint64_t number) {
      stored.add(key, number);
    });
    KeySum wanted;
    make_all_keys(
        vocabulary, analyser, [&](std::string_view key, std::uint64_t number) { wanted.add(key, number); }, [] {});
    return stored == wanted ? "" : "its keys are not those of the literals";
  } catch (const base::Error& error) {
    if (error.code() == Code::Unsupported || error.code() == Code::NotFound) return "";
    if (error.code() != Code::Corrupt) throw;
    return error.message().substr(0, error.message().find(';'));
  }
}

}  // namespace scenograph::store::internal
