#pragma once

#include <optional>

#include "rdf/term.hpp"
#include "store/internal/tables.hpp"
#include "store/term_id.hpp"

// Terms that are not inlined: IRIs and the longer literals, each with a number. Blank nodes have a number alone.

namespace scenograph::store::internal {

/// The term's id as of the transaction, or nullopt. A blank node is found by its label if one of that number was ever
/// made. Cost: one look-up of a hash and one of a term.
[[nodiscard]] std::optional<TermId> find_term(MDB_txn* txn, const Tables& tables, const rdf::Term& term);

/// @throws Error(Code::Corrupt) for an id that the dictionary does not hold.
[[nodiscard]] rdf::Term read_term(MDB_txn* txn, const Tables& tables, TermId id);

/// Adds a term. REQUIRES: `find_term` does not find it, and it is an IRI or a literal.
///
/// @param number  that no term has yet.
[[nodiscard]] TermId add_term(MDB_txn* txn, const Tables& tables, const rdf::Term& term, std::uint64_t number);

/// The label of a blank node of the store, and back: "b12".
[[nodiscard]] std::string blank_label(std::uint64_t number);
[[nodiscard]] std::optional<std::uint64_t> blank_number(std::string_view label);

}  // namespace scenograph::store::internal
