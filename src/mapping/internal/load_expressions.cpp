#include "mapping/internal/load_expressions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "mapping/internal/language.hpp"
#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::mapping::internal {

namespace {

constexpr int max_depth = 64;
constexpr std::string_view table_parameter = "https://w3id.org/scenograph/fn#table";

[[noreturn]] void bad(const std::string& message) { throw base::Error(base::Code::BadData, message); }

std::optional<rdf::Term> at_most_one(const Document& document, const rdf::Term& node, std::string_view name) {
  auto found = document.objects(node, name);
  if (found.size() > 1) bad(fmt::format("rml:{} is given {} times; give it once", name, found.size()));
  if (found.empty()) return std::nullopt;
  return std::move(found[0]);
}

TermKind kind_of(const rdf::Term& type) {
  constexpr std::array<std::pair<std::string_view, TermKind>, 6> kinds = {{{"IRI", TermKind::Iri},
                                                                           {"URI", TermKind::Uri},
                                                                           {"UnsafeIRI", TermKind::UnsafeIri},
                                                                           {"UnsafeURI", TermKind::UnsafeUri},
                                                                           {"BlankNode", TermKind::BlankNode},
                                                                           {"Literal", TermKind::Literal}}};
  for (const auto& [name, kind] : kinds) {
    if (type.value == rml_iri(name)) return kind;
  }
  bad(fmt::format("«{}» is not a term type; write rml:IRI, rml:URI, rml:BlankNode or rml:Literal", type.value));
}

void check_position(TermKind kind, std::string_view position) {
  if (kind == TermKind::Literal && position != "object") {
    bad(fmt::format("a {} cannot be a literal; leave out rml:termType rml:Literal", position));
  }
  if (kind == TermKind::BlankNode && position == "predicate") bad("a predicate cannot be a blank node");
}

void check_constant(const rdf::Term& term, const TermMap& map, std::string_view position) {
  const bool literal = map.kind == TermKind::Literal;
  if (map.kind_given && term.is_literal() != literal) {
    bad(fmt::format("the constant «{}» is no {}; mend rml:termType or the constant", term.value,
                    literal ? "literal" : "IRI or blank node"));
  }
  if (term.is_literal() && position != "object") {
    bad(fmt::format("the {} «{}» is a literal; write an IRI", position, term.value));
  }
}

}  // namespace

std::size_t ExpressionLoader::reference(std::string_view text) {
  const auto found = std::find(references_.begin(), references_.end(), text);
  if (found != references_.end()) return static_cast<std::size_t>(found - references_.begin());
  references_.emplace_back(text);
  return references_.size() - 1;
}

Expression ExpressionLoader::reference_expression(std::string_view text) {
  Expression expression;
  expression.kind = Expression::Kind::Reference;
  expression.reference = reference(text);
  return expression;
}

Expression ExpressionLoader::template_expression(std::string_view text) {
  Expression expression;
  expression.kind = Expression::Kind::Template;
  expression.parts = parse_template(text);
  for (TemplatePart& part : expression.parts) {
    if (part.is_reference) part.reference = reference(part.text);
  }
  return expression;
}

Expression ExpressionLoader::expression(const rdf::Term& node) {
  Expression made;
  int count = 0;
  if (const auto constant = at_most_one(document_, node, "constant")) {
    made.kind = Expression::Kind::Constant;
    made.constant = *constant;
    ++count;
  }
  if (const auto text = at_most_one(document_, node, "template")) {
    made = template_expression(text->value);
    ++count;
  }
  for (const std::string_view name : {"reference", "column"}) {
    if (const auto text = at_most_one(document_, node, name)) {
      made = reference_expression(text->value);
      ++count;
    }
  }
  if (const auto call = at_most_one(document_, node, "functionExecution")) {
    made = function_expression(node, *call);
    ++count;
  }
  if (count > 1) bad("a map has more than one of rml:constant, rml:template, rml:reference and rml:functionExecution");
  return made;
}

Expression ExpressionLoader::function_expression(const rdf::Term& node, const rdf::Term& call) {
  if (++depth_ > max_depth) bad("functions are nested deeper than 64, or in a circle");
  Expression expression;
  expression.kind = Expression::Kind::Function;
  expression.execution = execution(call);
  check_output(node, *expression.execution);
  --depth_;
  return expression;
}

