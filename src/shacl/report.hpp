#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "rdf/term.hpp"
#include "shacl/trend.hpp"
#include "shacl/validate.hpp"

namespace scenograph::shacl {

struct ReportOptions {
  std::string language = "en";    ///< "fr" or "en": of the words around, and first choice for messages and names
  std::string title;              ///< what was validated, e.g. a file's name; may be empty
  std::size_t width = 100;        ///< columns of a text report's lines
  std::size_t max_entities = 50;  ///< shown in full in a text report; 0 shows all
  bool counts_only = false;       ///< of a text report: all checks with their counts, and no entries
  const Trend* trend = nullptr;   ///< against an earlier report; null: nothing is said of it
  std::int64_t time_ms = 0;       ///< when it was made, since 1970, for JSON; 0: not told
  std::string max_results_option = "--max-results";  ///< what raises Options::max_results, for messages
};

/// "3 to fix, 12 suggestions", or a sentence that all is well.
[[nodiscard]] std::string counts_line(const Report& report, std::string_view language);

/// Writes the standard report graph, quad by quad into the default graph; blank node labels begin with "report".
///
/// Source: SHACL, section 3.6.
void write_graph(const Report& report, const rdf::QuadSink& sink);

/// Writes a report for a venue's staff: a line of counts, the most frequent problems, then show by show and field by
/// field what is wrong, the value found, and what to do.
void write_text(const Report& report, const ReportOptions& options, const base::ByteSink& sink);

/// Writes one JSON object: `conforms`, `counts`, `checks`, `results` (each with all languages of its messages); of the
/// options it heeds `trend` and `time_ms`.
void write_json(const Report& report, const base::ByteSink& sink, const ReportOptions& options = {});

/// Writes what `compare` needs of such an object: of results, at most `most_results`, the check and the focus node
/// alone.
void write_json_summary(const Report& report, std::int64_t time_ms, std::size_t most_results,
                        const base::ByteSink& sink);

/// Writes a SARIF 2.1.0 log for tools that show findings, such as code hosts: a rule a check, a result a finding, at
/// the thing it concerns; `options.title`, if any, is the file it is in.
///
/// Source: Static Analysis Results Interchange Format 2.1.0, OASIS.
void write_sarif(const Report& report, const ReportOptions& options, const base::ByteSink& sink);

/// Writes one HTML page without outside resources or scripts that must run: French and English both in it, shown by
/// the page's language switch; `options.language` is shown first.
void write_html(const Report& report, const ReportOptions& options, const base::ByteSink& sink);

/// Writes what stands below the line of counts in that page, in `options.language` alone, as elements for a page of
/// somebody else's: headings from h2 on, without style; nothing for a report without results and notices.
void write_html_part(const Report& report, const ReportOptions& options, const base::ByteSink& sink);

}  // namespace scenograph::shacl
