#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/diagnostic.hpp"
#include "rdf/term.hpp"
#include "syntax/format.hpp"

namespace scenograph::syntax {

struct ReadOptions {
  std::string base;                                   ///< base IRI of relative references; empty: they are refused
  std::string source_name;                            ///< a file name or an address, for messages
  std::uint64_t max_bytes = 0;                        ///< of the input, after decompression; 0: no limit
  std::string max_bytes_option;                       ///< that raises it, for messages; empty: the command line's
  std::uint64_t max_line = std::uint64_t{64} << 20U;  ///< longest statement or literal kept in memory

  /// Passes over what is wrong, a statement or a line at a time, with a diagnostic each, where the syntax allows to
  /// find the next one (N-Triples, N-Quads, Turtle, TriG); else the first fault ends the reading. JSON-LD is repaired:
  /// docs/lenient.md.
  bool lenient = false;
  base::DiagnosticSink diagnostics;  ///< may be null

  /// Called for each prefix that a document of Turtle, TriG or RDF/XML declares, in its place; may be null.
  std::function<void(std::string_view name, std::string_view iri)> on_prefix;

  /// Called for a web page, before its quads, with what its relative references are resolved against: `base`, or what
  /// its `<base href>` makes of that; may be null.
  std::function<void(std::string_view iri)> on_base;

  /// If given, is made to tell the place that the reader of Turtle and TriG has come to: right after the triple that
  /// the sink is given. To be called in the sink. Cost: up to 256 KiB of the input are looked at. May be null.
  std::function<base::Where()>* place = nullptr;
};

/// Reads one document of N-Triples, N-Quads, Turtle, TriG or RDF/XML in one pass and hands its quads to `sink`, in
/// document order. Blank node labels are those of the document, or made up for those without; they are unique within
/// the call only. Input is UTF-8; a byte order mark is passed over. Gzip is not undone here (`decompress`).
///
/// Memory: one statement, whatever the size of the input.
///
/// @throws  Error(Code::BadSyntax) at the 1-based line and column of the first fault; Error(Code::TooLarge) naming the
///          option; Error(Code::Unsupported) for JsonLd and Html, which are read a level up (`jsonld/any_syntax.hpp`).
///
/// Source: RDF 1.1 N-Triples, N-Quads, Turtle, TriG; RDF 1.1 XML Syntax.
void read(base::ByteSource& source, Format format, const ReadOptions& options, const rdf::QuadSink& sink);

}  // namespace scenograph::syntax
