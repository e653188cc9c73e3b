#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "jsonld/internal/repair_log.hpp"
#include "jsonld/processor.hpp"
#include "rdf/term.hpp"

namespace scenograph::jsonld {

/// Makes quads of JSON-LD straight from the parsed text. What is plain (terms without scoped contexts or containers,
/// nodes without keywords but @id and @type) is written as it is met; for anything else the algorithms in full are
/// asked, part by part, so that the quads are those of `to_rdf(expand(…))`.
class DirectReader {
 public:
  /// All must outlive this. What contexts mean is kept for later documents, unless there is another loader than
  /// `bundled_document`.
  /// @param log  told of each repair (`Mender`), and to be told of each text before it is read; null: none are made
  DirectReader(const ProcessorOptions& options, const rdf::QuadSink& sink, RepairLog* log = nullptr);
  ~DirectReader();
  DirectReader(const DirectReader&) = delete;
  DirectReader& operator=(const DirectReader&) = delete;

  /// Reads a whole document. @return false, with no quad made, if the parser refuses it: `parse_json` tells why.
  /// @throws as `expand`, perhaps after quads.
  [[nodiscard]] bool read_document(std::string_view text);

  /// The nodes of a whole document, mended and expanded; nullopt if the parser refuses it. REQUIRES: a log.
  [[nodiscard]] std::optional<Value> mended(std::string_view text);

  /// Whether the parser takes the text.
  [[nodiscard]] bool can_read(std::string_view text);

  /// Begins a document that is read by its elements: those of @graph, alone beside a context, or those of an array.
  /// @param context  the text of what stands under @context; empty: nothing does
  [[nodiscard]] bool begin_graph(std::string_view context);
  void begin_array();

  /// Reads the next element. @return as `read_document`.
  [[nodiscard]] bool read_element(std::string_view text);

 private:
  class Walk;
  std::unique_ptr<Walk> walk_;
};

}  // namespace scenograph::jsonld
