#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/internal/keys.hpp"

// Characteristic sets: how many subjects of a layer have exactly which predicates and classes.
//
// Source: Neumann and Moerkotte, Characteristic sets: accurate cardinality estimation for RDF queries with multiple
// joins, ICDE 2011. Classes are members here as predicates are, for what a subject has follows from its type.

namespace scenograph::store::internal {

/// The subjects that have the same predicates and the same objects of rdf:type.
struct SubjectSet {
  struct Predicate {
    std::uint64_t id = 0;
    std::uint64_t triples = 0;  ///< of all these subjects together; one in several graphs counts once

    friend auto operator<=>(const Predicate&, const Predicate&) = default;
  };
  std::uint64_t subjects = 0;
  std::vector<Predicate> predicates;   ///< by id
  std::vector<std::uint64_t> classes;  ///< ascending ids

  friend auto operator<=>(const SubjectSet&, const SubjectSet&) = default;
};

/// The sets of one layer's added quads.
struct SubjectSets {
  std::uint64_t subjects = 0;    ///< all there are, those of sets that are not kept among them
  std::vector<SubjectSet> sets;  ///< the most frequent first

  friend bool operator==(const SubjectSets&, const SubjectSets&) = default;
};

/// Counts sets in passing. Memory: at most 32 MiB; when more sets come than that holds, the rarest half is forgotten.
class SubjectSetCounter {
 public:
  /// @param type  the id of rdf:type, 0 if no quad has it.
  explicit SubjectSetCounter(std::uint64_t type);
  SubjectSetCounter(const SubjectSetCounter&) = delete;
  SubjectSetCounter& operator=(const SubjectSetCounter&) = delete;
  ~SubjectSetCounter();

  /// REQUIRES: strictly ascending rows of the Spog order, over all calls.
  void add(std::span<const Row> rows);

  /// What is worth keeping: the most frequent sets, about one member for 16 rows, 1,024 to 65,536 members in all. The
  /// same rows give the same result.
  [[nodiscard]] SubjectSets finish();

 private:
  class Table;

  void end_subject();

  std::uint64_t type_;
  std::uint64_t rows_ = 0;
  std::uint64_t subjects_ = 0;
  Row last_{};
  std::vector<std::uint64_t> key_;      ///< of the current subject: its predicates
  std::vector<std::uint64_t> triples_;  ///< of each
  std::vector<std::uint64_t> classes_;
  std::unique_ptr<Table> table_;
};

/// The bytes of the file, and back; nullopt if they are none, or damaged. docs/format-segment.md describes them.
[[nodiscard]] std::string encode(const SubjectSets& sets);
[[nodiscard]] std::optional<SubjectSets> decode_subject_sets(std::string_view bytes);

/// The file in a segment's folder.
[[nodiscard]] std::filesystem::path subject_sets_file(const std::filesystem::path& folder);

/// @throws Error(Code::Corrupt, Code::NotFound, Code::Io, ...) naming the file.
[[nodiscard]] SubjectSets read_subject_sets(const std::filesystem::path& path);

/// Finds the sets that have a member.
class SubjectSetIndex {
 public:
  struct Posting {
    std::uint32_t set = 0;
    std::uint64_t triples = 0;
  };

  explicit SubjectSetIndex(const SubjectSets& sets);

  [[nodiscard]] std::uint64_t subjects() const { return subjects_; }         ///< as in `SubjectSets`
  [[nodiscard]] std::uint64_t subjects_in_sets() const { return in_sets_; }  ///< of sets that are kept
  [[nodiscard]] std::uint64_t subjects_of(std::uint32_t set) const { return sizes_[set]; }

  /// The sets that have the predicate, or the class.
  [[nodiscard]] std::span<const Posting> with_predicate(std::uint64_t id) const { return find(predicates_, id); }
  [[nodiscard]] std::span<const Posting> with_class(std::uint64_t id) const { return find(classes_, id); }

 private:
  struct Member {
    std::uint64_t id = 0;
    std::vector<Posting> postings;
  };
  using Members = std::vector<Member>;  ///< by id

  [[nodiscard]] static std::span<const Posting> find(const Members& members, std::uint64_t id);

  std::uint64_t subjects_ = 0;
  std::uint64_t in_sets_ = 0;
  std::vector<std::uint64_t> sizes_;
  Members predicates_;
  Members classes_;
};

}  // namespace scenograph::store::internal
