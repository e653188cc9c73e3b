#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mapping/mapping.hpp"
#include "rdf/term.hpp"

namespace scenograph::mapping {

/// The columns (of a table) or fields (of JSON) that make the objects of one predicate, by one object map.
struct PredicateFields {
  std::string predicate;                ///< IRI; empty if values of the source make the predicate
  std::vector<std::string> references;  ///< each once, in the order of the mapping; none: the source does not matter
  std::optional<rdf::Term> constant;    ///< where the object is always this
  bool plain = false;                   ///< the objects are the values of the one reference as they stand

  friend bool operator==(const PredicateFields&, const PredicateFields&) = default;
};

/// Where what one triples map says comes from. References are names of columns, or paths from the root of a JSON
/// document ("$.events[*].title").
struct TriplesMapFields {
  std::vector<std::string> classes;  ///< IRIs: rdf:type of all its subjects
  /// IRIs that some of its subjects may have as rdf:type: constants and tables of functions. Of a triples map without
  /// any class, those of others whose subjects have the same template.
  std::vector<std::string> possible_classes;
  bool is_table = true;   ///< else JSON
  std::string subject;    ///< template of its subjects, "http://ex.test/{Code}"; "{Address}" where
                          ///< subjects are values; the IRI of a constant; else empty
  std::string base;       ///< IRI that the values are resolved against, where subjects are values; else empty
  bool is_blank = false;  ///< the subjects are blank nodes, to be given other names
  std::vector<std::string> subject_references;  ///< each once
  std::vector<PredicateFields> predicates;      ///< in the order of the mapping, one for each object map and join
};

/// Lists, for each triples map, which columns or fields its subjects and objects are made of: references, those within
/// templates, arguments of functions, and language and datatype maps; of a join those of the parent's subject. What
/// decides by rml:condition is not among them.
///
/// @param base  what relative IRIs of subjects are resolved against, as for `run_mapping`
[[nodiscard]] std::vector<TriplesMapFields> list_fields(const Mapping& mapping, std::string_view base);

/// The values that a template of IRIs was filled with: each reference with its value, percent-decoded. Nullopt if the
/// template does not give `iri`, or may give it by other values too, or if `text` is no template.
[[nodiscard]] std::optional<std::vector<std::pair<std::string, std::string>>> undo_template(std::string_view text,
                                                                                            std::string_view iri);

}  // namespace scenograph::mapping
