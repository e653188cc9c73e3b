#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/budget.hpp"
#include "rdf/term.hpp"
#include "sparql/query.hpp"
#include "store/store.hpp"

namespace scenograph::sparql::update {

/// The solutions of an operation's WHERE, all of them, so that the store can change under them: 8 bytes a term. Terms
/// that the store does not know yet are kept aside until they are written.
class Solutions {
 public:
  /// Reads the result to its end. The budget must outlive this.
  Solutions(QueryResult& result, const store::View& view, base::Budget& budget);

  [[nodiscard]] std::size_t size() const { return size_; }

  /// The variable's column, or -1.
  [[nodiscard]] int column_of(const std::string& variable) const;

  /// The term's id in the store; a Local id if it was not there when read, Undefined if unbound.
  [[nodiscard]] store::TermId at(std::size_t row, std::size_t column) const { return cells_[row * width_ + column]; }

  /// The id to write for what `at` gave, adding the term to the store if need be. Blank nodes that the query made
  /// become new ones, the same for the same.
  [[nodiscard]] store::TermId intern(store::TermId id, store::Transaction& transaction);

 private:
  store::TermId id_of(const rdf::Term& term, const store::View& view);

  base::Charge charge_;
  std::map<std::string, int> columns_;
  std::size_t width_ = 0;
  std::size_t size_ = 0;
  std::vector<store::TermId> cells_;
  std::vector<rdf::Term> made_;
  std::vector<store::TermId> written_;  ///< ids of `made_` in the store; Undefined until needed
  std::unordered_map<rdf::Term, std::uint64_t> numbers_;
};

}  // namespace scenograph::sparql::update
