#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "rdf/term.hpp"

namespace scenograph::shacl::naive {

/// Whether the literal has a form that its datatype allows, by the grammars of XML Schema 1.1 Part 2.
[[nodiscard]] bool is_well_typed(const rdf::Term& literal);

/// The order that SPARQL's "<" gives (SPARQL 1.1 Query, section 17.3), with xsd:date and xsd:time ordered as
/// xsd:dateTime is; unordered where it makes an error of it.
[[nodiscard]] std::partial_ordering order(const rdf::Term& a, const rdf::Term& b);

/// Code points, of UTF-8.
[[nodiscard]] std::wstring code_points(std::string_view text);

}  // namespace scenograph::shacl::naive
