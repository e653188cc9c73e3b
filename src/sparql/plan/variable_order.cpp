#include "sparql/plan/variable_order.hpp"

#include <algorithm>
#include <limits>

namespace scenograph::sparql {

namespace {

// Nanoseconds, as measured on ten million quads.
constexpr double read_cost = 15;   // a row of a relation: read for each domain and for the lists, numbered
constexpr double open_cost = 10;   // of the lists of one variable, for each choice of those before it
constexpr double step_cost = 2;    // along a list
constexpr double search_cost = 8;  // in steps, of a number in the list of the last variable

/// How much longer than others the lists are of terms that are come to by these lists.
constexpr double skew = 8;

/// A relation of two variables, as seen from one of them.
struct Link {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  double length = 0;       ///< of the list of one term of `from`
  double share = 0;        ///< of all pairs of the two domains' terms, those it has
  std::uint64_t side = 0;  ///< the same for lists of the same rows
};

class Search {
 public:
  Search(const std::vector<VariableRelation>& relations, std::uint32_t count)
      : count_(count), domains_(count, std::numeric_limits<double>::infinity()) {
    for (const VariableRelation& relation : relations) {
      for (const auto& [variable, distinct] : relation.variables) {
        domains_[variable] = std::max(1.0, std::min(domains_[variable], distinct));
      }
    }
    for (const VariableRelation& relation : relations) add(relation);
  }

  VariableOrder best() {
    const std::size_t all = (std::size_t{1} << count_) - 1;
    ways_.assign((all + 1) * count_, {});
    for (std::uint32_t first = 0; first < count_; ++first) {
      way(std::size_t{1} << first, first).cost = open_cost + step_cost * domains_[first];
    }
    for (std::size_t set = 1; set < all; ++set) {
      const double rows = rows_of(set);
      for (std::uint32_t last = 0; last < count_; ++last) extend(set, last, rows);
    }
    std::uint32_t last = 0;
    for (std::uint32_t i = 1; i < count_; ++i) last = way(all, i).cost < way(all, last).cost ? i : last;
    VariableOrder out{{}, rows_of(all), way(all, last).cost + reading_};
    for (std::size_t set = all; set != 0;) {
      out.variables.push_back(last);
      const std::uint32_t before = way(set, last).before;
      set &= ~(std::size_t{1} << last);
      last = before;
    }
    std::reverse(out.variables.begin(), out.variables.end());
    return out;
  }

 private:
  /// To a set of variables with a certain last one.
  struct Way {
    double cost = std::numeric_limits<double>::infinity();
    std::uint32_t before = 0;  ///< the variable before the last
  };

  void add(const VariableRelation& relation) {
    reading_ += relation.rows * read_cost;
    if (relation.variables.size() != 2) return;
    const auto& [a, terms_a] = relation.variables[0];
    const auto& [b, terms_b] = relation.variables[1];
    const double distinct_a = std::max(1.0, terms_a);
    const double distinct_b = std::max(1.0, terms_b);
    const double share = relation.rows / (distinct_a * distinct_b);
    links_.push_back({a, b, share * domains_[b], share, 2 * relation.source});
    links_.push_back({b, a, share * domains_[a], share, 2 * relation.source + 1});
  }

  Way& way(std::size_t set, std::uint32_t last) { return ways_[set * count_ + last]; }

  void extend(std::size_t set, std::uint32_t last, double rows) {
    const double cost = way(set, last).cost;
    if (cost == std::numeric_limits<double>::infinity()) return;
    for (std::uint32_t next = 0; next < count_; ++next) {
      if (has(set, next)) continue;
      Way& with = way(set | (std::size_t{1} << next), next);
      const double more = cost + rows * (open_cost + step_cost * steps(set, last, next));
      if (more < with.cost) with = {more, last};
    }
  }

  /// How many choices of the set's variables there are.
  [[nodiscard]] double rows_of(std::size_t set) const {
    double rows = 1;
    for (std::uint32_t i = 0; i < count_; ++i) rows *= has(set, i) ? domains_[i] : 1;
    for (std::size_t i = 0; i < links_.size(); i += 2) {
      if (has(set, links_[i].from) && has(set, links_[i].to)) rows *= links_[i].share;
    }
    return rows;
  }

  /// What it takes to find the terms of the next variable, in steps along a list.
  [[nodiscard]] double steps(std::size_t set, std::uint32_t last, std::uint32_t next) const {
    double of_last = std::numeric_limits<double>::infinity();
    double of_others = domains_[next];
    for (const Link& link : links_) {
      if (link.to != next || !has(set, link.from)) continue;
      const double length = std::min(domains_[next], link.length * (is_skewed(link, set) ? skew : 1));
      double& least = link.from == last ? of_last : of_others;
      least = std::min(least, length);
    }
    const bool is_searched = of_last < std::numeric_limits<double>::infinity();
    return std::min(of_last, of_others * (is_searched ? search_cost : 1));
  }

  /// Whether the link's terms were come to by lists of the same rows.
  [[nodiscard]] bool is_skewed(const Link& link, std::size_t set) const {
    return std::any_of(links_.begin(), links_.end(), [&](const Link& other) {
      return other.side == link.side && other.from == link.from && has(set, other.to);
    });
  }

  static bool has(std::size_t set, std::uint32_t variable) { return ((set >> variable) & 1U) != 0; }

  std::uint32_t count_;
  std::vector<double> domains_;
  std::vector<Link> links_;
  std::vector<Way> ways_;
  double reading_ = 0;
};

}  // namespace

VariableOrder order_variables(const std::vector<VariableRelation>& relations, std::uint32_t count) {
  return Search(relations, count).best();
}

}  // namespace scenograph::sparql
