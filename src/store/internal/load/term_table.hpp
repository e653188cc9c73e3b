#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "rdf/term_view.hpp"
#include "store/internal/load/pages.hpp"
#include "store/term_id.hpp"

namespace scenograph::store::internal {

/// The number of no document: blank nodes of this one are those of the store, by their labels there.
inline constexpr std::uint32_t stored_document = 0xFFFFFFFF;

/// Blank nodes lie among the terms of a load, after all others: this mark, the document's number, the label.
inline constexpr char blank_mark = '_';

/// The distinct terms of a batch, numbered from 0 on as they come. One thread.
///
/// A record of the arena is a number, a length and the bytes; inlined ids are terms of their own kind, so that every
/// member of a quad is 32 bits.
class TermTable {
 public:
  /// Where a term's record is: its offset in the arena over 8.
  using Place = std::uint32_t;

  struct Record {
    std::uint32_t number;
    std::uint32_t length;  ///< of the bytes that follow; `inlined` if an id follows
  };
  static constexpr std::uint32_t inlined = 0xFFFFFFFF;

  TermTable();

  /// The term's number, a new one if it was not seen before.
  ///
  /// @param like  a place where the same term may be, looked at first; set to where the term is.
  /// @throws Error(Code::TooLarge) for a term of 4 GiB or more.
  [[nodiscard]] std::uint32_t add(const rdf::TermView& term, std::uint32_t document, Place& like);

  [[nodiscard]] std::uint32_t size() const { return size_; }
  [[nodiscard]] std::size_t bytes() const { return end_ + slots_.size() * sizeof(Slot); }

  /// Whether the next term may not fit: places have 32 bits.
  [[nodiscard]] bool is_full() const { return end_ > (std::uint64_t{24} << 30U) || size_ > 0xF0000000U; }

  [[nodiscard]] const Record& record(Place place) const {
    return *reinterpret_cast<const Record*>(arena() + std::size_t{place} * 8);
  }
  /// REQUIRES: the place of a term, not of an inlined id.
  [[nodiscard]] std::string_view term(Place place) const {
    const Record& at = record(place);
    return {reinterpret_cast<const char*>(&at + 1), at.length};
  }
  /// REQUIRES: the place of an inlined id.
  [[nodiscard]] TermId id(Place place) const {
    return TermId::from_bits(*reinterpret_cast<const std::uint64_t*>(&record(place) + 1));
  }

  /// Calls `visit(place)` for each, in the order they came.
  template <typename Visit>
  void for_each(const Visit& visit) const {
    for (std::size_t at = 0; at < end_;) {
      const auto place = static_cast<Place>(at / 8);
      at += record_bytes(record(place).length);
      visit(place);
    }
  }

  /// Gives back the memory of what is needed to add.
  void close() { slots_.clear(); }

 private:
  struct Slot {
    std::uint32_t hash;
    std::uint32_t place;  ///< plus 1; 0: the slot is free
  };

  static std::size_t record_bytes(std::uint32_t length) {
    return (sizeof(Record) + (length == inlined ? sizeof(std::uint64_t) : length) + 7) / 8 * 8;
  }

  [[nodiscard]] char* arena() const { return static_cast<char*>(arena_.data()); }
  /// The term's bytes after the end of the arena; @return their length.
  std::uint32_t stage(const rdf::TermView& term, std::uint32_t document);
  char* room_for(std::size_t bytes);
  [[nodiscard]] bool equals_staged(Place place, std::uint32_t length) const;
  Place find_or_keep(std::uint32_t length);
  void grow();

  PageMemory arena_;
  std::size_t end_ = 0;
  PageArray<Slot> slots_;
  unsigned shift_;
  std::uint64_t seed_;  ///< random, so that no input can be made up whose terms collide
  std::uint32_t size_ = 0;
};

}  // namespace scenograph::store::internal
