#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/budget.hpp"
#include "mapping/internal/model.hpp"
#include "mapping/internal/term_maker.hpp"

namespace scenograph::mapping::internal {

/// The subjects of a parent triples map by the values of its join conditions: a hash join's built side.
class JoinTable {
 public:
  JoinTable(const Join& join, base::Budget* budget) : join_(&join) {
    if (budget != nullptr) charge_.emplace(*budget);
  }

  [[nodiscard]] const Join& join() const { return *join_; }

  /// Adds the subjects of the parent's current record. @throws Error(Code::OutOfMemory)
  void add(TermMaker& parent, const std::vector<rdf::Term>& subjects);

  /// Appends the subjects that the child's current record joins to.
  void find(TermMaker& child, std::vector<rdf::Term>& subjects) const;

 private:
  enum class Side : std::uint8_t { Child, Parent };
  [[nodiscard]] std::vector<std::string> keys(TermMaker& maker, Side side) const;

  const Join* join_;
  std::unordered_map<std::string, std::vector<rdf::Term>> subjects_;
  std::optional<base::Charge> charge_;
};

}  // namespace scenograph::mapping::internal
