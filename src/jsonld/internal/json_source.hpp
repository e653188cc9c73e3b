#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "jsonld/document.hpp"
#include "jsonld/internal/direct_reader.hpp"
#include "jsonld/internal/repair_log.hpp"
#include "markup/scripts.hpp"
#include "syntax/reader.hpp"

namespace scenograph::jsonld {

/// Reads the JSON-LD of documents and of scripts inside pages, with places of the whole input. Where reading is lenient
/// it is repaired as need be, a diagnostic each.
class JsonSource {
 public:
  /// @param options  must outlive this
  explicit JsonSource(const syntax::ReadOptions& options, DocumentLoader loader = bundled_document)
      : options_(options), loader_(std::move(loader)), log_(options) {}

  /// Where the reader that reads for this tells its repairs; null: it makes none.
  [[nodiscard]] RepairLog* log() { return options_.lenient ? &log_ : nullptr; }

  /// Reads a document. @throws as `jsonld::read_rdf`; where reading is lenient, only for what cannot be repaired
  void read(const markup::Script& script, DirectReader& reader);

  /// Begins a document that is read by the elements of its @graph. @param context  what stands beside; empty: nothing
  void begin_graph(const std::string& context, DirectReader& reader);

  /// Reads an element of a document that is read by its elements. @throws as `read`; where reading is lenient, what
  /// cannot be repaired is left out
  void read_element(const markup::Script& script, DirectReader& reader);

  /// What a script holds, as it is to be expanded; where reading is lenient, mended and (but for the base of its
  /// references) expanded. @throws as `parse_json`
  [[nodiscard]] Value parse(const markup::Script& script);

  /// Tells how many repairs there were besides those told one by one. Once, after all reading.
  void finish() { log_.finish(); }

 private:
  using Read = bool (DirectReader::*)(std::string_view);

  void read(const markup::Script& script, DirectReader& reader, Read work);
  [[nodiscard]] std::optional<Value> mended(const markup::Script& script);
  [[nodiscard]] bool read_repaired(const markup::Script& script, DirectReader& reader, Read work);

  /// The text as the fast parser has it. @throws as `parse_json`, at its place in the page
  [[nodiscard]] std::string plain(const markup::Script& script, bool element) const;

  /// The fault, at its place in the page.
  [[nodiscard]] base::Error placed(const base::Error& fault, const markup::Script& script) const;

  const syntax::ReadOptions& options_;
  DocumentLoader loader_;
  RepairLog log_;
};

}  // namespace scenograph::jsonld
