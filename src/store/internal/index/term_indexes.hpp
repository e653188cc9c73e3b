#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "store/internal/index/index_file.hpp"
#include "store/internal/index/late_terms.hpp"
#include "store/internal/signal.hpp"
#include "store/store.hpp"

namespace scenograph::store::internal {

/// The file of an index, beside its vocabulary's.
[[nodiscard]] std::filesystem::path index_file(const std::filesystem::path& store, std::uint64_t vocabulary,
                                               std::string_view name);

/// The indexes of a store: their files, which it opens and writes, and what is in memory. Thread-safe.
///
/// They are derived from the vocabularies and never needed: a file that is missing, damaged or of another version is
/// made anew, and until then its index is not there.
class TermIndexes : public std::enable_shared_from_this<TermIndexes> {
 public:
  TermIndexes(std::filesystem::path store, std::vector<std::shared_ptr<const TermAnalyser>> analysers,
              IndexWriting writing);

  /// The index as of the state; null if there is none of this name, or none yet. Writes the files that it lacks if that
  /// is to be done on first use. If `check` stops it, what is read of late terms is kept, a file that is not whole is
  /// not.
  [[nodiscard]] std::shared_ptr<const TermIndex> open(const std::shared_ptr<const State>& state, std::string_view name,
                                                      const std::function<void()>& check);

  /// Writes all files that the state's vocabularies lack. What fails is logged, and that index is not there.
  /// @param check  called often; may throw to stop.
  void write_missing(const State& state, const std::function<void()>& check);

  [[nodiscard]] const std::vector<std::shared_ptr<const TermAnalyser>>& analysers() const { return analysers_; }

  /// Removes a file that turned out to be damaged.
  void give_up(std::uint64_t vocabulary, std::string_view name, std::string_view reason);

 private:
  using Place = std::pair<std::uint64_t, std::string>;  ///< number of the vocabulary's file, name of the index
  using File = std::shared_ptr<const IndexFile>;
  enum class Lacking { Leave, Write };

  /// The file's index; nullopt if it is lacking; null if there is nothing to be indexed.
  [[nodiscard]] std::optional<File> open_file(std::uint64_t number, const Vocabulary& vocabulary,
                                              const TermAnalyser& analyser, Lacking lacking,
                                              const std::function<void()>& check);
  [[nodiscard]] std::optional<File> open_existing(const Place& place, const Vocabulary& vocabulary,
                                                  const TermAnalyser& analyser);
  [[nodiscard]] std::optional<File> write(const Place& place, const Vocabulary& vocabulary,
                                          const TermAnalyser& analyser, const std::function<void()>& check);
  [[nodiscard]] std::shared_ptr<const LateTerms> late_terms(const State& state, const TermAnalyser& analyser,
                                                            const std::function<void()>& check);
  void forget_others(const Manifest& manifest);

  std::filesystem::path store_;
  std::vector<std::shared_ptr<const TermAnalyser>> analysers_;
  IndexWriting writing_;
  std::mutex writing_mutex_;  ///< held while a file is written
  std::mutex mutex_;          ///< of all below
  std::map<Place, File> files_;
  std::map<std::string, std::shared_ptr<const LateTerms>, std::less<>> late_;  ///< by name of the index
};

/// What the indexes' files take up.
[[nodiscard]] std::uint64_t index_bytes(const std::filesystem::path& store, const Manifest& manifest,
                                        const TermIndexes& indexes);

/// A thread that writes files that are lacking, at low priority, at once and whenever files changed; until destroyed.
class IndexWriter {
 public:
  virtual ~IndexWriter() = default;
};

/// @param changed  raised after each change of files. All must outlive it.
[[nodiscard]] std::unique_ptr<IndexWriter> start_index_writer(const StateSource& source, TermIndexes& indexes,
                                                              Signal& changed);

}  // namespace scenograph::store::internal
