#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "rdf/date_time.hpp"
#include "rdf/decimal.hpp"
#include "rdf/term.hpp"
#include "rdf/term_view.hpp"
#include "store/term_id.hpp"

// What inlined ids say by themselves, without a view and without strings.

namespace scenograph::store {

/// Of Integer and Decimal, of Double, Boolean, Date and DateTime; nothing for the other kinds.
using InlineValue = std::variant<std::monostate, rdf::Decimal, double, bool, rdf::DateTime>;

[[nodiscard]] InlineValue inline_value(TermId id);

/// The literal, byte for byte. REQUIRES: `id.is_inline()`.
[[nodiscard]] rdf::Term inline_term(TermId id);

/// The id that every view gives the literal; nullopt if it is not inlined.
[[nodiscard]] std::optional<TermId> inline_id(const rdf::TermView& literal);

/// nullopt if it does not fit into an id.
[[nodiscard]] std::optional<TermId> integer_id(std::int64_t number);

/// A number or instant turned so that ids of one kind have equal keys if their values are equal, and else compare as
/// those do. nullopt but for Integer, Decimal, Double, Boolean, Date and DateTime; of times, those without zone count
/// as in UTC, right before those with one.
[[nodiscard]] std::optional<std::uint64_t> value_key(TermId id);

/// Ids from `first` to before `end`.
struct IdSpan {
  std::uint64_t first = 0;
  std::uint64_t end = 0;
};

/// All ids of a kind.
[[nodiscard]] IdSpan ids_of(IdKind kind);

/// The ids of a kind (Integer or Decimal) that have the number as value; if none have, the empty span where they would
/// stand. nullopt for a number of too many digits to tell.
[[nodiscard]] std::optional<IdSpan> ids_equal_to(IdKind kind, const rdf::Decimal& number);

/// Likewise for Double. REQUIRES: a finite number.
[[nodiscard]] IdSpan doubles_equal_to(double number);

/// Spans that hold every Integer, Decimal and Double from `low` to `high`, and hardly any other. Ascending.
/// REQUIRES: finite numbers, `low` no more than `high`.
[[nodiscard]] std::vector<IdSpan> numbers_between(double low, double high);

/// The ids of a kind (Date or DateTime) at an instant, or the empty span where they would stand: a clock reading in
/// UTC, whatever the zone it is written with; none counts as UTC.
[[nodiscard]] IdSpan times_equal_to(IdKind kind, std::int64_t utc_seconds, std::uint32_t nanosecond);

}  // namespace scenograph::store
