#include "store/internal/term_bytes.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace scenograph::store::internal {

using base::Code;
using base::Error;
using rdf::Term;
using rdf::TermView;

namespace {

char* copy(std::string_view text, char* out) { return std::copy(text.begin(), text.end(), out); }

char* write_head(char mark, std::string_view head, char* out) {
  *out++ = mark;
  out = copy(head, out);
  *out++ = '\0';
  return out;
}

}  // namespace

std::size_t term_bytes_size(const TermView& term) {
  const std::size_t head = term.language.empty() ? term.datatype.size() : term.language.size();
  return 1 + (head == 0 ? 0 : head + 1) + term.value.size();
}

char* write_term_bytes(const TermView& term, char* out) {
  if (term.type == rdf::TermType::Iri) {
    *out++ = iri_mark;
  } else if (!term.language.empty()) {
    out = write_head(language_mark, term.language, out);
  } else if (!term.datatype.empty()) {
    out = write_head(datatype_mark, term.datatype, out);
  } else {
    *out++ = string_mark;
  }
  return copy(term.value, out);
}

std::string to_term_bytes(const TermView& term) {
  std::string bytes(term_bytes_size(term), '\0');
  write_term_bytes(term, bytes.data());
  return bytes;
}

TermView view_term_bytes(std::string_view bytes) {
  if (bytes.empty()) throw Error(Code::Corrupt, "a term of the store has no bytes: restore a backup");
  const char mark = bytes.front();
  bytes.remove_prefix(1);
  if (mark == iri_mark) return {rdf::TermType::Iri, bytes};
  if (mark == string_mark) return {rdf::TermType::Literal, bytes};
  const std::size_t end = bytes.find('\0');
  if (end == std::string_view::npos || (mark != language_mark && mark != datatype_mark)) {
    throw Error(Code::Corrupt, "a term of the store cannot be read: restore a backup");
  }
  TermView term(rdf::TermType::Literal, bytes.substr(end + 1));
  (mark == language_mark ? term.language : term.datatype) = bytes.substr(0, end);
  return term;
}

Term from_term_bytes(std::string_view bytes) {
  const TermView term = view_term_bytes(bytes);
  if (term.type == rdf::TermType::Iri) return Term::iri(term.value);
  if (!term.language.empty()) return Term::lang_literal(term.value, term.language);
  return Term::literal(term.value, term.datatype);
}

}  // namespace scenograph::store::internal
