#pragma once

#include <array>
#include <optional>

#include "rdf/term_view.hpp"
#include "store/term_id.hpp"

namespace scenograph::store::internal {

/// The id of a literal that fits into one and comes back from it byte for byte; nullopt for every other term.
///
/// What fits: strings of up to 7 bytes; canonical integers below 2^59 in magnitude; decimals below 7e10 with 1 to 6
/// digits after the point; doubles in canonical form whose lowest four bits are zero; "true" and "false"; dates and
/// dateTimes of the years 0 to 9999 with no fraction of a second or one of three digits.
/// Makes no strings.
[[nodiscard]] std::optional<TermId> to_inline(const rdf::TermView& term);
[[nodiscard]] inline std::optional<TermId> to_inline(const rdf::Term& term) { return to_inline(rdf::TermView(term)); }

/// Room for the text of an inlined literal.
using InlineText = std::array<char, 64>;

/// The literal, whose text lies in `text`. REQUIRES: `id.is_inline()`. Makes no strings.
[[nodiscard]] rdf::TermView view_inline(TermId id, InlineText& text);

/// REQUIRES: `id.is_inline()`.
[[nodiscard]] rdf::Term from_inline(TermId id);

}  // namespace scenograph::store::internal
