#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "store/term_id.hpp"

namespace scenograph::store {

/// A triple pattern of a star: what a subject must have to match it.
struct StarMember {
  TermId predicate;
  TermId object;  ///< Undefined: any
};

/// How many subjects are expected to match several patterns at once, and in how many ways: from the characteristic sets
/// of the store's layers, held against counts that are exact.
///
/// Exact for a store of one layer (just loaded or compacted) up to three things: sets too rare to be kept, objects
/// other than those of rdf:type (taken for independent of the rest), and numbers of values (of one subject, taken for
/// independent of each other). Where layers tell of the same subjects in parts, or took quads away, what the sets say
/// is scaled to the exact counts, or mixed with what holds if the smallest pattern's subjects all match the others.
class StarStatistics {
 public:
  /// Which members are meant: bit i is member i.
  using Members = std::uint64_t;

  struct Estimate {
    double subjects = 0;
    double rows = 0;  ///< of the patterns joined
  };

  /// Subjects that have the same ones of the members.
  struct Group {
    Members has = 0;
    double subjects = 0;
    std::vector<double> rows;  ///< of each member, of all these subjects together; 0 for those they have not
  };

  /// One member alone: exact numbers.
  struct Total {
    double subjects = 0;
    double rows = 0;
  };

  StarStatistics() = default;

  /// @param totals        of each member.
  /// @param groups        those that sets tell of.
  /// @param other         subjects that no group tells of.
  /// @param split         the share of subjects whose quads lie in several layers, 0 to 1.
  StarStatistics(std::vector<Total> totals, std::vector<Group> groups, double other, double split);

  [[nodiscard]] bool is_empty() const { return totals_.empty(); }

  /// How many of the members it knows of.
  [[nodiscard]] std::size_t size() const { return totals_.size(); }

  /// REQUIRES: at least one member, none beyond `size()`. Cost: one step for each group.
  [[nodiscard]] Estimate of(Members members) const;

 private:
  [[nodiscard]] Estimate in_sets(Members members) const;
  [[nodiscard]] Estimate in_others(Members members) const;
  [[nodiscard]] Estimate at_most(Members members) const;

  std::vector<Total> totals_;
  std::vector<Group> groups_;
  std::vector<double> told_;  ///< subjects of each member that groups tell of
  double other_ = 0;
  double split_ = 0;
};

}  // namespace scenograph::store
