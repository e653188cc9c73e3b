#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>

#include "base/budget.hpp"
#include "rdf/term.hpp"
#include "sparql/exec/value.hpp"
#include "store/view.hpp"

namespace scenograph::sparql {

/// The terms one query meets: those of the store, and those it makes itself, which get ids of kind Local. Equal ids ⇔
/// equal terms holds over both. One thread; the view and the budget must outlive it.
class TermTable {
 public:
  TermTable(const store::View& view, base::Budget& budget);

  /// The term's id; a new local one, charged to the budget, if the store does not know the term.
  [[nodiscard]] store::TermId intern(const rdf::Term& term);

  /// The id the value was read from, else that of its term. Undefined for an error.
  [[nodiscard]] store::TermId intern(const Value& value);

  /// REQUIRES: an id of this table or the view, not Undefined.
  [[nodiscard]] rdf::Term term(store::TermId id) const;

  /// As `term`, without a copy; valid until the next call.
  [[nodiscard]] rdf::TermView read(store::TermId id);

  /// As `store::TermReader::expect`.
  void expect(store::TermId id);

  /// The id's value, an error for Undefined. Recently read ones come from a cache.
  [[nodiscard]] const Value& value(store::TermId id);

  /// A blank node of this query alone.
  [[nodiscard]] store::TermId fresh_blank();

  /// The blank node that BNODE gives for `label` in a solution, for which a blank node of this query stands.
  [[nodiscard]] store::TermId named_blank(store::TermId solution, const std::string& label);

  /// The blank node that a template has for `label` within the current solution.
  [[nodiscard]] store::TermId row_blank(const std::string& label);

  /// Starts the next solution: `row_blank` gives other nodes from here on.
  void next_solution() {
    if (!row_blanks_.empty()) row_blanks_.clear();
  }

  [[nodiscard]] const store::View& view() const { return view_; }

 private:
  [[nodiscard]] store::TermReader& reader();

  /// Values are kept in pages, each made at the first use: most queries need few or none.
  static constexpr std::size_t cache_pages = 64;
  static constexpr std::size_t page_values = 64;
  using Page = std::array<Value, page_values>;

  const store::View& view_;
  std::unique_ptr<store::TermReader> reader_;  ///< made when it is first needed, as is the cache
  base::Charge charge_;
  std::deque<rdf::Term> local_;
  std::unordered_map<rdf::Term, std::uint64_t> local_ids_;
  std::array<std::unique_ptr<Page>, cache_pages> cache_;
  std::unordered_map<std::string, store::TermId> row_blanks_;
  std::unordered_map<std::string, std::uint64_t> labels_;  ///< of BNODE, numbered
  std::uint64_t blanks_ = 0;
};

}  // namespace scenograph::sparql
