#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/bytes.hpp"
#include "sparql/query.hpp"
#include "syntax/prefixes.hpp"

namespace scenograph::sparql {

/// A syntax of solutions and of yes or no. Table is aligned columns for people at a terminal.
enum class ResultFormat : std::uint8_t { Json, Xml, Csv, Tsv, Table };

/// Every format, in the order of preference where a client does not care.
[[nodiscard]] std::span<const ResultFormat> all_result_formats() noexcept;

/// The registered media type, e.g. "application/sparql-results+json", without parameters.
[[nodiscard]] std::string_view media_type(ResultFormat format) noexcept;

/// From a name or file ending ("json", "srj", "xml", "srx", "csv", "tsv", "table") or a media type, in any case.
/// @throws Error(Code::BadArgument) listing the names.
[[nodiscard]] ResultFormat parse_result_format(std::string_view text);

struct ResultWriteOptions {
  /// Of Table: prefixes that IRIs are shortened by.
  syntax::PrefixList prefixes = syntax::usual_prefixes();
  std::size_t max_cell = 72;      ///< of Table: the widest a cell is shown, in terminal columns; 0: whole
  std::size_t look_ahead = 1000;  ///< of Table: rows read before the first is written, to find the columns' widths
};

/// Reads the result to its end and writes it as it comes, in pieces of about 64 KiB.
///
/// REQUIRES: a Select or an Ask.
/// @throws  what the result and the sink throw; what is written by then is incomplete.
///
/// Source: SPARQL 1.1 Query Results JSON Format; SPARQL Query Results XML Format; SPARQL 1.1 Query Results CSV and TSV
/// Formats. Those two know no yes or no: it is written as one line "true" or "false".
void write_results(QueryResult& result, ResultFormat format, const base::ByteSink& sink,
                   const ResultWriteOptions& options = {});

}  // namespace scenograph::sparql