std::shared_ptr<const Execution> ExpressionLoader::execution(const rdf::Term& node) {
  auto made = std::make_shared<Execution>();
  auto function = document_.objects(node, "function");
  for (const rdf::Term& map : document_.objects(node, "functionMap")) {
    for (const rdf::Term& constant : document_.objects(map, "constant")) function.push_back(constant);
  }
  if (function.size() != 1) bad("a function execution must have exactly one rml:function");
  made->function = functions::find_function(function[0].value);
  if (made->function == nullptr) {
    throw base::Error(base::Code::Unsupported,
                      fmt::format("the function <{}> is not known; docs/mapping.md lists them", function[0].value));
  }
  for (const rdf::Term& node_of_input : document_.objects(node, "input")) {
    Input made_input = input(node_of_input, *made);
    if (made_input.value.kind != Expression::Kind::None) made->inputs.push_back(std::move(made_input));
  }
  return made;
}

Input ExpressionLoader::input(const rdf::Term& node, Execution& execution) {
  auto parameter = document_.objects(node, "parameter");
  for (const rdf::Term& map : document_.objects(node, "parameterMap")) {
    for (const rdf::Term& constant : document_.objects(map, "constant")) parameter.push_back(constant);
  }
  if (parameter.size() != 1) bad("an input must have exactly one rml:parameter");
  Input made;
  made.parameter = functions::find_parameter(*execution.function, parameter[0].value);
  if (made.parameter == std::string_view::npos) {
    bad(fmt::format("the function {} has no parameter <{}>", execution.function->name, parameter[0].value));
  }
  const auto value = at_most_one(document_, node, "inputValue");
  const auto map = at_most_one(document_, node, "inputValueMap");
  if (value.has_value() == map.has_value()) bad("an input must have rml:inputValue or rml:inputValueMap, not both");
  if (parameter[0].value == table_parameter) {
    if (!value) bad("the table of a lookup must be an rml:inputValue, a list ( … )");
    execution.table = table(*value);
    return made;
  }
  if (value) {
    made.value.kind = Expression::Kind::Constant;
    made.value.constant = *value;
  } else {
    made.value = expression(*map);
    if (made.value.kind == Expression::Kind::None) bad("an rml:inputValueMap has no expression");
  }
  return made;
}

LookupTable ExpressionLoader::table(const rdf::Term& head) const {
  const auto members = document_.list(head);
  if (members.size() % 2 != 0) bad("the table of a lookup must be a list of words and values in turn");
  LookupTable table;
  for (std::size_t i = 0; i < members.size(); i += 2) {
    const rdf::Term& value = members[i + 1];
    const auto kind = value.is_iri() ? Value::Kind::Iri : Value::Kind::Text;
    table.insert_or_assign(fold_key(members[i].value), Value{value.value, {}, kind});
  }
  return table;
}

void ExpressionLoader::check_output(const rdf::Term& node, const Execution& execution) const {
  auto outputs = document_.objects(node, "return");
  for (const rdf::Term& map : document_.objects(node, "returnMap")) {
    for (const rdf::Term& constant : document_.objects(map, "constant")) outputs.push_back(constant);
  }
  for (const rdf::Term& output : outputs) {
    if (functions::has_output(*execution.function, output.value)) continue;
    bad(fmt::format("the function {} has no output <{}>", execution.function->name, output.value));
  }
}

std::optional<Expression> ExpressionLoader::qualifier(const rdf::Term& node, std::string_view shortcut,
                                                      std::string_view map) {
  const auto constant = at_most_one(document_, node, shortcut);
  const auto long_form = at_most_one(document_, node, map);
  if (constant && long_form) bad(fmt::format("rml:{} and rml:{} exclude each other", shortcut, map));
  if (constant) {
    Expression made;
    made.kind = Expression::Kind::Constant;
    made.constant = *constant;
    return made;
  }
  if (!long_form) return std::nullopt;
  Expression made = expression(*long_form);
  if (made.kind == Expression::Kind::None) bad(fmt::format("the rml:{} has no expression", map));
  return made;
}

