#include <stdexcept>
#include <utility>

#include "base/bytes.hpp"
#include "support/results/solutions.hpp"
#include "syntax/reader.hpp"

namespace scenograph::tests {

namespace {

using Fields = std::vector<std::string>;

/// RFC 4180.
std::vector<Fields> csv_records(std::string_view text) {
  std::vector<Fields> records;
  Fields fields;
  std::string field;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted && c == '"' && text.substr(at + 1, 1) == "\"") {
      field += c;
      ++at;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == ',' || c == '\n')) {
      fields.push_back(std::exchange(field, {}));
      if (c == '\n') records.push_back(std::exchange(fields, {}));
    } else if (quoted || c != '\r') {
      field += c;
    }
  }
  if (!field.empty() || !fields.empty()) {
    fields.push_back(field);
    records.push_back(fields);
  }
  return records;
}

std::vector<Fields> tsv_records(std::string_view text) {
  std::vector<Fields> records;
  while (!text.empty()) {
    const std::size_t line_end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, line_end);
    text.remove_prefix(std::min(line_end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    Fields& fields = records.emplace_back();
    for (std::size_t tab = 0; tab != std::string_view::npos;) {
      tab = line.find('\t');
      fields.emplace_back(line.substr(0, tab));
      line.remove_prefix(tab == std::string_view::npos ? line.size() : tab + 1);
    }
  }
  return records;
}

rdf::Term turtle_term(const std::string& text) {
  if (text.starts_with("_:")) return rdf::Term::blank(text.substr(2));
  rdf::Term out;
  const std::string document = "<x:s> <x:p> " + text + " .";
  const auto source = base::open_text(document);
  syntax::read(*source, syntax::Format::Turtle, {}, [&out](const rdf::Quad& quad) { out = quad.object; });
  return out;
}

rdf::Term plain_term(const std::string& text) {
  return text.starts_with("_:") ? rdf::Term::blank(text.substr(2)) : rdf::Term::literal(text);
}

Solutions from_records(const std::vector<Fields>& records, rdf::Term (*term_of)(const std::string&)) {
  Solutions out;
  if (records.empty()) throw std::runtime_error("the results have no heading");
  for (const std::string& name : records[0]) {
    if (!name.empty()) out.variables.push_back(name.front() == '?' ? name.substr(1) : name);
  }
  for (std::size_t i = 1; i < records.size(); ++i) {
    auto& row = out.rows.emplace_back();
    for (std::size_t column = 0; column < records[i].size() && column < out.variables.size(); ++column) {
      if (!records[i][column].empty()) row[out.variables[column]] = term_of(records[i][column]);
    }
  }
  return out;
}

}  // namespace

Solutions read_tsv(std::string_view text) { return from_records(tsv_records(text), turtle_term); }
Solutions read_csv(std::string_view text) { return from_records(csv_records(text), plain_term); }

}  // namespace scenograph::tests
