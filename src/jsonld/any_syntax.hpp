#pragma once

#include <memory>

#include "syntax/reader.hpp"
#include "syntax/writer.hpp"

namespace scenograph::jsonld {

/// As `syntax::read`, for every format: JSON-LD documents and web pages too. Those are held in memory whole, so give a
/// limit. Remote contexts: only the bundled ones (schema.org); others are refused by name.
///
/// A web page gives what its JSON-LD scripts say, then its Microdata, its RDFa, and with that its Open Graph, against
/// its address or `<base>`. Its tree is built only if it may have any of the last three. One diagnostic says so if a page
/// has none of the four, Open Graph alone, or types of schema.org of which none is an event.
void read_any(base::ByteSource& source, syntax::Format format, const syntax::ReadOptions& options,
              const rdf::QuadSink& sink);

/// As `syntax::make_writer`, for JSON-LD too: that holds everything in memory until `finish`, then writes it compacted
/// against the bundled schema.org context. @throws Error(Code::Unsupported) for Html.
[[nodiscard]] std::unique_ptr<syntax::Writer> make_any_writer(syntax::Format format, base::ByteSink sink,
                                                              const syntax::WriteOptions& options = {});

}  // namespace scenograph::jsonld
