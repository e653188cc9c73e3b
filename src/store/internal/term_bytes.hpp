#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "rdf/term_view.hpp"

// IRIs and literals as bytes: a mark of what it is, then the datatype or language up to a zero byte, then the text. See
// docs/format-store.md, "Terms".

namespace scenograph::store::internal {

inline constexpr char iri_mark = '<';
inline constexpr char string_mark = '"';
inline constexpr char language_mark = '@';
inline constexpr char datatype_mark = '^';

/// How many bytes `write_term_bytes` writes.
[[nodiscard]] std::size_t term_bytes_size(const rdf::TermView& term);

/// Writes the term's bytes; @return their end. REQUIRES: an IRI or a literal, and room for `term_bytes_size(term)`.
char* write_term_bytes(const rdf::TermView& term, char* out);

[[nodiscard]] std::string to_term_bytes(const rdf::TermView& term);

/// The term, whose text lies in `bytes`. @throws Error(Code::Corrupt) if they are none of a term.
[[nodiscard]] rdf::TermView view_term_bytes(std::string_view bytes);

/// A copy of it. @throws Error(Code::Corrupt)
[[nodiscard]] rdf::Term from_term_bytes(std::string_view bytes);

}  // namespace scenograph::store::internal
