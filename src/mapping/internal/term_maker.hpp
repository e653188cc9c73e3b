#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mapping/internal/model.hpp"
#include "mapping/internal/report.hpp"
#include "mapping/internal/row.hpp"
#include "rdf/term.hpp"

namespace scenograph::mapping::internal {

/// Makes terms of the current record for one triples map.
class TermMaker {
 public:
  /// @param base  relative IRIs are resolved against it; may be empty: then they are told and left out.
  TermMaker(std::string base, Row& row, Report& report, std::size_t map_number)
      : base_(std::move(base)), row_(row), report_(report), map_number_(map_number) {}

  /// Appends the terms of `map`: none if a value is missing, several for references with several values.
  void make(const TermMap& map, std::vector<rdf::Term>& terms);

  /// The values of the expression as texts, for join keys and functions.
  [[nodiscard]] Values evaluate(const Expression& expression) { return evaluate(expression, TermKind::Literal); }

 private:
  Values evaluate(const Expression& expression, TermKind kind);
  Values fill_template(const std::vector<TemplatePart>& parts, TermKind kind);
  Values call(const Execution& execution);
  bool holds(const Expression& condition);
  std::optional<rdf::Term> term(const TermMap& map, Value& value);
  std::optional<rdf::Term> iri(const TermMap& map, const Value& value);
  void literals(const TermMap& map, Values& values, std::vector<rdf::Term>& terms);
  std::vector<std::string> datatypes(const TermMap& map);
  std::vector<std::string> languages(const TermMap& map);
  std::string datatype(const TermMap& map, const std::string& iri);
  [[nodiscard]] rdf::Term fresh_blank();
  void tell(base::Severity severity, std::string_view field, std::string_view found, base::Phrase message);

  std::string base_;
  Row& row_;
  Report& report_;
  std::size_t map_number_;
  std::uint64_t blanks_ = 0;
  std::string_view field_;  // of the map being made
};

/// A blank node label for a text; different texts have different labels.
[[nodiscard]] std::string blank_label(std::string_view text);

}  // namespace scenograph::mapping::internal
