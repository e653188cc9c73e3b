#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/diagnostic.hpp"
#include "jsonld/document.hpp"
#include "rdf/term.hpp"
#include "syntax/format.hpp"
#include "syntax/line_reader.hpp"

namespace scenograph::ingest {

/// A file of RDF, or a web page with JSON-LD, perhaps compressed.
struct RdfInput {
  std::filesystem::path path;                               ///< "-" is standard input
  std::function<std::unique_ptr<base::ByteSource>()> open;  ///< gives unpacked bytes instead of the file; `path` is
                                                            ///< then a name for messages; null: the file
  std::optional<syntax::Format> format;                     ///< else by the file's ending, else by its first bytes
  std::string base;                                         ///< of relative IRIs; empty: the file's own file: IRI
  std::uint64_t max_bytes = std::uint64_t{64} << 30U;       ///< after decompression
  std::uint64_t max_document = std::uint64_t{256} << 20U;   ///< as `max_bytes`, for JSON-LD and pages: held in memory
  std::string max_bytes_option;                             ///< see syntax::ReadOptions
  std::string max_document_option;                          ///< likewise
  std::uint64_t max_line = std::uint64_t{64} << 20U;        ///< longest statement or literal
  bool lenient = false;                                     ///< see syntax::ReadOptions
  base::DiagnosticSink diagnostics;                         ///< may be null
  std::function<void(std::string_view, std::string_view)> on_prefix;  ///< see syntax::ReadOptions; may be null
  std::function<void(std::string_view)> on_base;                      ///< likewise
  jsonld::DocumentLoader contexts = jsonld::bundled_document;         ///< that JSON-LD names
  std::function<base::Where()>* place = nullptr;                      ///< see syntax::ReadOptions; may be null
  bool show_progress = false;
};

/// What relative IRIs of the input are resolved against, unless it says otherwise: `input.base`, else the file: IRI of
/// the path.
[[nodiscard]] std::string base_of(const RdfInput& input);

/// Reads the file; blank node labels are unique within the call only.
///
/// @throws  Error(Code::BadArgument) if no format can be told; what `jsonld::read_any` throws, naming the file.
void read_rdf(const RdfInput& input, const rdf::QuadSink& sink);

/// How far `read_rdf_views` has come.
struct RdfProgress {
  std::uint64_t quads = 0;
  std::uint64_t bytes = 0;        ///< of the file as it is stored
  std::uint64_t total_bytes = 0;  ///< 0 if unknown
};

/// As `read_rdf`, for loads: N-Triples and N-Quads with a thread for each of the `sinks`, other formats on this thread,
/// all to the first sink. The contract is that of `syntax::read_lines_parallel`.
///
/// @param progress  called on this thread, now and then; may throw to stop the reading; may be null.
void read_rdf_views(const RdfInput& input, std::span<const syntax::QuadViewSink> sinks,
                    const std::function<void(const RdfProgress&)>& progress = {});

/// The files that `paths` name: a file as it is, a folder's files with an ending of RDF, at any depth, by name.
/// @throws  Error(Code::NotFound) naming the path, also for a folder without such a file.
[[nodiscard]] std::vector<std::filesystem::path> rdf_files(std::span<const std::string> paths);

}  // namespace scenograph::ingest
