#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "base/budget.hpp"
#include "sparql/algebra/algebra.hpp"

namespace scenograph::sparql {

/// Where variables stand in a query or parts of it, counted; sub-queries aside but for what they project.
class Mentions {
 public:
  /// @param budget  checked now and then; must outlive this. @throws what that throws.
  explicit Mentions(const base::Budget& budget) : budget_(&budget) {}

  void add(const algebra::Query& query);
  void add(const algebra::Pattern& pattern);
  void add(const algebra::TriplePattern& triple);
  void add(const algebra::Expression& expression);

  [[nodiscard]] bool has(const std::string& name) const { return all_ || counts_.contains(name); }

  /// Whether the variable stands in one triple pattern and nowhere else: how often it is bound matters, but not to
  /// what.
  [[nodiscard]] bool is_unread(const std::string& name) const;

  /// Whether the variable stands nowhere else than in `part`, which is some of what was added here.
  [[nodiscard]] bool are_all_in(const Mentions& part, const std::string& name) const;

 private:
  struct Count {
    int plain = 0;  ///< in triple patterns without path
    int other = 0;

    friend bool operator==(const Count&, const Count&) = default;
  };

  void add(const std::vector<algebra::Binding>& bindings);
  void read(const algebra::Node& node);
  void read(const std::string& name) { ++count_of(name).other; }
  Count& count_of(const std::string& name);

  const base::Budget* budget_;
  std::map<std::string, Count, std::less<>> counts_;
  std::size_t looked_up_ = 0;
  bool all_ = false;  ///< COUNT(DISTINCT *) reads every variable
};

}  // namespace scenograph::sparql
