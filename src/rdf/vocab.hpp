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

namespace skos {
inline constexpr std::string_view ns = "http://www.w3.org/2004/02/skos/core#";
inline constexpr std::string_view prefLabel = "http://www.w3.org/2004/02/skos/core#prefLabel";
inline constexpr std::string_view scopeNote = "http://www.w3.org/2004/02/skos/core#scopeNote";
inline constexpr std::string_view example = "http://www.w3.org/2004/02/skos/core#example";
}  // namespace skos

namespace dcterms {
inline constexpr std::string_view conformsTo = "http://purl.org/dc/terms/conformsTo";
inline constexpr std::string_view description = "http://purl.org/dc/terms/description";
inline constexpr std::string_view modified = "http://purl.org/dc/terms/modified";
inline constexpr std::string_view source = "http://purl.org/dc/terms/source";
}  // namespace dcterms

namespace prov {
inline constexpr std::string_view Agent = "http://www.w3.org/ns/prov#Agent";
inline constexpr std::string_view Entity = "http://www.w3.org/ns/prov#Entity";
inline constexpr std::string_view generatedAtTime = "http://www.w3.org/ns/prov#generatedAtTime";
inline constexpr std::string_view wasAttributedTo = "http://www.w3.org/ns/prov#wasAttributedTo";
}  // namespace prov

namespace dqv {
inline constexpr std::string_view QualityMeasurement = "http://www.w3.org/ns/dqv#QualityMeasurement";
inline constexpr std::string_view computedOn = "http://www.w3.org/ns/dqv#computedOn";
inline constexpr std::string_view isMeasurementOf = "http://www.w3.org/ns/dqv#isMeasurementOf";
inline constexpr std::string_view value = "http://www.w3.org/ns/dqv#value";
}  // namespace dqv

namespace scg {
inline constexpr std::string_view ns = "https://w3id.org/scenograph/ontology#";
inline constexpr std::string_view Improvement = "https://w3id.org/scenograph/ontology#Improvement";
inline constexpr std::string_view Quarantine = "https://w3id.org/scenograph/ontology#Quarantine";
inline constexpr std::string_view entities = "https://w3id.org/scenograph/ontology#entities";
inline constexpr std::string_view gain = "https://w3id.org/scenograph/ontology#gain";
inline constexpr std::string_view mappedBy = "https://w3id.org/scenograph/ontology#mappedBy";
inline constexpr std::string_view mapsField = "https://w3id.org/scenograph/ontology#mapsField";
inline constexpr std::string_view possibleClass = "https://w3id.org/scenograph/ontology#possibleClass";
inline constexpr std::string_view reads = "https://w3id.org/scenograph/ontology#reads";
}  // namespace scg

}  // namespace scenograph::rdf
