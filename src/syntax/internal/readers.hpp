#pragma once

#include "syntax/reader.hpp"

// One reader per family of syntaxes; `read` chooses. Contracts are those of `read`.

namespace scenograph::syntax {

/// N-Triples or N-Quads, a line at a time.
void read_lines(base::ByteSource& source, Format format, const ReadOptions& options, const rdf::QuadSink& sink);

/// Turtle or TriG.
void read_turtle(base::ByteSource& source, Format format, const ReadOptions& options, const rdf::QuadSink& sink);

/// RDF/XML.
void read_rdf_xml(base::ByteSource& source, const ReadOptions& options, const rdf::QuadSink& sink);

/// Hands a fault on as a diagnostic. @param done  what became of the input there, e.g. "the line was passed over".
void report(const ReadOptions& options, const base::Error& fault, std::string_view found, base::PhraseView done);

}  // namespace scenograph::syntax
