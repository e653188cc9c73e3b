#pragma once

#include <string_view>

#include "rdf/term.hpp"

namespace scenograph::shacl {

/// Whether a literal has the datatype and a lexical form that the datatype allows. Forms of the datatypes of XML Schema
/// that RDF 1.1 names are checked; those of any other are taken as they are.
///
/// Source: SHACL, section 4.1.2; RDF 1.1 Concepts, section 5; XML Schema 1.1 Part 2, section 3.
[[nodiscard]] bool has_datatype(const rdf::Term& term, std::string_view datatype);

/// Whether terms of the type are of a node kind, by the local name of that: "BlankNodeOrIRI".
/// Source: SHACL, section 4.1.3.
[[nodiscard]] bool is_of_kind(rdf::TermType type, std::string_view node_kind);

}  // namespace scenograph::shacl
