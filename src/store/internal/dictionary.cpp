#include "store/internal/dictionary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/hash.hpp"
#include "store/internal/entries.hpp"
#include "store/internal/inline_term.hpp"
#include "store/internal/term_bytes.hpp"

namespace scenograph::store::internal {

using base::Code;
using base::Error;
using rdf::Term;

namespace {

constexpr std::string_view reading = "cannot read the dictionary";
constexpr std::string_view writing = "cannot write to the dictionary";

bool stands_for(MDB_txn* txn, const Tables& tables, std::uint64_t number, std::string_view bytes) {
  MDB_val key = value_of(number);
  MDB_val term{};
  check(mdb_get(txn, tables.terms, &key, &term), reading);
  return bytes_of(term) == bytes;
}

/// The index of the vocabulary that numbers this term, if there is one.
std::optional<std::size_t> vocabulary_of(const OpenFiles& files, std::uint64_t number) {
  const auto& entries = files.manifest.vocabularies;
  const auto after = std::upper_bound(entries.begin(), entries.end(), number,
                                      [](std::uint64_t wanted, const auto& entry) { return wanted < entry.first; });
  if (after == entries.begin()) return std::nullopt;
  const auto& entry = *std::prev(after);
  if (number - entry.first >= entry.size) return std::nullopt;
  return static_cast<std::size_t>(std::prev(after) - entries.begin());
}

/// The bytes of a term in LMDB, valid as long as the transaction changes nothing.
std::string_view listed_bytes(MDB_txn* txn, const Tables& tables, TermId id) {
  std::uint64_t number = id.payload();
  MDB_val key = value_of(number);
  MDB_val term{};
  if (!found(mdb_get(txn, tables.terms, &key, &term), reading)) {
    throw Error(Code::Corrupt, fmt::format("the dictionary has no term {:x}: restore a backup", id.bits()));
  }
  return bytes_of(term);
}

}  // namespace

std::optional<std::uint64_t> NewTerms::find(std::string_view bytes) const {
  const auto at = numbers_.find(bytes);
  return at == numbers_.end() ? std::nullopt : std::optional(at->second);
}

const std::string* NewTerms::bytes_of(std::uint64_t number) const {
  const auto at = bytes_.find(number);
  return at == bytes_.end() ? nullptr : at->second;
}

void NewTerms::add(std::string bytes, std::uint64_t number) {
  const auto at = numbers_.emplace(std::move(bytes), number).first;
  bytes_.emplace(number, &at->first);
}

void NewTerms::clear() {
  bytes_.clear();
  numbers_.clear();
}

std::vector<std::pair<std::uint64_t, std::string>> NewTerms::all() const {
  std::vector<std::pair<std::uint64_t, std::string>> terms;
  terms.reserve(numbers_.size());
  for (const auto& [number, bytes] : bytes_) terms.emplace_back(number, *bytes);
  std::sort(terms.begin(), terms.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return terms;
}

std::optional<std::uint64_t> find_listed(MDB_txn* txn, const Tables& tables, std::string_view bytes) {
  std::uint64_t hash = base::stable_hash(bytes);
  MDB_val key = value_of(hash);
  MDB_val number{};
  if (!found(mdb_get(txn, tables.hashes, &key, &number), reading)) return std::nullopt;
  if (stands_for(txn, tables, number_of(number), bytes)) return number_of(number);
  const Cursor cursor = open_cursor(txn, tables.hashes);
  for (MDB_cursor_op step = MDB_SET; found(mdb_cursor_get(cursor.get(), &key, &number, step), reading);
       step = MDB_NEXT_DUP) {
    if (stands_for(txn, tables, number_of(number), bytes)) return number_of(number);
  }
  return std::nullopt;
}

std::optional<std::uint64_t> find_number(MDB_txn* txn, const Tables& tables, const OpenFiles& files,
                                         std::string_view bytes) {
  for (const auto& vocabulary : files.vocabularies) {
    if (const auto number = vocabulary->find(bytes)) return number;
  }
  return find_listed(txn, tables, bytes);
}

TermId numbered(const Term& term, std::uint64_t number) {
  return TermId::make(term.is_iri() ? IdKind::Iri : IdKind::Literal, number);
}

std::optional<Term> term_without_dictionary(TermId id) {
  if (id.is_inline()) return from_inline(id);
  if (id == default_graph) return Term();
  if (id.kind() == IdKind::BlankNode) return Term::blank(blank_label(id.payload()));
  if (id.kind() == IdKind::Iri || id.kind() == IdKind::Literal) return std::nullopt;
  throw Error(Code::Corrupt, fmt::format("{:x} is no id of a term: restore a backup", id.bits()));
}

Term read_term(MDB_txn* txn, const Tables& tables, const OpenFiles& files, TermId id) {
  if (auto term = term_without_dictionary(id)) return *std::move(term);
  const auto vocabulary = vocabulary_of(files, id.payload());
  if (!vocabulary) return from_term_bytes(listed_bytes(txn, tables, id));
  std::string bytes;
  files.vocabularies[*vocabulary]->append_term(id.payload(), bytes);
  return from_term_bytes(bytes);
}

std::string_view StoredTerms::bytes(TermId id) {
  Vocabulary::Lookup* const lookup = lookup_of(id);
  return lookup == nullptr ? listed_bytes(txn_, tables_, id) : lookup->read(id.payload());
}

void StoredTerms::expect(TermId id) {
  if (Vocabulary::Lookup* const lookup = lookup_of(id)) lookup->expect(id.payload());
}

/// Null for what lies in LMDB.
Vocabulary::Lookup* StoredTerms::lookup_of(TermId id) {
  const auto vocabulary = vocabulary_of(files_, id.payload());
  if (!vocabulary) return nullptr;
  auto& lookup = lookups_[*vocabulary];
  if (!lookup) lookup = files_.vocabularies[*vocabulary]->lookup();
  return lookup.get();
}

void add_term(MDB_txn* txn, const Tables& tables, std::uint64_t number, std::string_view bytes) {
  add_entry(txn, tables, tables.terms, value_of(number), value_of(bytes), writing);
  std::uint64_t hash = base::stable_hash(bytes);
  add_entry(txn, tables, tables.hashes, value_of(hash), value_of(number), writing);
}

std::string blank_label(std::uint64_t number) { return "b" + std::to_string(number); }

std::optional<std::uint64_t> blank_number(std::string_view label) {
  std::uint64_t number = 0;
  if (label.size() < 2 || label.front() != 'b' || label[1] == '0') return std::nullopt;
  const auto [end, error] = std::from_chars(label.data() + 1, label.data() + label.size(), number);
  if (error != std::errc{} || end != label.data() + label.size()) return std::nullopt;
  return number;
}

}  // namespace scenograph::store::internal
