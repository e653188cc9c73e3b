#include "sparql/results/writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "base/error.hpp"
#include "sparql/results/row_writer.hpp"

namespace scenograph::sparql {

namespace {

constexpr std::size_t piece = std::size_t{64} << 10U;

constexpr std::array<ResultFormat, 5> formats = {ResultFormat::Json, ResultFormat::Xml, ResultFormat::Csv,
                                                 ResultFormat::Tsv, ResultFormat::Table};

struct Alias {
  std::string_view text;
  ResultFormat format;
};

constexpr std::array<Alias, 13> aliases = {{
    {"json", ResultFormat::Json},
    {"xml", ResultFormat::Xml},
    {"csv", ResultFormat::Csv},
    {"tsv", ResultFormat::Tsv},
    {"table", ResultFormat::Table},
    {"srj", ResultFormat::Json},
    {"srx", ResultFormat::Xml},
    {"application/sparql-results+json", ResultFormat::Json},
    {"application/json", ResultFormat::Json},
    {"application/sparql-results+xml", ResultFormat::Xml},
    {"application/xml", ResultFormat::Xml},
    {"text/csv", ResultFormat::Csv},
    {"text/tab-separated-values", ResultFormat::Tsv},
}};

std::unique_ptr<results::RowWriter> make_writer(ResultFormat format, const ResultWriteOptions& options) {
  switch (format) {
    case ResultFormat::Json:
      return results::make_json_writer();
    case ResultFormat::Xml:
      return results::make_xml_writer();
    case ResultFormat::Csv:
      return results::make_csv_writer();
    case ResultFormat::Tsv:
      return results::make_tsv_writer();
    default:
      return results::make_table_writer(options);
  }
}

void write_rows(QueryResult& result, results::RowWriter& writer, std::string& out, const base::ByteSink& sink) {
  writer.begin(result.variables(), out);
  SolutionBatch batch;
  while (result.next(batch)) {
    writer.take(batch);
    for (std::size_t row = 0; row < batch.size; ++row) {
      writer.row(batch, row, out);
      if (out.size() < piece) continue;
      sink(out);
      out.clear();
    }
  }
  writer.end(out);
}

}  // namespace

std::span<const ResultFormat> all_result_formats() noexcept { return formats; }

std::string_view media_type(ResultFormat format) noexcept {
  switch (format) {
    case ResultFormat::Json:
      return "application/sparql-results+json";
    case ResultFormat::Xml:
      return "application/sparql-results+xml";
    case ResultFormat::Csv:
      return "text/csv";
    case ResultFormat::Tsv:
      return "text/tab-separated-values";
    default:
      return "text/plain";
  }
}

ResultFormat parse_result_format(std::string_view text) {
  std::string name(text.substr(0, text.find(';')));
  while (!name.empty() && name.back() == ' ') name.pop_back();
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto* known =
      std::find_if(aliases.begin(), aliases.end(), [&name](const Alias& alias) { return alias.text == name; });
  if (known != aliases.end()) return known->format;
  throw base::Error(base::Code::BadArgument,
                    fmt::format("there is no result format «{}»: take json, xml, csv, tsv or table", text));
}

void write_results(QueryResult& result, ResultFormat format, const base::ByteSink& sink,
                   const ResultWriteOptions& options) {
  const auto writer = make_writer(format, options);
  std::string out;
  out.reserve(piece + piece / 4);
  if (result.form() == QueryForm::Ask) {
    writer->boolean(result.boolean(), out);
  } else {
    write_rows(result, *writer, out, sink);
  }
  if (!out.empty()) sink(out);
}

}  // namespace scenograph::sparql
