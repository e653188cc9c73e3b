#pragma once

#include <memory>

#include "syntax/reader.hpp"
#include "syntax/writer.hpp"

namespace scenograph::jsonld {

/// As `syntax::read`, for every format: JSON-LD documents and web pages with JSON-LD scripts too. Those are held in
/// memory whole, so give a limit. Where reading is lenient their faults are repaired, a diagnostic each
/// (docs/lenient.md).
///
/// A web page without JSON-LD yields no quads and one diagnostic. Remote contexts: only the bundled ones (schema.org);
/// others are refused by name.
void read_any(base::ByteSource& source, syntax::Format format, const syntax::ReadOptions& options,
              const rdf::QuadSink& sink);

/// As `syntax::make_writer`, for JSON-LD too, compacted against the bundled schema.org context. What is held of it (up to
/// `arrange_bytes`, and to 16 MiB at least) is nested, with its lists; more is written as it comes, a node a line.
/// @throws Error(Code::Unsupported) for Html.
[[nodiscard]] std::unique_ptr<syntax::Writer> make_any_writer(syntax::Format format, base::ByteSink sink,
                                                              const syntax::WriteOptions& options = {});

}  // namespace scenograph::jsonld
