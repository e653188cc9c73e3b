#include "store/internal/dictionary.hpp"

#include <fmt/format.h>

#include <charconv>
#include <string>

#include "base/hash.hpp"
#include "store/internal/inline_term.hpp"
#include "store/internal/term_bytes.hpp"

namespace scenograph::store::internal {

using base::Code;
using base::Error;
using rdf::Term;

namespace {

TermId id_of(const Term& term, std::uint64_t number) {
  return TermId::make(term.is_iri() ? IdKind::Iri : IdKind::Literal, number);
}

bool stands_for(MDB_txn* txn, const Tables& tables, std::uint64_t number, std::string_view bytes) {
  MDB_val key = value_of(number);
  MDB_val term{};
  check(mdb_get(txn, tables.terms, &key, &term), "cannot read the dictionary");
  return bytes_of(term) == bytes;
}

std::optional<std::uint64_t> find_bytes(MDB_txn* txn, const Tables& tables, std::string_view bytes) {
  std::uint64_t hash = base::stable_hash(bytes);
  MDB_val key = value_of(hash);
  MDB_val number{};
  if (!found(mdb_get(txn, tables.hashes, &key, &number), "cannot read the dictionary")) return std::nullopt;
  if (stands_for(txn, tables, number_of(number), bytes)) return number_of(number);
  const Cursor cursor = open_cursor(txn, tables.hashes);
  for (MDB_cursor_op step = MDB_SET;
       found(mdb_cursor_get(cursor.get(), &key, &number, step), "cannot read the dictionary"); step = MDB_NEXT_DUP) {
    if (stands_for(txn, tables, number_of(number), bytes)) return number_of(number);
  }
  return std::nullopt;
}

}  // namespace

std::string blank_label(std::uint64_t number) { return "b" + std::to_string(number); }

std::optional<std::uint64_t> blank_number(std::string_view label) {
  std::uint64_t number = 0;
  if (label.size() < 2 || label.front() != 'b' || label[1] == '0') return std::nullopt;
  const auto [end, error] = std::from_chars(label.data() + 1, label.data() + label.size(), number);
  if (error != std::errc{} || end != label.data() + label.size()) return std::nullopt;
  return number;
}

std::optional<TermId> find_term(MDB_txn* txn, const Tables& tables, const Term& term) {
  if (term.is_default_graph()) return default_graph;
  if (term.is_blank()) {
    const auto number = blank_number(term.value);
    if (!number || *number >= read_meta(txn, tables, meta::next_blank)) return std::nullopt;
    return TermId::make(IdKind::BlankNode, *number);
  }
  if (const auto id = to_inline(term)) return id;
  const auto number = find_bytes(txn, tables, to_term_bytes(rdf::TermView(term)));
  return number ? std::optional(id_of(term, *number)) : std::nullopt;
}

Term read_term(MDB_txn* txn, const Tables& tables, TermId id) {
  if (id.is_inline()) return from_inline(id);
  if (id == default_graph) return {};
  if (id.kind() == IdKind::BlankNode) return Term::blank(blank_label(id.payload()));
  std::uint64_t number = id.payload();
  MDB_val key = value_of(number);
  MDB_val term{};
  if ((id.kind() != IdKind::Iri && id.kind() != IdKind::Literal) ||
      !found(mdb_get(txn, tables.terms, &key, &term), "cannot read the dictionary")) {
    throw Error(Code::Corrupt, fmt::format("the dictionary has no term {:x}: restore a backup", id.bits()));
  }
  return from_term_bytes(bytes_of(term));
}

TermId add_term(MDB_txn* txn, const Tables& tables, const Term& term, std::uint64_t number) {
  const std::string bytes = to_term_bytes(rdf::TermView(term));
  std::uint64_t hash = base::stable_hash(bytes);
  MDB_val hash_key = value_of(hash);
  MDB_val number_value = value_of(number);
  MDB_val term_value = value_of(bytes);
  check(mdb_put(txn, tables.terms, &number_value, &term_value, MDB_APPEND), "cannot write to the dictionary");
  check(mdb_put(txn, tables.hashes, &hash_key, &number_value, 0), "cannot write to the dictionary");
  return id_of(term, number);
}

}  // namespace scenograph::store::internal
