#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sparql/exec/operator.hpp"
#include "sparql/exec/term_table.hpp"
#include "sparql/query.hpp"

namespace scenograph::sparql {

/// Turns rows of ids into solutions. A term that comes again within a batch is mostly read once. One thread; the table
/// must outlive it.
class SolutionDecoder {
 public:
  explicit SolutionDecoder(TermTable& terms) : terms_(terms) {}

  /// Replaces `out` by the rows of `rows` from `from` on: `most` of them, or fewer once their terms take some
  /// megabytes, but at least one.
  ///
  /// REQUIRES: from < rows.size, 0 < most <= rows.size - from.
  void decode(const Batch& rows, std::size_t from, std::size_t most, SolutionBatch& out);

 private:
  void place_column(const store::TermId* ids, std::size_t count, std::vector<SolutionBatch::Place>& out);
  SolutionBatch::Place place_of(store::TermId id);
  void read_terms(rdf::TermList& terms);

  TermTable& terms_;
  std::vector<store::TermId> ids_;  ///< of the batch's terms
  std::vector<SolutionBatch::Place>
      places_;  ///< by hash: where in ids_ to look for an id; any place if it is not there
};

}  // namespace scenograph::sparql
