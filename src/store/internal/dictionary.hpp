#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "rdf/term.hpp"
#include "store/internal/manifest.hpp"
#include "store/term_id.hpp"

// Terms that are not inlined: IRIs and the longer literals, each with a number. Terms of bulk loads lie in
// vocabularies, those of commits in LMDB, those of commits on their way in memory. Blank nodes have a number alone.

namespace scenograph::store::internal {

/// Terms that no vocabulary and no table has yet, as bytes (`term_bytes.hpp`). One thread.
class NewTerms {
 public:
  [[nodiscard]] std::optional<std::uint64_t> find(std::string_view bytes) const;

  /// The bytes of a term, or null. Valid until `clear`.
  [[nodiscard]] const std::string* bytes_of(std::uint64_t number) const;

  void add(std::string bytes, std::uint64_t number);
  void clear();

  /// Numbers and bytes, by number: a table takes them fastest so.
  [[nodiscard]] std::vector<std::pair<std::uint64_t, std::string>> all() const;
  [[nodiscard]] bool is_empty() const { return numbers_.empty(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view bytes) const { return std::hash<std::string_view>()(bytes); }
  };
  std::unordered_map<std::string, std::uint64_t, Hash, std::equal_to<>> numbers_;
  std::unordered_map<std::uint64_t, const std::string*> bytes_;
};

/// The number of a term as of the transaction and the files. Cost: one search in each vocabulary, one look-up in LMDB.
[[nodiscard]] std::optional<std::uint64_t> find_number(MDB_txn* txn, const Tables& tables, const OpenFiles& files,
                                                       std::string_view bytes);

/// As `find_number`, in LMDB alone.
[[nodiscard]] std::optional<std::uint64_t> find_listed(MDB_txn* txn, const Tables& tables, std::string_view bytes);

/// The id of an IRI or a literal with this number.
[[nodiscard]] TermId numbered(const rdf::Term& term, std::uint64_t number);

/// The term of an id that is inlined, a blank node or the default graph; nullopt for others.
[[nodiscard]] std::optional<rdf::Term> term_without_dictionary(TermId id);

/// @throws Error(Code::Corrupt) for an id that the dictionary does not hold.
[[nodiscard]] rdf::Term read_term(MDB_txn* txn, const Tables& tables, const OpenFiles& files, TermId id);

/// Reads terms of the files and LMDB one after the other, as `store::TermReader` does. One thread; what it is made of
/// must outlive it.
class StoredTerms {
 public:
  StoredTerms(MDB_txn* txn, const Tables& tables, const OpenFiles& files)
      : txn_(txn), tables_(tables), files_(files), lookups_(files.vocabularies.size()) {}

  /// The bytes of an IRI or a literal that is not inlined, valid until the next call. @throws Error(Code::Corrupt)
  [[nodiscard]] std::string_view bytes(TermId id);

  /// As `Vocabulary::Lookup::expect`; of ids of LMDB nothing is done.
  void expect(TermId id);

 private:
  Vocabulary::Lookup* lookup_of(TermId id);

  MDB_txn* txn_;
  const Tables& tables_;
  const OpenFiles& files_;
  std::vector<std::unique_ptr<Vocabulary::Lookup>> lookups_;  ///< of each vocabulary that was read from
};

/// Adds a term to LMDB. REQUIRES: it is not there, and no term has the number.
void add_term(MDB_txn* txn, const Tables& tables, std::uint64_t number, std::string_view bytes);

/// The label of a blank node of the store, and back: "b12".
[[nodiscard]] std::string blank_label(std::uint64_t number);
[[nodiscard]] std::optional<std::uint64_t> blank_number(std::string_view label);

}  // namespace scenograph::store::internal
