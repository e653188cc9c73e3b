#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "rdf/term.hpp"

namespace scenograph::ingest {

/// Quads in memory, each distinct term once. Memory: 16 bytes a quad, and some 150 and its text a term. One thread.
class QuadTable {
 public:
  /// A term of this table: 0, 1, … in the order they came.
  using TermNumber = std::uint32_t;

  struct Row {
    TermNumber subject = 0;
    TermNumber predicate = 0;
    TermNumber object = 0;
    TermNumber graph = 0;
  };

  QuadTable() = default;
  explicit QuadTable(std::span<const rdf::Quad> quads);

  /// @throws Error(Code::TooLarge) past 2^32 terms.
  void add(const rdf::Quad& quad) { rows_.push_back(row(quad)); }

  /// The quad's terms, added if new; the quad itself is not. @throws as `add`.
  [[nodiscard]] Row row(const rdf::Quad& quad);

  /// The term's number; it is added if new. @throws as `add`.
  [[nodiscard]] TermNumber number(const rdf::Term& term);
  [[nodiscard]] std::optional<TermNumber> find(const rdf::Term& term) const;

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  void set_rows(std::vector<Row> rows) { rows_ = std::move(rows); }

  /// How many terms there are, in use or not any more.
  [[nodiscard]] std::size_t term_count() const { return terms_.size(); }

  /// Valid as long as the table.
  [[nodiscard]] const rdf::Term& term(TermNumber number) const { return terms_[number]; }
  [[nodiscard]] rdf::Quad quad(const Row& row) const;
  [[nodiscard]] std::vector<rdf::Quad> quads() const;

  /// Sorts the quads by their terms, and leaves one of equal ones.
  void sort();

 private:
  [[nodiscard]] std::size_t slot_of(const rdf::Term& term, std::uint32_t hash) const;
  void grow();

  std::deque<rdf::Term> terms_;
  std::vector<std::uint32_t> hashes_;  ///< of the terms
  std::vector<TermNumber> slots_;      ///< numbers + 1 by hash, 0 where free; a power of two, at most half full
  std::vector<Row> rows_;
  Row last_;  ///< that `row` gave: the next has mostly its subject and graph
};

}  // namespace scenograph::ingest
