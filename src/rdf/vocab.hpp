#pragma once

#include <string_view>

// IRIs the program itself speaks of, one namespace per vocabulary, spelled as the vocabulary spells them.

namespace scenograph::rdf {

namespace rdf {
inline constexpr std::string_view ns = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
inline constexpr std::string_view type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
inline constexpr std::string_view first = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
inline constexpr std::string_view rest = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";
inline constexpr std::string_view nil = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil";
inline constexpr std::string_view List = "http://www.w3.org/1999/02/22-rdf-syntax-ns#List";
inline constexpr std::string_view langString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";
inline constexpr std::string_view JSON = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON";
}  // namespace rdf

namespace rdfs {
inline constexpr std::string_view ns = "http://www.w3.org/2000/01/rdf-schema#";
inline constexpr std::string_view label = "http://www.w3.org/2000/01/rdf-schema#label";
inline constexpr std::string_view comment = "http://www.w3.org/2000/01/rdf-schema#comment";
inline constexpr std::string_view Class = "http://www.w3.org/2000/01/rdf-schema#Class";
inline constexpr std::string_view subClassOf = "http://www.w3.org/2000/01/rdf-schema#subClassOf";
}  // namespace rdfs

namespace owl {
inline constexpr std::string_view ns = "http://www.w3.org/2002/07/owl#";
inline constexpr std::string_view Class = "http://www.w3.org/2002/07/owl#Class";
inline constexpr std::string_view sameAs = "http://www.w3.org/2002/07/owl#sameAs";
}  // namespace owl

namespace xsd {
inline constexpr std::string_view ns = "http://www.w3.org/2001/XMLSchema#";
inline constexpr std::string_view string = "http://www.w3.org/2001/XMLSchema#string";
inline constexpr std::string_view boolean = "http://www.w3.org/2001/XMLSchema#boolean";
inline constexpr std::string_view integer = "http://www.w3.org/2001/XMLSchema#integer";
inline constexpr std::string_view decimal = "http://www.w3.org/2001/XMLSchema#decimal";
inline constexpr std::string_view double_ = "http://www.w3.org/2001/XMLSchema#double";
inline constexpr std::string_view float_ = "http://www.w3.org/2001/XMLSchema#float";
inline constexpr std::string_view dateTime = "http://www.w3.org/2001/XMLSchema#dateTime";
inline constexpr std::string_view date = "http://www.w3.org/2001/XMLSchema#date";
inline constexpr std::string_view time = "http://www.w3.org/2001/XMLSchema#time";
inline constexpr std::string_view gYear = "http://www.w3.org/2001/XMLSchema#gYear";
inline constexpr std::string_view dayTimeDuration = "http://www.w3.org/2001/XMLSchema#dayTimeDuration";
inline constexpr std::string_view anyURI = "http://www.w3.org/2001/XMLSchema#anyURI";
}  // namespace xsd

namespace schema {
inline constexpr std::string_view ns = "http://schema.org/";
}  // namespace schema

}  // namespace scenograph::rdf
