#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "jsonld/html.hpp"
#include "jsonld/internal/direct_reader.hpp"
#include "jsonld/internal/repair_log.hpp"
#include "syntax/reader.hpp"

namespace scenograph::jsonld {

/// Reads the JSON-LD of documents and of scripts inside pages, with places of the whole input. Where reading is lenient
/// it is repaired as need be, a diagnostic each.
class JsonSource {
 public:
  /// @param options  must outlive this
  explicit JsonSource(const syntax::ReadOptions& options) : options_(options), log_(options) {}

  /// Where the reader that reads for this tells its repairs; null: it makes none.
  [[nodiscard]] RepairLog* log() { return options_.lenient ? &log_ : nullptr; }

  /// Reads a document. @throws as `jsonld::read_rdf`; where reading is lenient, only for what cannot be repaired
  void read(const Script& script, DirectReader& reader);

  /// Reads an element of a document that is read by its elements. @throws as `read`
  void read_element(const Script& script, DirectReader& reader);

  /// Tells how many repairs there were besides those told one by one. Once, after all reading.
  void finish() { log_.finish(); }

  void report(base::Severity severity, const base::Where& where, std::string_view found, std::string made,
              std::string message) const;

  /// The fault, at its place in the page.
  [[nodiscard]] base::Error placed(const base::Error& fault, const Script& script) const;

 private:
  using Read = bool (DirectReader::*)(std::string_view);

  void read(const Script& script, DirectReader& reader, Read work);
  [[nodiscard]] bool read_repaired(const Script& script, DirectReader& reader, Read work);

  /// Throws the fault of a text that is no JSON.
  void refuse(const Script& script) const;

  const syntax::ReadOptions& options_;
  RepairLog log_;
};

}  // namespace scenograph::jsonld
