#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mapping/internal/document.hpp"
#include "mapping/internal/model.hpp"

namespace scenograph::mapping::internal {

/// Loads expressions and term maps of one triples map. Errors are told without the triples map's name, which the
/// caller adds.
class ExpressionLoader {
 public:
  /// @param references  of the triples map; new ones are appended.
  ExpressionLoader(const Document& document, std::vector<std::string>& references)
      : document_(document), references_(references) {}

  /// The expression of the map `node`; Kind::None if it has none.
  [[nodiscard]] Expression expression(const rdf::Term& node);

  /// A term map. @param position  "subject", "predicate", "object" or "graph": it sets the default term type.
  [[nodiscard]] TermMap term_map(const rdf::Term& node, std::string_view position);

  /// A term map that always yields `term`, checked for its position.
  [[nodiscard]] static TermMap constant(const rdf::Term& term, std::string_view position);

  /// The values of a shortcut property with those of its long form: rml:predicate and rml:predicateMap.
  [[nodiscard]] std::vector<TermMap> term_maps(const rdf::Term& node, std::string_view position);

  /// The child or parent side of a join condition: shortcut reference or expression map.
  [[nodiscard]] Expression join_side(const rdf::Term& node, std::string_view side);

 private:
  std::size_t reference(std::string_view text);
  Expression reference_expression(std::string_view text);
  Expression template_expression(std::string_view text);
  Expression function_expression(const rdf::Term& node, const rdf::Term& execution);
  std::shared_ptr<const Execution> execution(const rdf::Term& node);
  Input input(const rdf::Term& node, Execution& execution);
  LookupTable table(const rdf::Term& head) const;
  void check_output(const rdf::Term& node, const Execution& execution) const;
  std::optional<Expression> qualifier(const rdf::Term& node, std::string_view shortcut, std::string_view map);
  void set_kind(TermMap& map, const rdf::Term& node, std::string_view position) const;
  [[nodiscard]] std::string field_of(const Expression& expression) const;

  const Document& document_;
  std::vector<std::string>& references_;
  int depth_ = 0;
};

}  // namespace scenograph::mapping::internal
