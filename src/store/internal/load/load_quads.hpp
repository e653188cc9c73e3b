#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/bulk_load.hpp"
#include "store/internal/segment/run.hpp"
#include "store/internal/vocabulary/vocabulary.hpp"
#include "store/view.hpp"

namespace scenograph::store::internal {

/// What a load is added to. Nothing of it changes while the load is finished.
struct LoadTarget {
  const View& view;  ///< the quads that are there; read by several threads at once, as a snapshot can be
  std::vector<std::shared_ptr<const Vocabulary>> vocabularies;
  std::function<std::optional<std::uint64_t>(std::string_view term)>
      find_overlay;              ///< terms outside vocabularies; null if there are none
  std::uint64_t next_term = 1;   ///< first free number
  std::uint64_t next_blank = 1;  ///< first free blank node
};

/// How many quads there are of something, after duplicates and what was there already are gone.
struct LoadCounts {
  std::uint64_t quads = 0;
  std::unordered_map<TermId, std::uint64_t> predicates;  ///< quads of each
  std::unordered_map<TermId, std::uint64_t> graphs;      ///< quads of each
  std::unordered_map<TermId, std::uint64_t> subjects;    ///< of each predicate: distinct ones it did not have before
  std::unordered_map<TermId, std::uint64_t> objects;     ///< likewise
  std::uint64_t all_subjects = 0;                        ///< distinct ones that no quad had before
  std::uint64_t all_objects = 0;                         ///< likewise
};

/// Files of a finished load, synchronised. Whoever takes them names them in the manifest or removes them.
struct LoadedFiles {
  std::uint64_t next_term = 1;
  std::uint64_t next_blank = 1;
  bool has_vocabulary = false;  ///< whether new terms were written to `paths.vocabulary`
  LoadCounts counts;            ///< counts.quads == 0: nothing new, no runs were written
};

/// Where a load writes; the parent folders exist.
struct LoadPaths {
  std::filesystem::path scratch;     ///< a folder for intermediate files; removed at the end
  std::filesystem::path vocabulary;  ///< the new vocabulary
  std::array<std::filesystem::path, order_count> runs;
  std::filesystem::path subject_sets;
};

/// The load itself, without the store around it: collects quads, then sorts terms and quads.
class QuadLoader {
 public:
  virtual ~QuadLoader() = default;
  [[nodiscard]] virtual LoadLane& lane(std::size_t number) = 0;

  /// Numbers the new terms in sorted order, drops duplicates and quads that `target` has, writes vocabulary and runs.
  /// Call it once, after the last quad.
  /// @throws  Error(Code::DiskFull, Code::Io), what `options.check` throws, Error(Code::TooLarge) for 2^32 distinct
  ///          terms; none of the files is then left.
  [[nodiscard]] virtual LoadedFiles finish(const LoadTarget& target, const LoadPaths& paths) = 0;
};

/// @param scratch  a folder for intermediate files, made if needed, removed with the loader.
[[nodiscard]] std::unique_ptr<QuadLoader> make_quad_loader(const BulkLoadOptions& options,
                                                           const std::filesystem::path& scratch);

}  // namespace scenograph::store::internal
