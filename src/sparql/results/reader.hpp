#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/budget.hpp"
#include "base/bytes.hpp"
#include "sparql/results/writer.hpp"
#include "sparql/service_client.hpp"

namespace scenograph::sparql {

/// The answer of a SELECT or an ASK, read from one of its syntaxes as it arrives. One thread.
class ResultReader : public RemoteSolutions {
 public:
  /// What an ASK was answered; nullopt for solutions. Known once `next` has said false.
  [[nodiscard]] virtual std::optional<bool> boolean() const = 0;
};

/// Reads one document of results in one pass. Members of JSON may come in any order, and those that the specification
/// does not know are passed over. CSV has no terms: all values are plain literals but those that start with "_:". CSV
/// and TSV have no ASK.
///
/// Memory: one row, charged to `budget`, whatever the size of the document.
///
/// @param source_name  an address or a file's name, for messages.
/// @throws  here or while reading: Error(Code::BadData) for what is not of the syntax, with line and column for XML,
///          the line for the others; Error(Code::OutOfMemory) for a row past the budget; Error(Code::BadArgument) for
///          Table; what `source` throws.
///
/// Source: SPARQL 1.1 Query Results JSON Format; SPARQL Query Results XML Format; SPARQL 1.1 Query Results CSV and TSV
/// Formats.
[[nodiscard]] std::unique_ptr<ResultReader> read_results(std::unique_ptr<base::ByteSource> source, ResultFormat format,
                                                         std::string source_name, std::shared_ptr<base::Budget> budget);

}  // namespace scenograph::sparql
