#pragma once

#include <memory>

#include "jsonld/document.hpp"
#include "syntax/reader.hpp"
#include "syntax/writer.hpp"

namespace scenograph::jsonld {

/// As `syntax::read`, for every format: JSON-LD documents and web pages too. Those are held in memory whole, so give a
/// limit. Where reading is lenient their faults are repaired, a diagnostic each (docs/lenient.md).
///
/// A web page gives what its JSON-LD scripts say, then its Microdata, its RDFa, and with that its Open Graph, against
/// its address or `<base>`. Its tree is built only if it may have any of the last three. One diagnostic says so if a
/// page has none of the four, Open Graph alone, or types of schema.org of which none is an event.
///
/// @param loader  of the contexts that JSON-LD names; the bundled ones are read soonest
void read_any(base::ByteSource& source, syntax::Format format, const syntax::ReadOptions& options,
              const rdf::QuadSink& sink, const DocumentLoader& loader = bundled_document);

/// As `syntax::make_writer`, for JSON-LD too, compacted against the bundled schema.org context. What is held of it (up
/// to `arrange_bytes`, and to 16 MiB at least) is nested, with its lists; more is written as it comes, a node a line.
/// @throws Error(Code::Unsupported) for Html.
[[nodiscard]] std::unique_ptr<syntax::Writer> make_any_writer(syntax::Format format, base::ByteSink sink,
                                                              const syntax::WriteOptions& options = {});

}  // namespace scenograph::jsonld
