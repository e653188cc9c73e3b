#include "sparql/exec/operators/multiway_join.hpp"

#include <algorithm>
#include <deque>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <utility>

#include "sparql/exec/operators/adjacency.hpp"

namespace scenograph::sparql {

namespace {

using List = std::span<const std::uint32_t>;

/// The list of one variable's present term, and which numbers are in it. Searches at first; once that has cost about as
/// much as a walk along the list, marks its members instead, if the list stays while other variables change.
class Membership {
 public:
  Membership(Context& context, const Adjacency& lists, std::size_t from, std::size_t numbers, bool may_mark)
      : lists_(&lists), from_(from), words_(numbers / bits + 1), may_mark_(may_mark), charge_(*context.budget) {}

  [[nodiscard]] std::size_t from() const { return from_; }
  [[nodiscard]] List list() const { return list_; }

  /// What going along the list costs, in steps, if the others are asked whether they contain its members.
  [[nodiscard]] std::size_t cost_of_walk() const { return list_.size() * (may_mark_ ? cost_of_search : 1); }

  /// Sets the list to that of a term, to be asked for numbers from the smallest on. Marks stay if it is the same.
  void open(std::uint32_t number) {
    at_ = 0;
    if (number == number_) return;
    number_ = number;
    asked_ = 0;
    unmark();
    list_ = lists_->of(number);
  }

  /// Writes those of the numbers that are in the list to `out`, where they may lie themselves. They are ascending, and
  /// more than those of the calls before. @return how many there are.
  std::size_t common(List numbers, std::uint32_t* out) {
    if (may_mark_ && !is_marked_) {
      asked_ += numbers.size();
      if (asked_ * cost_of_search >= list_.size()) mark();
    }
    if (!is_marked_) return filter(numbers, out, [&](std::uint32_t number) { return search(number); });
    return filter(numbers, out, [marks = marks_.data()](std::uint32_t number) {
      return (marks[number / bits] >> (number % bits) & 1U) != 0;
    });
  }

 private:
  static constexpr std::size_t bits = 64;
  static constexpr std::size_t cost_of_search = 8;  ///< in steps along the list

  template <typename Test>
  static std::size_t filter(List numbers, std::uint32_t* out, Test test) {
    std::size_t kept = 0;
    for (const std::uint32_t number : numbers) {
      out[kept] = number;
      kept += test(number) ? 1 : 0;
    }
    return kept;
  }

  bool search(std::uint32_t number) {
    std::size_t step = 1;
    while (at_ + step < list_.size() && list_[at_ + step] < number) step *= 2;
    const auto first = list_.begin() + static_cast<std::ptrdiff_t>(at_);
    const auto last = list_.begin() + static_cast<std::ptrdiff_t>(std::min(at_ + step + 1, list_.size()));
    const auto found = std::lower_bound(first, last, number);
    at_ = static_cast<std::size_t>(found - list_.begin());
    return found != list_.end() && *found == number;
  }

  void mark() {
    if (marks_.empty()) {
      charge_.set(words_ * sizeof(std::uint64_t));
      marks_.resize(words_);
    }
    for (const std::uint32_t member : list_) marks_[member / bits] |= std::uint64_t{1} << (member % bits);
    is_marked_ = true;
  }

  void unmark() {
    if (!std::exchange(is_marked_, false)) return;
    for (const std::uint32_t member : list_) marks_[member / bits] = 0;
  }

  const Adjacency* lists_;
  std::size_t from_;
  std::size_t words_;
  bool may_mark_;
  List list_;
  std::uint32_t number_ = Domain::none;
  std::size_t at_ = 0;
  std::size_t asked_ = 0;
  bool is_marked_ = false;
  std::vector<std::uint64_t> marks_;
  base::Charge charge_;
};

/// One variable: the terms left to go through for those before it.
class Level {
 public:
  explicit Level(std::uint32_t numbers) : all_(numbers) {}

  void add(Context& context, const Adjacency& lists, std::size_t from, bool may_mark) {
    memberships_.emplace_back(context, lists, from, all_, may_mark);
  }

  /// Starts over for the present terms of the variables before.
  void open(const std::vector<std::uint32_t>& present) {
    found_ = {};
    taken_ = 0;
    at_ = 0;
    walked_ = nullptr;
    for (Membership& membership : memberships_) {
      membership.open(present[membership.from()]);
      if (walked_ == nullptr || membership.cost_of_walk() < walked_->cost_of_walk()) walked_ = &membership;
    }
    end_ = walked_ == nullptr ? all_ : walked_->list().size();
  }

