#include "store/internal/sets/star_of.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "store/internal/sets/subject_sets.hpp"

namespace scenograph::store::internal {

namespace {

constexpr std::size_t most_members = 64;

/// A member, and what holds for it alone.
struct Wanted {
  StarMember member;
  bool is_class = false;  ///< an object of rdf:type, which the sets know
  double share = 1;       ///< of the predicate's rows that have the object
  StarStatistics::Total total;
};

Wanted wanted_of(const View& view, TermId type, const StarMember& member) {
  Wanted out{member, false, 1, {}};
  const auto predicate = view.statistics(member.predicate);
  out.total = {static_cast<double>(predicate.distinct_subjects), static_cast<double>(predicate.quads)};
  if (member.object.is_undefined() || predicate.quads == 0) return out;
  const auto rows = static_cast<double>(view.count({{}, member.predicate, member.object, {}}));
  out.is_class = member.predicate == type;
  if (out.is_class) {
    out.total = {std::min(rows, out.total.subjects), rows};
  } else {
    out.share = rows / out.total.rows;
    out.total.rows = rows;
  }
  return out;
}

/// What the sets of all layers say of the members.
class Sums {
 public:
  explicit Sums(std::span<const Wanted> wanted) : wanted_(wanted) {}

  void add(const SubjectSetIndex& index) {
    subjects_ += static_cast<double>(index.subjects());
    in_sets_ += static_cast<double>(index.subjects_in_sets());
    std::vector<Postings> left;
    for (const Wanted& wanted : wanted_) {
      left.push_back(wanted.is_class ? index.with_class(wanted.member.object.bits())
                                     : index.with_predicate(wanted.member.predicate.bits()));
    }
    while (const auto set = next_of(left)) take(*set, static_cast<double>(index.subjects_of(*set)), left);
  }

  [[nodiscard]] double subjects() const { return subjects_; }
  [[nodiscard]] double in_sets() const { return in_sets_; }

  [[nodiscard]] std::vector<StarStatistics::Group> groups() const {
    std::vector<StarStatistics::Group> out;
    for (const auto& [has, group] : groups_) out.push_back(group);
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.has < b.has; });
    return out;
  }

 private:
  using Postings = std::span<const SubjectSetIndex::Posting>;

  /// The lowest set that any of the postings, ascending, has next.
  static std::optional<std::uint32_t> next_of(const std::vector<Postings>& left) {
    std::optional<std::uint32_t> lowest;
    for (const Postings& postings : left) {
      if (!postings.empty() && (!lowest || postings.front().set < *lowest)) lowest = postings.front().set;
    }
    return lowest;
  }

  /// Takes the set off the postings that have it next.
  void take(std::uint32_t set, double subjects, std::vector<Postings>& left) {
    rows_.assign(wanted_.size(), 0);
    std::uint64_t has = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (left[i].empty() || left[i].front().set != set) continue;
      has |= std::uint64_t{1} << i;
      rows_[i] = wanted_[i].share * static_cast<double>(left[i].front().triples);
      left[i] = left[i].subspan(1);
    }
    const auto [at, is_new] = groups_.try_emplace(has);
    StarStatistics::Group& group = at->second;
    if (is_new) group = {has, 0, std::vector<double>(wanted_.size())};
    group.subjects += subjects;
    for (std::size_t i = 0; i < rows_.size(); ++i) group.rows[i] += rows_[i];
  }

  std::span<const Wanted> wanted_;
  double subjects_ = 0;
  double in_sets_ = 0;
  std::unordered_map<std::uint64_t, StarStatistics::Group> groups_;
  std::vector<double> rows_;  ///< of one set
};

/// Quads of the layers by sign.
struct Sizes {
  double added = 0;
  double removed = 0;
};

Sizes sizes_of(const Layers& layers) {
  Sizes out;
  for (const SegmentEntry& entry : layers.files->manifest.segments) {
    out.added += static_cast<double>(entry.added);
    out.removed += static_cast<double>(entry.removed);
  }
  for (const EditLayer* edits : layers.edits) {
    out.added += static_cast<double>(edits->rows(Order::Spog, Sign::Added).size());
    out.removed += static_cast<double>(edits->rows(Order::Spog, Sign::Removed).size());
  }
  return out;
}

/// The share of subjects whose quads lie in several layers: layers have more subjects together than there are. As many
/// as were removed may be no more instead.
double split_share(const Layers& layers, double in_layers, double subjects) {
  if (subjects == 0 || in_layers <= subjects) return 0;
  const Sizes sizes = sizes_of(layers);
  const double gone = sizes.added == 0 ? 0 : sizes.removed * in_layers / sizes.added;
  return std::max(0.0, in_layers - subjects - gone) / subjects;
}

}  // namespace

StarStatistics star_of(const View& view, const Layers& layers, TermId type, std::span<const StarMember> members) {
  std::vector<Wanted> wanted;
  for (const StarMember& member : members.first(std::min(members.size(), most_members))) {
    wanted.push_back(wanted_of(view, type, member));
  }
  Sums sums(wanted);
  for (const auto& segment : layers.files->segments) {
    if (const auto* sets = segment->subject_sets()) sums.add(*sets);
  }
  for (const EditLayer* edits : layers.edits) {
    if (const auto* sets = edits->subject_sets(type.bits())) sums.add(*sets);
  }
  const auto subjects = static_cast<double>(all_statistics(layers).distinct_subjects);
  std::vector<StarStatistics::Total> totals;
  for (const Wanted& each : wanted) totals.push_back(each.total);
  return {std::move(totals), sums.groups(), std::max(0.0, subjects - sums.in_sets()),
          split_share(layers, sums.subjects(), subjects)};
}

View::PredicateStatistics all_statistics(const Layers& layers) {
  return {read_count(layers, Counter::Quads, {}), read_count(layers, Counter::AllSubjects, {}),
          read_count(layers, Counter::AllObjects, {})};
}

}  // namespace scenograph::store::internal
