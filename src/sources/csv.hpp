#pragma once

#include <memory>

#include "base/bytes.hpp"
#include "sources/reader.hpp"

namespace scenograph::sources {

/// How a table is written down. What is '\0' is found out from the first 64 KiB.
struct CsvDialect {
  char delimiter = '\0';  ///< else one of , ; tab | or any other
  char quote = '"';       ///< '\0': quotes are ordinary characters
  bool header = true;     ///< the first record names the columns; else they are _col.1, _col.2 …
  bool trim = false;      ///< leave out white space around unquoted fields
};

/// Opens comma-, semicolon-, tab- or bar-separated values.
///
/// Columns may also be named _col.N, counting from 1; of columns with equal names the first is meant, with a warning.
/// A record with more or fewer fields than columns, or with text after a closing quote, is reported and left out; a
/// quote that is never closed costs its line. Bytes that are not UTF-8 are read as Windows-1252, with a warning.
/// An Excel line "sep=;" is obeyed.
///
/// Memory: one record and a block of 256 KiB.
///
/// Source: RFC 4180; Model for Tabular Data and Metadata on the Web, sections 7 and 8.
[[nodiscard]] std::unique_ptr<RecordReader> open_csv(std::unique_ptr<base::ByteSource> source,
                                                     const ReadOptions& options, const CsvDialect& dialect = {});

}  // namespace scenograph::sources
