#pragma once

#include <vector>

#include "publish/pages.hpp"
#include "publish/site.hpp"
#include "rdf/term.hpp"

namespace scenograph::publish {

/// Where the description is served, from the root of the server.
inline constexpr std::string_view dataset_path = "/.well-known/void";

/// The IRI of the whole dataset.
[[nodiscard]] std::string dataset_iri(const Site& site);

/// What the store holds, as VoID: counts of triples, distinct subjects and objects, of each property and each class;
/// vocabularies in use; each named graph as a subset; where to query. DCAT says the same of the whole for catalogues.
///
/// Counts are those that the store keeps: a triple that several graphs hold counts for each, and so does a type. If not
/// all graphs may be read there are only counts of the readable ones, for the others would show in the rest.
///
/// Cost: a few look-ups for each predicate, class and graph; at most 2,000 classes are told of.
///
/// Source: W3C Interest Group Note "Describing Linked Datasets with the VoID Vocabulary", 2011.
[[nodiscard]] std::vector<rdf::Quad> describe_dataset(const Site& site, const Source& source);

}  // namespace scenograph::publish
