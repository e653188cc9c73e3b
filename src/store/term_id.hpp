#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace scenograph::store {

/// What a term id stands for: its highest four bits. Ids of one kind compare as their numbers do where the kind is
/// inlined (Integer, Decimal, Double, Boolean, Date, DateTime keep their value order within the kind).
enum class IdKind : std::uint8_t {
  Undefined = 0,  ///< no term: an unbound variable; only the id 0
  DefaultGraph = 1,
  BlankNode = 2,  ///< the number is the label
  Iri = 3,        ///< in the dictionary
  Literal = 4,    ///< in the dictionary: whatever is not inlined
  ShortString = 5,
  Integer = 6,
  Decimal = 7,
  Double = 8,
  Boolean = 9,
  Date = 10,
  DateTime = 11,
  Local = 15,  ///< a term that one query made and the store does not hold; never stored
};

/// A term as the store and the query engine handle it: 64 bits. Within one snapshot, equal ids ⇔ equal terms.
class TermId {
 public:
  constexpr TermId() = default;
  static constexpr TermId from_bits(std::uint64_t bits) { return TermId(bits); }
  static constexpr TermId make(IdKind kind, std::uint64_t payload) {
    return TermId((static_cast<std::uint64_t>(kind) << payload_bits) | (payload & payload_mask));
  }

  [[nodiscard]] constexpr std::uint64_t bits() const { return bits_; }
  [[nodiscard]] constexpr IdKind kind() const { return static_cast<IdKind>(bits_ >> payload_bits); }
  [[nodiscard]] constexpr std::uint64_t payload() const { return bits_ & payload_mask; }
  [[nodiscard]] constexpr bool is_undefined() const { return bits_ == 0; }

  /// Whether the term is read off the id alone, without the dictionary.
  [[nodiscard]] constexpr bool is_inline() const { return kind() >= IdKind::ShortString && kind() <= IdKind::DateTime; }
  [[nodiscard]] constexpr bool is_literal() const { return kind() >= IdKind::Literal && kind() <= IdKind::DateTime; }

  friend constexpr auto operator<=>(const TermId&, const TermId&) = default;

  static constexpr unsigned payload_bits = 60;
  static constexpr std::uint64_t payload_mask = (std::uint64_t{1} << payload_bits) - 1;

 private:
  explicit constexpr TermId(std::uint64_t bits) : bits_(bits) {}

  std::uint64_t bits_ = 0;
};

inline constexpr TermId default_graph = TermId::make(IdKind::DefaultGraph, 0);

/// Four ids. Unset members of a pattern are Undefined.
struct QuadId {
  TermId subject;
  TermId predicate;
  TermId object;
  TermId graph;

  friend constexpr auto operator<=>(const QuadId&, const QuadId&) = default;
};

}  // namespace scenograph::store

template <>
struct std::hash<scenograph::store::TermId> {
  std::size_t operator()(scenograph::store::TermId id) const noexcept {
    std::uint64_t x = id.bits();
    x = (x ^ (x >> 32U)) * 0xD6E8FEB86659FD93ULL;
    return static_cast<std::size_t>(x ^ (x >> 32U));
  }
};
