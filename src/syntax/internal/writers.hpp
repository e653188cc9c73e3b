#pragma once

#include <memory>
#include <string>

#include "syntax/writer.hpp"

// One writer per family of syntaxes; `make_writer` chooses. Contracts are those of `make_writer`.

namespace scenograph::syntax {

/// Output is handed on in pieces of about this many bytes.
inline constexpr std::size_t piece_size = std::size_t{1} << 16U;

/// N-Triples or N-Quads.
[[nodiscard]] std::unique_ptr<Writer> make_line_writer(Format format, base::ByteSink sink);

/// Turtle or TriG. Prefixes are declared where they are first used: at the top of documents below `piece_size`.
[[nodiscard]] std::unique_ptr<Writer> make_turtle_writer(Format format, base::ByteSink sink, WriteOptions options);

/// As `make_turtle_writer`, arranged: see WriteOptions.
[[nodiscard]] std::unique_ptr<Writer> make_arranged_writer(Format format, base::ByteSink sink, WriteOptions options);

[[nodiscard]] std::unique_ptr<Writer> make_rdf_xml_writer(base::ByteSink sink, WriteOptions options);

}  // namespace scenograph::syntax
