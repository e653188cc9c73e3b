#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <iterator>

#include "base/utf8.hpp"
#include "rdf/vocab.hpp"
#include "sparql/results/row_writer.hpp"

namespace scenograph::sparql::results {

namespace {

/// Columns of a terminal that the character takes.
std::size_t width_of(char32_t c) {
  if (c < 0x300) return 1;
  const auto point = static_cast<UChar32>(c);
  const auto type = u_charType(point);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  const int east_asian = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
  return east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
}

std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) width += width_of(base::next_code_point(text, at));
  return width;
}

/// The text's beginning, with "…" where it goes on.
void cut(std::string& text, std::size_t max_width) {
  std::size_t width = 0;
  std::size_t fits = 0;  // bytes that leave room for "…"
  for (std::size_t at = 0; at < text.size();) {
    width += width_of(base::next_code_point(text, at));
    if (width < max_width) fits = at;
    if (width > max_width) {
      text.resize(fits);
      text += "…";
      return;
    }
  }
}

/// Appends the text without what would move a terminal's cursor or change its colours.
void append_plain(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = base::next_code_point(text, at);
    const bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    const bool is_format = c >= 0xA0 && c != 0x200D && u_charType(static_cast<UChar32>(c)) == U_FORMAT_CHAR;
    if (is_control || is_format) {
      fmt::format_to(std::back_inserter(out), "\\u{:04X}", static_cast<std::uint32_t>(c));
    } else {
      out += text.substr(from, at - from);
    }
  }
}

bool reads_bare(std::string_view datatype) {
  namespace xsd = rdf::xsd;
  return datatype == xsd::integer || datatype == xsd::decimal || datatype == xsd::double_ || datatype == xsd::boolean ||
         datatype == xsd::date || datatype == xsd::dateTime;
}

class TableWriter final : public RowWriter {
 public:
  explicit TableWriter(const ResultWriteOptions& options) : options_(options) {}

  void begin(const std::vector<std::string>& variables, std::string&) override {
    names_ = variables;
    for (const std::string& name : names_) widths_.push_back(width_of(name));
  }

  void take(const SolutionBatch&) override {}

  void row(const SolutionBatch& batch, std::size_t index, std::string& out) override {
    std::vector<std::string> cells(names_.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (const auto term = batch.at(i, index)) append_cell(cells[i], *term);
      if (options_.max_cell > 0) cut(cells[i], options_.max_cell);
      if (!started_) widths_[i] = std::max(widths_[i], width_of(cells[i]));
    }
    ++rows_;
    if (started_) {
      append_line(out, cells);
      return;
    }
    waiting_.push_back(std::move(cells));
    if (waiting_.size() >= options_.look_ahead) show_waiting(out);
  }

  void end(std::string& out) override {
    show_waiting(out);
    out += rows_ == 1 ? "1 row\n" : fmt::format("{} rows\n", rows_);
  }

  void boolean(bool answer, std::string& out) override { out += answer ? "yes\n" : "no\n"; }

 private:
  void append_cell(std::string& out, const rdf::TermView& term) const {
    if (term.type == rdf::TermType::BlankNode) {
      out.append("_:").append(term.value);
    } else if (term.type == rdf::TermType::Iri) {
      append_iri(out, term.value);
    } else if (reads_bare(term.datatype)) {
      append_plain(out, term.value);
    } else {
      out += '"';
      append_plain(out, term.value);
      out += '"';
      if (!term.language.empty()) out.append("@").append(term.language);
      if (term.datatype.empty()) return;
      out += "^^";
      append_iri(out, term.datatype);
    }
  }

  void append_iri(std::string& out, std::string_view iri) const {
    if (const auto name = syntax::shorten(options_.prefixes, iri)) {
      append_plain(out, *name);
    } else {
      out += '<';
      append_plain(out, iri);
      out += '>';
    }
  }

  void append_line(std::string& out, const std::vector<std::string>& cells) const {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      out += cells[i];
      if (i + 1 == cells.size()) break;
      const std::size_t width = width_of(cells[i]);
      out.append(width < widths_[i] ? widths_[i] - width : 0, ' ').append("  ");
    }
    out.resize(out.find_last_not_of(' ') + 1);  // an empty line is "" or ends in '\n'
    out += '\n';
  }

  /// Writes the heading and the rows that were waiting for the widths to be known.
  void show_waiting(std::string& out) {
    if (started_) return;
    started_ = true;
    append_line(out, names_);
    std::vector<std::string> rules;
    for (const std::size_t width : widths_) {
      std::string& rule = rules.emplace_back();
      for (std::size_t i = 0; i < width; ++i) rule += "─";
    }
    append_line(out, rules);
    for (const auto& cells : waiting_) append_line(out, cells);
    waiting_.clear();
  }

  ResultWriteOptions options_;
  std::vector<std::string> names_;
  std::vector<std::size_t> widths_;
  std::vector<std::vector<std::string>> waiting_;
  std::size_t rows_ = 0;
  bool started_ = false;
};

}  // namespace

std::unique_ptr<RowWriter> make_table_writer(const ResultWriteOptions& options) {
  return std::make_unique<TableWriter>(options);
}

}  // namespace scenograph::sparql::results
