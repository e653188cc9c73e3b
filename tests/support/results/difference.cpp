#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "canon/compare.hpp"
#include "rdf/decimal.hpp"
#include "rdf/vocab.hpp"
#include "support/results/solutions.hpp"

namespace scenograph::tests {

namespace {

using Row = std::map<std::string, rdf::Term>;

/// Language tags in lower case; numbers in one of the lexical forms of their value.
void normalise(std::vector<Row>& rows) {
  for (Row& row : rows) {
    for (auto& [name, term] : row) {
      for (char& c : term.language) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      const bool is_approximate = term.datatype == rdf::xsd::double_ || term.datatype == rdf::xsd::float_;
      char* end = nullptr;
      const double value = std::strtod(term.value.c_str(), &end);
      if (is_approximate && *end == '\0') term.value = fmt::format("{}", value);
      const auto decimal = rdf::Decimal::parse(term.value);
      if (term.datatype == rdf::xsd::decimal && decimal) term.value = decimal->to_string();
    }
  }
}

std::string to_text(const std::vector<Row>& rows, bool sorted) {
  std::vector<std::string> lines;
  for (const Row& row : rows) {
    std::string line = " ";
    for (const auto& [name, term] : row) line += " ?" + name + "=" + rdf::to_ntriples(term);
    lines.push_back(line + "\n");
  }
  if (sorted) std::sort(lines.begin(), lines.end());
  std::string out;
  for (const std::string& line : lines) out += line;
  return out;
}

/// Rows as graphs, so that blank nodes compare up to renaming: one node a row, named by its contents without blank
/// nodes and by its number among equals, or by its place.
std::vector<rdf::Quad> as_graph(const std::vector<Row>& rows, bool in_order) {
  std::vector<rdf::Quad> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const rdf::Term row =
        in_order ? rdf::Term::iri("row:" + std::to_string(i)) : rdf::Term::blank("row " + std::to_string(i));
    out.push_back({row, rdf::Term::iri("x:a"), rdf::Term::iri("x:row"), {}});
    for (const auto& [name, term] : rows[i]) out.push_back({row, rdf::Term::iri("var:" + name), term, {}});
  }
  return out;
}

Solutions distinct(Solutions solutions) {
  std::sort(solutions.rows.begin(), solutions.rows.end());
  solutions.rows.erase(std::unique(solutions.rows.begin(), solutions.rows.end()), solutions.rows.end());
  return solutions;
}

bool has_blanks(const std::vector<Row>& rows) {
  return std::any_of(rows.begin(), rows.end(), [](const Row& row) {
    return std::any_of(row.begin(), row.end(), [](const auto& cell) { return cell.second.is_blank(); });
  });
}

}  // namespace

std::string difference(const Solutions& got, const Solutions& expected, RowOrder order) {
  if (got.boolean != expected.boolean) return "the answer should be the other one";
  const std::set<std::string> got_names(got.variables.begin(), got.variables.end());
  const std::set<std::string> expected_names(expected.variables.begin(), expected.variables.end());
  if (got_names != expected_names) return "the variables are not those expected";
  if (order == RowOrder::Sets) return difference(distinct(got), distinct(expected), RowOrder::Any);
  const bool in_order = order == RowOrder::Stated;
  std::vector<Row> a = got.rows;
  std::vector<Row> b = expected.rows;
  normalise(a);
  normalise(b);
  const bool same = a.size() == b.size() &&
                    (has_blanks(a) || has_blanks(b) ? canon::isomorphic(as_graph(a, in_order), as_graph(b, in_order))
                                                    : to_text(a, !in_order) == to_text(b, !in_order));
  if (same) return {};
  return "got\n" + to_text(a, !in_order) + "expected\n" + to_text(b, !in_order);
}

}  // namespace scenograph::tests
