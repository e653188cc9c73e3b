#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "ingest/rdf_input.hpp"
#include "shacl/quality_weights.hpp"
#include "shacl/shapes.hpp"

namespace scenograph::ingest {

/// The project's own shapes for the performing arts, which the program carries within itself.
[[nodiscard]] shacl::Shapes default_shapes();

/// The project's ontology and its lists of concepts, of which the same holds.
[[nodiscard]] std::vector<rdf::Quad> default_model();

/// The shapes of documents of RDF, read as one graph. @throws what `read_rdf` and `shacl::load_shapes` throw.
[[nodiscard]] shacl::Shapes read_shapes(std::span<const RdfInput> inputs, const shacl::LoadOptions& options);

/// The same of files.
[[nodiscard]] shacl::Shapes read_shapes(std::span<const std::filesystem::path> files,
                                        const shacl::LoadOptions& options);

/// What counts for the quality of entities in the performing arts, which the program carries within itself.
[[nodiscard]] shacl::QualityWeights default_weights();

/// The weights in documents of RDF, read as one graph; the sub-classes of schema.org that the project's shapes know are
/// added. @throws what `read_rdf` and `shacl::load_quality_weights` throw.
[[nodiscard]] shacl::QualityWeights read_weights(std::span<const std::filesystem::path> files);

/// A short text that tells the shapes of these files, or without files the program's own, from others: a hash of their
/// bytes. @throws as `base::read_file`.
[[nodiscard]] std::string shapes_fingerprint(std::span<const std::filesystem::path> files);

}  // namespace scenograph::ingest
