#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "rdf/term.hpp"
#include "syntax/format.hpp"

namespace scenograph::ingest {

/// A file of RDF, or a web page with JSON-LD, perhaps compressed.
struct RdfInput {
  std::filesystem::path path;                              ///< "-" is standard input
  std::optional<syntax::Format> format;                    ///< else by the file's ending, else by its first bytes
  std::string base;                                        ///< of relative IRIs; empty: the file's own file: IRI
  std::uint64_t max_bytes = std::uint64_t{64} << 30U;      ///< after decompression
  std::uint64_t max_document = std::uint64_t{256} << 20U;  ///< as `max_bytes`, for JSON-LD and pages: held in memory
  std::uint64_t max_line = std::uint64_t{64} << 20U;       ///< longest statement or literal
  bool lenient = false;                                    ///< see syntax::ReadOptions
  base::DiagnosticSink diagnostics;                        ///< may be null
  bool show_progress = false;
};

/// What relative IRIs of the input are resolved against: `input.base`, else the file: IRI of the path.
[[nodiscard]] std::string base_of(const RdfInput& input);

/// Reads the file; blank node labels are unique within the call only.
///
/// @throws  Error(Code::BadArgument) if no format can be told; what `jsonld::read_any` throws, naming the file.
void read_rdf(const RdfInput& input, const rdf::QuadSink& sink);

/// The files that `paths` name: a file as it is, a folder's files with an ending of RDF, at any depth, by name.
/// @throws  Error(Code::NotFound) naming the path, also for a folder without such a file.
[[nodiscard]] std::vector<std::filesystem::path> rdf_files(std::span<const std::string> paths);

}  // namespace scenograph::ingest
