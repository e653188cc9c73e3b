#pragma once

#include <filesystem>

#include "mapping/internal/document.hpp"
#include "mapping/internal/model.hpp"

namespace scenograph::mapping::internal {

/// Fills in the source, iterator and nulls of a triples map from its logical source `node`.
void load_source(const Document& document, const rdf::Term& node, const std::filesystem::path& folder,
                 TriplesMap& triples_map);

}  // namespace scenograph::mapping::internal
