#include "store/internal/load/load_quads.hpp"

#include <algorithm>
#include <cassert>
#include <system_error>

#include "rdf/vocab.hpp"
#include "store/internal/load/known_terms.hpp"
#include "store/internal/load/lane.hpp"
#include "store/internal/load/numbering.hpp"
#include "store/internal/load/scratch.hpp"
#include "store/internal/load/work.hpp"
#include "store/internal/load/write_runs.hpp"
#include "store/internal/term_bytes.hpp"

namespace scenograph::store::internal {

namespace {

void remove_files(const LoadPaths& paths) noexcept {
  std::error_code ignored;
  std::filesystem::remove(paths.vocabulary, ignored);
  for (const auto& run : paths.runs) std::filesystem::remove(run, ignored);
  std::filesystem::remove(paths.subject_sets, ignored);
}

/// The id of rdf:type, 0 if neither the load nor its target has it.
std::uint64_t type_of(const LoadTarget& target, const LoadPaths& paths, const Numbering& numbering) {
  const std::string bytes = to_term_bytes(rdf::TermView(rdf::Term::iri(rdf::rdf::type)));
  std::optional<std::uint64_t> number = KnownTerms(target, 1).find(bytes);
  if (!number && numbering.has_vocabulary) number = open_vocabulary(paths.vocabulary)->find(bytes);
  return number ? TermId::make(IdKind::Iri, *number).bits() : 0;
}

class Loader : public QuadLoader {
 public:
  /// Half of the memory holds what lanes take in: sorting its terms takes the rest. Quads are sorted after that.
  Loader(const BulkLoadOptions& options, const std::filesystem::path& scratch)
      : options_(options), scratch_(scratch), work_(options_) {
    const std::size_t count = std::max<std::size_t>(1, options.lanes);
    for (std::size_t i = 0; i < count; ++i) {
      lanes_.push_back(std::make_unique<Lane>(options.memory / 2 / count, scratch_.path(), work_));
    }
  }

  LoadLane& lane(std::size_t number) override {
    assert(number < lanes_.size());
    return *lanes_[number];
  }

  LoadedFiles finish(const LoadTarget& target, const LoadPaths& paths) override {
    try {
      return write(target, paths);
    } catch (...) {
      remove_files(paths);
      throw;
    }
  }

 private:
  LoadedFiles write(const LoadTarget& target, const LoadPaths& paths) {
    const std::vector<std::unique_ptr<Batch>> batches = close_lanes();
    work_.advance(0.1);
    Numbering numbering = number_terms(batches, target, paths.vocabulary, work_);
    numbering.type = type_of(target, paths, numbering);
    LoadedFiles files;
    files.next_term = numbering.next_term;
    files.next_blank = numbering.next_blank;
    files.has_vocabulary = numbering.has_vocabulary;
    files.counts = write_runs(batches, numbering, target, paths, options_.memory, scratch_.path(), work_);
    work_.advance(1);
    return files;
  }

  std::vector<std::unique_ptr<Batch>> close_lanes() {
    std::vector<std::function<void()>> tasks;
    for (const auto& lane : lanes_) tasks.emplace_back([&lane] { lane->close(); });
    work_.run(tasks);
    std::vector<std::unique_ptr<Batch>> batches;
    for (const auto& lane : lanes_) {
      for (auto& batch : lane->take_batches()) batches.push_back(std::move(batch));
    }
    lanes_.clear();
    return batches;
  }

  BulkLoadOptions options_;
  ScratchFolder scratch_;
  Work work_;
  std::vector<std::unique_ptr<Lane>> lanes_;
};

}  // namespace

std::unique_ptr<QuadLoader> make_quad_loader(const BulkLoadOptions& options, const std::filesystem::path& scratch) {
  return std::make_unique<Loader>(options, scratch);
}

}  // namespace scenograph::store::internal