  /// Goes on by so many steps at most. @return the terms found there that all lists share; they are taken.
  List take(std::size_t steps) {
    const std::size_t end = std::min(end_, at_ + steps);
    if (room_.size() < end - at_) room_.resize(end - at_);
    if (walked_ == nullptr) std::iota(room_.begin(), room_.end(), static_cast<std::uint32_t>(at_));
    found_ = walked_ == nullptr ? List(room_).first(end - at_) : walked_->list().subspan(at_, end - at_);
    for (Membership& membership : memberships_) {
      if (&membership != walked_) found_ = {room_.data(), membership.common(found_, room_.data())};
    }
    at_ = end;
    taken_ = found_.size();
    return found_;
  }

  /// The next term that all lists share; nullopt if there is none in the next steps, or none at all.
  std::optional<std::uint32_t> next() {
    constexpr std::size_t steps = 256;
    if (taken_ == found_.size()) {
      take(steps);
      taken_ = 0;
    }
    return taken_ < found_.size() ? std::optional(found_[taken_++]) : std::nullopt;
  }

  [[nodiscard]] bool is_at_end() const { return at_ == end_ && taken_ == found_.size(); }

 private:
  std::size_t all_;
  std::vector<Membership> memberships_;
  Membership* walked_ = nullptr;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::vector<std::uint32_t> room_;
  List found_;             ///< in `room_`, or part of the walked list
  std::size_t taken_ = 0;  ///< of what was found
};

class MultiwayJoin final : public Operator {
 public:
  MultiwayJoin(Context& context, std::size_t variables, std::vector<MultiwayTerms> terms,
               std::vector<MultiwayPairs> pairs)
      : context_(context), present_(variables), terms_(std::move(terms)), pairs_(std::move(pairs)) {}

  bool next(Batch& batch) override {
    if (levels_.empty()) build();
    batch.reset(present_.size());
    while (batch.size == 0 && !done_) {
      context_.budget->check();
      fill(batch);
    }
    return batch.size > 0;
  }

 private:
  void build() {
    for (std::size_t i = 0; i < present_.size(); ++i) domains_.emplace_back(context_);
    for (MultiwayTerms& each : std::exchange(terms_, {})) domains_[each.variable].restrict_to(*each.terms);
    for (Domain& domain : domains_) {
      domain.finish();
      levels_.emplace_back(domain.size());
      done_ = done_ || domain.size() == 0;
    }
    for (MultiwayPairs& each : std::exchange(pairs_, {})) {
      if (done_) return;
      const Adjacency& lists =
          adjacencies_.emplace_back(context_, *each.pairs, domains_[each.first], domains_[each.second]);
      levels_[each.second].add(context_, lists, each.first, each.first + 1 < each.second);
    }
    levels_.front().open(present_);
  }

  /// Goes on until the batch is full, or enough is done for the budget to be looked at.
  void fill(Batch& batch) {
    for (std::size_t turns = 0; turns < Batch::capacity && batch.size < Batch::capacity && !done_; ++turns) {
      if (levels_[level_].is_at_end()) {
        leave();
      } else if (level_ + 1 == levels_.size()) {
        emit(levels_[level_].take(Batch::capacity - batch.size), batch);
      } else if (const auto number = levels_[level_].next()) {
        present_[level_++] = *number;
        levels_[level_].open(present_);
      }
    }
  }

  /// Goes back to the variable before.
  void leave() {
    done_ = level_ == 0;
    if (!done_) --level_;
  }

  void emit(List numbers, Batch& batch) {
    if (numbers.empty()) return;
    for (std::size_t i = 0; i < level_; ++i) {
      batch.columns[i].insert(batch.columns[i].end(), numbers.size(), domains_[i].term(present_[i]));
    }
    for (const std::uint32_t number : numbers) batch.columns[level_].push_back(domains_[level_].term(number));
    batch.size += numbers.size();
  }

  Context& context_;
  std::vector<std::uint32_t> present_;  ///< the number of each variable's term
  std::vector<MultiwayTerms> terms_;
  std::vector<MultiwayPairs> pairs_;
  std::deque<Domain> domains_;
  std::deque<Adjacency> adjacencies_;
  std::vector<Level> levels_;
  std::size_t level_ = 0;
  bool done_ = false;
};

}  // namespace

OperatorPtr make_multiway_join(Context& context, std::size_t variables, std::vector<MultiwayTerms> terms,
                               std::vector<MultiwayPairs> pairs) {
  return std::make_unique<MultiwayJoin>(context, variables, std::move(terms), std::move(pairs));
}

}  // namespace scenograph::sparql
