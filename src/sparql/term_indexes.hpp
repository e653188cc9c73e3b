#pragma once

#include <memory>
#include <vector>

#include "store/term_index.hpp"

namespace scenograph::sparql {

/// The indexes that queries use if the store keeps them (`StoreOptions::indexes`): "words" for the words of texts,
/// "places" for places and coordinates.
[[nodiscard]] std::vector<std::shared_ptr<const store::TermAnalyser>> make_term_indexes();

}  // namespace scenograph::sparql