void ExpressionLoader::set_kind(TermMap& map, const rdf::Term& node, std::string_view position) const {
  const auto given = at_most_one(document_, node, "termType");
  map.kind_given = given.has_value();
  if (given) {
    map.kind = kind_of(*given);
  } else if (position != "object") {
    map.kind = TermKind::Iri;
  } else {
    const bool literal = map.expression.kind == Expression::Kind::Reference ||
                         map.expression.kind == Expression::Kind::Function || map.datatype || map.language;
    map.kind = literal ? TermKind::Literal : TermKind::Iri;
  }
  if (position != "datatype") check_position(map.kind, position);
}

TermMap ExpressionLoader::term_map(const rdf::Term& node, std::string_view position) {
  TermMap map;
  map.expression = expression(node);
  map.datatype = qualifier(node, "datatype", "datatypeMap");
  map.language = qualifier(node, "language", "languageMap");
  if (map.datatype && map.language) bad("rml:datatype and rml:language exclude each other");
  if (map.language && map.language->kind == Expression::Kind::Constant &&
      !is_language_tag(map.language->constant.value)) {
    bad(fmt::format("«{}» is not a language tag; write one such as fr or en-CA", map.language->constant.value));
  }
  if (const auto condition = at_most_one(document_, node, "condition")) {
    map.condition = expression(*condition);
    if (map.condition->kind == Expression::Kind::None) bad("an rml:condition has no expression");
  }
  set_kind(map, node, position);
  if (map.expression.kind == Expression::Kind::None && map.kind != TermKind::BlankNode) {
    bad(fmt::format("the {} map has none of rml:constant, rml:template, rml:reference and rml:functionExecution",
                    position));
  }
  if (map.expression.kind == Expression::Kind::Constant) {
    check_constant(map.expression.constant, map, position);
    if (map.expression.constant.is_iri()) map.kind = TermKind::Iri;
    if (map.expression.constant.is_literal()) map.kind = TermKind::Literal;
  }
  map.field = field_of(map.expression);
  return map;
}

TermMap ExpressionLoader::constant(const rdf::Term& term, std::string_view position) {
  TermMap map;
  map.expression.kind = Expression::Kind::Constant;
  map.expression.constant = term;
  map.kind = term.is_literal() ? TermKind::Literal : TermKind::Iri;
  check_position(map.kind, position);
  return map;
}

std::vector<TermMap> ExpressionLoader::term_maps(const rdf::Term& node, std::string_view position) {
  std::vector<TermMap> maps;
  for (const rdf::Term& term : document_.objects(node, position)) maps.push_back(constant(term, position));
  for (const rdf::Term& map : document_.objects(node, std::string(position) + "Map")) {
    if (document_.objects(map, "parentTriplesMap").empty()) maps.push_back(term_map(map, position));
  }
  return maps;
}

Expression ExpressionLoader::join_side(const rdf::Term& node, std::string_view side) {
  const auto shortcut = at_most_one(document_, node, side);
  if (shortcut) return reference_expression(shortcut->value);
  const auto map = at_most_one(document_, node, std::string(side) + "Map");
  if (!map) bad(fmt::format("a join condition has neither rml:{0} nor rml:{0}Map", side));
  Expression made = expression(*map);
  if (made.kind == Expression::Kind::None) bad(fmt::format("the rml:{}Map has no expression", side));
  return made;
}

std::string ExpressionLoader::field_of(const Expression& expression) const {
  std::string names;
  const auto add = [&](std::string_view name) { names.append(names.empty() ? "" : ", ").append(name); };
  switch (expression.kind) {
    case Expression::Kind::Reference:
      add(references_[expression.reference]);
      break;
    case Expression::Kind::Template:
      for (const TemplatePart& part : expression.parts) {
        if (part.is_reference) add(references_[part.reference]);
      }
      break;
    case Expression::Kind::Function:
      for (const Input& input : expression.execution->inputs) {
        if (const std::string inner = field_of(input.value); !inner.empty()) add(inner);
      }
      break;
    default:
      break;
  }
  return names;
}

}  // namespace scenograph::mapping::internal
