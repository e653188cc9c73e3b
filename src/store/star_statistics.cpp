#include "store/star_statistics.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace scenograph::store {

namespace {

template <typename Take>
void for_each_member(StarStatistics::Members members, Take take) {
  for (; members != 0; members &= members - 1) take(static_cast<std::size_t>(std::countr_zero(members)));
}

}  // namespace

StarStatistics::StarStatistics(std::vector<Total> totals, std::vector<Group> groups, double other, double split)
    : totals_(std::move(totals)),
      groups_(std::move(groups)),
      told_(totals_.size(), 0),
      other_(other),
      split_(std::clamp(split, 0.0, 1.0)) {
  for (const Group& group : groups_) {
    for_each_member(group.has, [&](std::size_t i) { told_[i] += group.subjects; });
  }
}

StarStatistics::Estimate StarStatistics::of(Members members) const {
  const Estimate sets = in_sets(members);
  const Estimate others = in_others(members);
  const Estimate most = at_most(members);
  const auto mixed = [&](double told, double bound) { return (1 - split_) * told + split_ * bound; };
  return {mixed(sets.subjects + others.subjects, most.subjects), mixed(sets.rows + others.rows, most.rows)};
}

/// Subjects of several layers, and those that are no more, are counted too often: by as much as the exact number of the
/// member that this shows most in says.
StarStatistics::Estimate StarStatistics::in_sets(Members members) const {
  double share = 1;
  for_each_member(members, [&](std::size_t i) {
    if (told_[i] > totals_[i].subjects) share = std::min(share, totals_[i].subjects / told_[i]);
  });
  Estimate out;
  for (const Group& group : groups_) {
    if ((group.has & members) != members) continue;
    double subjects = share * group.subjects;
    double rows = subjects;
    for_each_member(members, [&](std::size_t i) {
      const double each = group.rows[i] / group.subjects;
      rows *= each;
      subjects *= std::min(each, 1.0);
    });
    out.subjects += subjects;
    out.rows += rows;
  }
  return out;
}

/// Nothing is known of them but how many have each member.
StarStatistics::Estimate StarStatistics::in_others(Members members) const {
  if (other_ <= 0) return {};
  Estimate out{other_, other_};
  for_each_member(members, [&](std::size_t i) {
    const double share = std::clamp((totals_[i].subjects - told_[i]) / other_, 0.0, 1.0);
    const double each = totals_[i].subjects > 0 ? totals_[i].rows / totals_[i].subjects : 0;
    out.rows *= share * each;
    out.subjects *= share * std::min(each, 1.0);
  });
  return out;
}

/// All subjects of the smallest member match the others.
StarStatistics::Estimate StarStatistics::at_most(Members members) const {
  double subjects = -1;
  double each = 1;
  for_each_member(members, [&](std::size_t i) {
    const double matching = std::min(totals_[i].subjects, totals_[i].rows);
    subjects = subjects < 0 ? matching : std::min(subjects, matching);
    if (matching > 0) each *= std::max(1.0, totals_[i].rows / totals_[i].subjects);
  });
  return {subjects, subjects * each};
}

}  // namespace scenograph::store
