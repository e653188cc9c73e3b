#pragma once

#include <cstdint>
#include <filesystem>
#include <unordered_map>

#include "store/internal/snapshot.hpp"

namespace scenograph::store::internal {

/// What commits changed while the store was rewritten, in the ids of the rewritten files. One thread.
/// Memory: 100 bytes for each quad that came or went.
class LaterCommits {
 public:
  /// @param rewritten  the files with the store as it was after commit `seen`. @param next_term  of their ids.
  LaterCommits(const OpenFiles& rewritten, std::uint64_t next_term, std::uint64_t seen)
      : rewritten_(&rewritten), next_term_(next_term), seen_(seen) {}

  /// Takes in the commits up to that of the state. @throws Error(Code::Corrupt, Code::Io)
  void take(const State& state, const std::filesystem::path& store);

  /// The id of an IRI, if these commits or the rewritten files have it.
  [[nodiscard]] std::optional<TermId> find_iri(std::string_view iri) const;

  [[nodiscard]] EditSet& edits() { return edits_; }
  [[nodiscard]] const NewTerms& terms() const { return terms_; }
  [[nodiscard]] std::uint64_t next_term() const { return next_term_; }

 private:
  TermId translate(const State& state, TermId id);
  [[nodiscard]] std::optional<std::uint64_t> find_number(std::string_view bytes) const;
  std::uint64_t number_of_term(const std::string& bytes);

  const OpenFiles* rewritten_;
  std::uint64_t next_term_;
  std::uint64_t seen_;  ///< the last commit taken in
  EditSet edits_;
  NewTerms terms_;  ///< that the rewritten files lack
  std::unordered_map<TermId, TermId> known_;
};

}  // namespace scenograph::store::internal
