#pragma once

#include <memory>
#include <span>
#include <string>

#include "base/bytes.hpp"
#include "sources/reader.hpp"

namespace scenograph::sources {

/// Opens a JSON document, or JSON Lines, for one or more iterators at once; each record is what one of them finds.
///
/// Iterators of the form `$[*]…`, `$.a.b[*]…` are read an element at a time, in memory for one element; so are JSON
/// Lines (iterator `$`). Others, and mixtures where one looks into what another cuts up, hold the whole document.
/// Records come in document order, for one element in the order of the iterators.
///
/// @throws  Error(Code::BadSyntax) for a faulty iterator; while reading, at the line and column of the first fault
///          or of the early end.
///
/// Source: RFC 8259; RFC 9535 (see `parse_json_path`).
[[nodiscard]] std::unique_ptr<RecordReader> open_json(std::unique_ptr<base::ByteSource> source,
                                                      const ReadOptions& options,
                                                      std::span<const std::string> iterators);

}  // namespace scenograph::sources
