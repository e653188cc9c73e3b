#pragma once

#include <string>
#include <string_view>

#include "rdf/term.hpp"

namespace scenograph::rdf {

/// A term whose text lies elsewhere: what readers hand to loads, term by term, without a copy. Members as `Term`'s.
struct TermView {
  TermType type = TermType::DefaultGraph;
  std::string_view value;
  std::string_view datatype;
  std::string_view language;

  TermView() = default;
  TermView(TermType the_type, std::string_view the_value) : type(the_type), value(the_value) {}
  explicit TermView(const Term& term)
      : type(term.type), value(term.value), datatype(term.datatype), language(term.language) {}
};

/// A copy that stands by itself.
[[nodiscard]] inline Term to_term(const TermView& term) {
  return {term.type, std::string(term.value), std::string(term.datatype), std::string(term.language)};
}

/// Appends what `to_ntriples` returns for the term.
void append_ntriples(std::string& out, const TermView& term);

/// A quad of such terms.
struct QuadView {
  TermView subject;
  TermView predicate;
  TermView object;
  TermView graph;
};

}  // namespace scenograph::rdf
