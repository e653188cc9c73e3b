#include "base/find_byte.hpp"
#include "rdf/vocab.hpp"
#include "sparql/results/row_writer.hpp"
#include "sparql/results/written_terms.hpp"

// Source: SPARQL 1.1 Query Results CSV and TSV Formats.

namespace scenograph::sparql::results {

namespace {

void append_field(std::string& out, std::string_view text) {
  const auto is_special = [](char c) { return (c == '"') | (c == ',') | (c == '\r') | (c == '\n'); };
  if (base::find_byte(text, 0, is_special) == text.size()) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_cells(std::string& out, const SolutionBatch& batch, std::size_t row, const WrittenTerms& written,
                  char separator) {
  for (std::size_t i = 0; i < batch.columns.size(); ++i) {
    if (i > 0) out += separator;
    const SolutionBatch::Place place = batch.columns[i][row];
    if (place != SolutionBatch::unbound) out += written[place];
  }
}

class CsvWriter final : public RowWriter {
 public:
  void begin(const std::vector<std::string>& variables, std::string& out) override {
    for (std::size_t i = 0; i < variables.size(); ++i) {
      if (i > 0) out += ',';
      out += variables[i];
    }
    out += "\r\n";
  }

  void take(const SolutionBatch& batch) override {
    written_.write(batch.terms, [](std::string& out, const rdf::TermView& term) {
      if (term.type == rdf::TermType::BlankNode) out += "_:";
      append_field(out, term.value);
    });
  }

  void row(const SolutionBatch& batch, std::size_t index, std::string& out) override {
    append_cells(out, batch, index, written_, ',');
    out += "\r\n";
  }

  void end(std::string&) override {}
  void boolean(bool answer, std::string& out) override { out += answer ? "true\r\n" : "false\r\n"; }

 private:
  WrittenTerms written_;
};

class TsvWriter final : public RowWriter {
 public:
  void begin(const std::vector<std::string>& variables, std::string& out) override {
    for (std::size_t i = 0; i < variables.size(); ++i) out.append(i > 0 ? "\t?" : "?").append(variables[i]);
    out += '\n';
  }

  void take(const SolutionBatch& batch) override {
    written_.write(batch.terms, [](std::string& out, const rdf::TermView& term) {
      if (is_bare_number(term)) {
        out += term.value;
      } else {
        rdf::append_ntriples(out, term);
      }
    });
  }

  void row(const SolutionBatch& batch, std::size_t index, std::string& out) override {
    append_cells(out, batch, index, written_, '\t');
    out += '\n';
  }

  void end(std::string&) override {}
  void boolean(bool answer, std::string& out) override { out += answer ? "true\n" : "false\n"; }

 private:
  WrittenTerms written_;
};

/// How many digits `text` starts with.
std::size_t digits(std::string_view text) { return std::min(text.find_first_not_of("0123456789"), text.size()); }

}  // namespace

bool is_bare_number(const rdf::TermView& literal) {
  const bool is_integer = literal.datatype == rdf::xsd::integer;
  const bool is_decimal = literal.datatype == rdf::xsd::decimal;
  if (literal.type != rdf::TermType::Literal || (!is_integer && !is_decimal && literal.datatype != rdf::xsd::double_))
    return false;
  std::string_view text = literal.value;
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  const std::size_t whole = digits(text);
  text.remove_prefix(whole);
  if (is_integer) return whole > 0 && text.empty();
  std::size_t fraction = 0;
  if (text.starts_with('.')) {
    fraction = digits(text.substr(1));
    if (fraction == 0) return false;
    text.remove_prefix(1 + fraction);
  }
  if (is_decimal) return fraction > 0 && text.empty();
  if (whole + fraction == 0 || (!text.starts_with('e') && !text.starts_with('E'))) return false;
  text.remove_prefix(1);
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && digits(text) == text.size();
}

std::unique_ptr<RowWriter> make_csv_writer() { return std::make_unique<CsvWriter>(); }
std::unique_ptr<RowWriter> make_tsv_writer() { return std::make_unique<TsvWriter>(); }

}  // namespace scenograph::sparql::results
