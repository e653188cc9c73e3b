#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "conformance/manifest.hpp"
#include "store/store.hpp"

namespace scenograph::conformance {

/// Adds the file's triples to a graph of the store.
void load(store::Store& store, const std::filesystem::path& path, const rdf::Term& graph);

/// Adds what ut:data and ut:graphData of a node tell of.
void load_graphs(store::Store& store, const Graph& manifest, const rdf::Term& node);

[[nodiscard]] std::vector<rdf::Quad> quads_of(const store::Store& store);

[[nodiscard]] std::string text_of(const std::filesystem::path& path);

}  // namespace scenograph::conformance
