#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sparql/query.hpp"
#include "sparql/results/writer.hpp"

namespace scenograph::sparql::results {

/// One syntax of results. Each call appends to `out`, which the caller empties in between.
class RowWriter {
 public:
  RowWriter() = default;
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;
  virtual ~RowWriter() = default;

  /// Called once, first, for solutions.
  virtual void begin(const std::vector<std::string>& variables, std::string& out) = 0;

  /// Called with each batch before its rows.
  virtual void take(const SolutionBatch& batch) = 0;
  virtual void row(const SolutionBatch& batch, std::size_t index, std::string& out) = 0;
  virtual void end(std::string& out) = 0;

  /// The whole document of an ASK.
  virtual void boolean(bool answer, std::string& out) = 0;
};

[[nodiscard]] std::unique_ptr<RowWriter> make_json_writer();
[[nodiscard]] std::unique_ptr<RowWriter> make_xml_writer();
[[nodiscard]] std::unique_ptr<RowWriter> make_csv_writer();
[[nodiscard]] std::unique_ptr<RowWriter> make_tsv_writer();
[[nodiscard]] std::unique_ptr<RowWriter> make_table_writer(const ResultWriteOptions& options);

/// Whether Turtle reads the literal's bare lexical form back as the same term.
[[nodiscard]] bool is_bare_number(const rdf::TermView& literal);

}  // namespace scenograph::sparql::results
