#include "shacl/internal/load_sparql.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "rdf/vocab.hpp"
#include "shacl/internal/lexical.hpp"
#include "shacl/internal/message_text.hpp"
#include "shacl/internal/set_based.hpp"
#include "shacl/internal/wording.hpp"
#include "sparql/parse/parser.hpp"

namespace scenograph::shacl {

using base::Code;
using base::Error;
using sparql::QueryForm;

namespace {

constexpr std::array<std::string_view, 3> validator_predicates{"validator", "nodeValidator", "propertyValidator"};

/// Names that parameters cannot have (SHACL, section 6.2.1).
constexpr std::array<std::string_view, 6> reserved_names{"this", "shapesGraph", "currentShape",
                                                         "path", "PATH",        "value"};

sparql::algebra::Path to_algebra(const Path& path) {
  using Kind = sparql::algebra::PathKind;
  static constexpr std::array<Kind, 7> kinds{Kind::Link,       Kind::Inverse,   Kind::Sequence, Kind::Alternative,
                                             Kind::ZeroOrMore, Kind::OneOrMore, Kind::ZeroOrOne};
  sparql::algebra::Path made;
  made.kind = kinds.at(static_cast<std::size_t>(path.kind));
  made.predicate = path.predicate;
  for (const Path& part : path.parts) made.parts.push_back(to_algebra(part));
  return made;
}

/// A term of the shapes graph as queries know it.
rdf::Term in_queries(rdf::Term term) {
  if (term.is_blank()) term.value.insert(0, shapes_blank_prefix);
  return term;
}

Words words_for(const Bindings& constants) {
  return [&constants](std::string_view name) -> std::optional<std::string> {
    const auto at = constants.find(name);
    return at == constants.end() ? std::nullopt : std::optional(words_of(at->second));
  };
}

std::string label_of(const Shape& shape, const rdf::Term& node, std::string_view predicate) {
  if (node == shape.id) return fmt::format("shape {}: its sh:{}", shape.label, predicate);
  return fmt::format("shape {}: the sh:{} of {}", shape.label, predicate, display(node));
}

QueryForm form_of(std::string_view predicate) {
  if (predicate == "ask") return QueryForm::Ask;
  return predicate == "construct" ? QueryForm::Construct : QueryForm::Select;
}

std::string in_capitals(std::string_view predicate) {
  std::string out(predicate);
  for (char& c : out) c = static_cast<char>(c - 'a' + 'A');
  return out;
}

/// Makes a CONSTRUCT a Select of the variables that its template mentions. @return what is wrong, if anything.
std::optional<std::string> take_template(SparqlRule& rule) {
  std::set<std::string> names;
  const auto add = [&names](const sparql::algebra::Node& node) {
    if (const auto* variable = std::get_if<sparql::algebra::Variable>(&node)) names.insert(variable->name);
  };
  rule.made = std::move(rule.query.construct);
  rule.query.construct.clear();
  for (const auto& triple : rule.made) {
    add(triple.subject);
    add(std::get<sparql::algebra::Node>(triple.predicate));
    add(triple.object);
  }
  rule.query.form = QueryForm::Select;
  for (const std::string& name : names) {
    if (name.starts_with("_:")) return "its template has a blank node; name it by BIND(IRI(…) AS ?node)";
    if (name != "this") rule.query.projection.push_back({name, std::nullopt});
  }
  return std::nullopt;
}

}  // namespace

// ---- what the graph says

std::vector<Message> SparqlLoader::texts(const rdf::Term& node, std::string_view predicate) const {
  std::vector<Message> found;
  for (const auto& term : graph_->objects(node, predicate)) {
    if (term.is_literal()) found.push_back({term.value, term.language});
  }
  return found;
}

bool SparqlLoader::is_true(const rdf::Term& node, std::string_view name) const {
  return graph_->contains(node, sh(name), rdf::Term::literal("true", rdf::xsd::boolean));
}

/// The classes of a node and those above them.
std::vector<rdf::Term> SparqlLoader::types_of(const rdf::Term& node) const {
  std::vector<rdf::Term> types = graph_->objects(node, rdf::rdf::type);
  std::set<rdf::Term> seen(types.begin(), types.end());
  for (std::size_t i = 0; i < types.size(); ++i) {
    for (const auto& super : graph_->objects(types[i], rdf::rdfs::subClassOf)) {
      if (seen.insert(super).second) types.push_back(super);
    }
  }
  return types;
}

RuleParameters SparqlLoader::parameters_of(const rdf::Term& node) const {
  RuleParameters found;
  for (const auto& parameter : graph_->objects(node, sh("parameter"))) {
    const auto paths = graph_->objects(parameter, sh("path"));
    if (paths.size() != 1 || !paths.front().is_iri()) {
      found.fault = fmt::format("a parameter of {} is ill-formed: give it one sh:path, an IRI", display(node));
      continue;
    }
    std::string name(local_name(paths.front().value));
    if (std::find(reserved_names.begin(), reserved_names.end(), name) != reserved_names.end()) {
      found.fault =
          fmt::format("the parameter {} of {} is ill-formed: ${} has a meaning of its own; give it another name",
                      display(paths.front()), display(node), name);
    }
    found.all.push_back({parameter, paths.front(), std::move(name), is_true(parameter, "optional")});
  }
  return found;
}

/// Whether values are what sh:datatype, sh:nodeKind and sh:in of their parameters ask for (SHACL, section 6.2.1). Not
/// sh:class: the data may say it.
void SparqlLoader::check_types(const Shape& shape, const RuleParameters& parameters, const Bindings& values) const {
  for (const auto& parameter : parameters.all) {
    const auto value = values.find(parameter.name);
    if (value == values.end()) continue;
    const auto refuse = [&](const std::string& wanted) {
      return ill_formed("shape " + shape.label, shape.id,
                        fmt::format("{} {} is not {}, as its sh:parameter asks", display(parameter.path),
                                    display(value->second), wanted));
    };
    for (const auto& datatype : graph_->objects(parameter.node, sh("datatype"))) {
      if (!has_datatype(value->second, datatype.value)) throw refuse("of the datatype " + display(datatype));
    }
    for (const auto& kind : graph_->objects(parameter.node, sh("nodeKind"))) {
      if (!is_of_kind(value->second.type, local_name(kind.value))) throw refuse("of the kind " + display(kind));
    }
    for (const auto& head : graph_->objects(parameter.node, sh("in"))) {
      const auto members = graph_->list(head);
      if (members && std::find(members->begin(), members->end(), value->second) == members->end()) {
        throw refuse("one of those of sh:in");
      }
    }
  }
}

std::vector<CustomComponent> SparqlLoader::components() const {
  std::vector<CustomComponent> found;
  const rdf::Term* last = nullptr;
  for (const auto& triple : graph_->triples()) {
    if (triple.predicate.value != sh("parameter") || triple.subject.value.starts_with(sh(""))) continue;
    if (last != nullptr && *last == triple.subject) continue;
    last = &triple.subject;
    const bool has_validator = std::any_of(
        validator_predicates.begin(), validator_predicates.end(),
        [&](std::string_view predicate) { return !graph_->objects(triple.subject, sh(predicate)).empty(); });
    const auto types = types_of(triple.subject);
    const bool is_declared = std::any_of(types.begin(), types.end(),
                                         [](const rdf::Term& type) { return type.value == sh("ConstraintComponent"); });
    if (has_validator || is_declared) found.push_back({triple.subject, parameters_of(triple.subject)});
  }
  return found;
}

std::vector<Message> SparqlLoader::names_of(const CustomComponent& component, const Bindings& parameters) const {
  const auto templates = texts(component.id, sh("labelTemplate"));
  if (!templates.empty()) return fill_in(templates, words_for(parameters));
  auto labels = texts(component.id, rdf::rdfs::label);
  if (labels.empty()) labels.push_back({std::string(local_name(component.id.value)), {}});
  return labels;
}

// ---- queries

const std::string& SparqlLoader::only_text(const std::string& label, const rdf::Term& node,
                                           std::string_view name) const {
  const rdf::Term* found = nullptr;
  for (const auto& triple : graph_->of(node)) {
    if (triple.predicate.value != sh(name)) continue;
    if (found != nullptr) throw Error(Code::BadData, fmt::format("{} is ill-formed: it has several; give one", label));
    found = &triple.object;
  }
  if (found == nullptr || !found->is_literal()) {
    throw Error(Code::BadData, fmt::format("{} is ill-formed: give it one query, a text", label));
  }
  return found->value;
}

/// PREFIX declarations by sh:prefixes, sh:declare and owl:imports (SHACL, section 5.2.1), in one line.
std::string SparqlLoader::prologue(const std::string& label, const rdf::Term& node) const {
  std::vector<rdf::Term> open = graph_->objects(node, sh("prefixes"));
  std::set<rdf::Term> seen(open.begin(), open.end());
  std::map<std::string, std::string> prefixes;
  while (!open.empty()) {
    const rdf::Term at = std::move(open.back());
    open.pop_back();
    for (const auto& imported : graph_->objects(at, std::string(rdf::owl::ns) + "imports")) {
      if (seen.insert(imported).second) open.push_back(imported);
    }
    for (const auto& declaration : graph_->objects(at, sh("declare"))) {
      const std::string where = fmt::format("{}: sh:declare of {}", label, display(at));
      const auto& prefix = only_text(where + ", sh:prefix", declaration, "prefix");
      const auto& name = only_text(where + ", sh:namespace", declaration, "namespace");
      const auto [known, is_new] = prefixes.emplace(prefix, name);
      if (!is_new && known->second != name) {
        throw Error(Code::BadData, fmt::format("{} is ill-formed: the prefix {}: is declared as <{}> and as <{}>",
                                               label, prefix, known->second, name));
      }
    }
  }
  std::string text;
  for (const auto& [prefix, name] : prefixes) text += fmt::format("PREFIX {}: <{}> ", prefix, name);
  return text + '\n';
}

sparql::algebra::Query SparqlLoader::parse(const Request& request) const {
  const std::string& text = only_text(request.label, request.node, request.predicate);
  sparql::ParseOptions options;
  options.max_bytes = options_->max_query_bytes;
  try {
    return sparql::parse_query(prologue(request.label, request.node) + text, options);
  } catch (const Error& error) {
    if (error.code() == Code::BadData) throw;
    const auto& where = error.where();
    const std::string place =
        where.line > 1 ? fmt::format("line {}, column {}: ", where.line - 1, where.column) : std::string();
    throw Error(error.code() == Code::BadSyntax ? Code::BadData : error.code(),
                fmt::format("{} is ill-formed: {}{}", request.label, place, error.message()), place_of(request.node));
  }
}

base::Where SparqlLoader::place_of(const rdf::Term& node) const {
  return options_->place_of ? options_->place_of(node) : base::Where{};
}

Error SparqlLoader::ill_formed(const std::string& label, const rdf::Term& node, std::string_view why) const {
  return {Code::BadData, fmt::format("{} is ill-formed: {}", label, why), place_of(node)};
}

std::shared_ptr<SparqlRule> SparqlLoader::make_rule(const Request& request) {
  auto rule = std::make_shared<SparqlRule>();
  rule->source = request.node;
  rule->label = request.label;
  const auto refuse = [&](std::string_view why) { return ill_formed(rule->label, request.node, why); };
  rule->query = parse(request);
  if (rule->query.form != form_of(request.predicate)) {
    throw refuse(fmt::format("it is no {} query", in_capitals(request.predicate)));
  }
  if (!rule->query.from.empty() || !rule->query.from_named.empty()) {
    throw refuse("it has FROM, but it is about the data graph: leave FROM out");
  }
  VariableNames projected = request.names;
  projected.erase("shapesGraph");
  projected.erase("currentShape");
  if (const auto part = forbidden_part(rule->query, request.names, projected)) {
    throw refuse(fmt::format("it has {}", *part));
  }
  rule->calls = called_by(*rule);
  rule->reads_shapes_graph = request.constants.contains("shapesGraph") && mentions(rule->query, "shapesGraph");
  put_in(rule->query, request.constants);
  if (request.path != nullptr && !put_in_path(rule->query, to_algebra(*request.path))) {
    throw refuse("$PATH stands elsewhere than between subject and object of a triple pattern");
  }
  if (rule->query.form == QueryForm::Construct) {
    if (const auto fault = take_template(*rule)) throw refuse(*fault);
  }
  if (request.path == nullptr && mentions(rule->query, "PATH")) {
    throw refuse("$PATH has no meaning here: only property shapes have a path");
  }
  for (const std::string& name : request.columns) {
    if (mentions(rule->query, name)) rule->columns.push_back(name);
  }
  rule->obstacle = obstacle_of(rule->query, rule->columns);
  return rule;
}

/// Source: SHACL Advanced Features, section 4. Parameters are known already, and an Ask has no solution that would tell
/// them.
std::vector<AnnotationRule> SparqlLoader::annotations(const SparqlRule& rule, const Bindings& parameters) const {
  std::vector<AnnotationRule> found;
  for (const auto& node : graph_->objects(rule.source, sh("resultAnnotation"))) {
    const auto properties = graph_->objects(node, sh("annotationProperty"));
    const auto names = graph_->objects(node, sh("annotationVarName"));
    if (properties.size() != 1 || !properties.front().is_iri()) {
      throw ill_formed(rule.label, rule.source, "give sh:resultAnnotation one sh:annotationProperty, an IRI");
    }
    if (names.size() > 1 || (names.size() == 1 && names.front().datatype_iri() != rdf::xsd::string)) {
      throw ill_formed(rule.label, rule.source, "give sh:resultAnnotation one sh:annotationVarName at most, a text");
    }
    AnnotationRule& made = found.emplace_back();
    made.property = properties.front().value;
    made.variable = names.empty() ? std::string(local_name(made.property)) : names.front().value;
    made.defaults = graph_->objects(node, sh("annotationValue"));
    const auto parameter = rule.is_ask() ? parameters.find(made.variable) : parameters.end();
    if (parameter != parameters.end()) made.defaults = {parameter->second};
  }
  return found;
}

std::shared_ptr<const SparqlRule> SparqlLoader::constraint(const Shape& shape, const rdf::Term& node) {
  if (node.is_literal()) {
    throw Error(Code::BadData, fmt::format("shape {} is ill-formed: sh:sparql {} is not a node with sh:select",
                                           shape.label, display(node)));
  }
  if (is_true(node, "deactivated")) return nullptr;
  Request request;
  request.node = node;
  request.predicate = "select";
  request.label = label_of(shape, node, "select");
  if (shape.is_property()) request.path = &shape.path.front();
  request.names = {"this", "currentShape", "shapesGraph"};
  request.columns = {"this"};
  request.constants = {{"currentShape", in_queries(shape.id)}, {"shapesGraph", rdf::Term::iri(shapes_graph_iri)}};
  auto rule = make_rule(request);
  rule->messages = shape.messages.empty() ? texts(node, sh("message")) : shape.messages;
  rule->annotations = annotations(*rule, {});
  return rule;
}

std::shared_ptr<const SparqlRule> SparqlLoader::validator(const Shape& shape, const CustomComponent& component,
                                                          const Bindings& parameters) {
  check_types(shape, component.parameters, parameters);
  const std::string_view own = shape.is_property() ? "propertyValidator" : "nodeValidator";
  for (const std::string_view predicate : {own, std::string_view("validator")}) {
    for (const auto& node : graph_->objects(component.id, sh(predicate))) {
      Request request;
      request.node = node;
      for (const std::string_view form : {"ask", "select"}) {
        if (!graph_->objects(node, sh(form)).empty()) request.predicate = form;
      }
      if (request.predicate.empty()) continue;  // in another language
      request.label = label_of(shape, node, request.predicate);
      if (shape.is_property() && request.predicate == "select") request.path = &shape.path.front();
      request.names = {"this", "currentShape", "shapesGraph"};
      request.columns = {"this"};
      if (request.predicate == "ask") {
        request.names.insert("value");
        request.columns.insert("value");
      }
      for (const auto& parameter : component.parameters.all) request.names.insert(parameter.name);
      for (const auto& [name, term] : parameters) request.constants.emplace(name, in_queries(term));
      request.constants.emplace("currentShape", in_queries(shape.id));
      request.constants.emplace("shapesGraph", rdf::Term::iri(shapes_graph_iri));
      auto rule = make_rule(request);
      rule->messages = shape.messages;
      if (rule->messages.empty()) rule->messages = texts(node, sh("message"));
      if (rule->messages.empty()) rule->messages = texts(component.id, sh("message"));
      rule->messages = fill_in(rule->messages, words_for(parameters));
      rule->annotations = annotations(*rule, parameters);
      return rule;
    }
  }
  return nullptr;
}

std::shared_ptr<const SparqlRule> SparqlLoader::target(const Shape& shape, const rdf::Term& node) {
  Request request;
  request.node = node;
  request.predicate = "select";
  request.names = {"shapesGraph"};
  request.constants = {{"shapesGraph", rdf::Term::iri(shapes_graph_iri)}};
  if (graph_->objects(node, sh("select")).empty()) {
    const auto types = types_of(node);
    const auto type = std::find_if(types.begin(), types.end(), [this](const rdf::Term& candidate) {
      return !graph_->objects(candidate, sh("select")).empty();
    });
    if (type == types.end()) return nullptr;
    request.node = *type;
    const auto parameters = parameters_of(*type);
    if (parameters.fault) throw Error(Code::BadData, fmt::format("shape {}: {}", shape.label, *parameters.fault));
    Bindings given;
    for (const auto& parameter : parameters.all) {
      request.names.insert(parameter.name);
      const auto values = graph_->objects(node, parameter.path.value);
      if (values.size() > 1 || (values.empty() && !parameter.optional)) {
        throw Error(Code::BadData,
                    fmt::format("shape {} is ill-formed: its sh:target of type {} has {} values of {}; give one",
                                shape.label, display(*type), values.size(), display(parameter.path)));
      }
      if (values.empty()) continue;
      given.emplace(parameter.name, values.front());
      request.constants.emplace(parameter.name, in_queries(values.front()));
    }
    check_types(shape, parameters, given);
  }
  request.label = label_of(shape, request.node, request.predicate);
  auto rule = make_rule(request);
  const auto& projection = rule->query.projection;
  if (std::none_of(projection.begin(), projection.end(), [](const auto& binding) { return binding.name == "this"; })) {
    throw Error(Code::BadData, fmt::format("{} is ill-formed: it does not select ?this, the focus nodes", rule->label));
  }
  return rule;
}

std::shared_ptr<const SparqlRule> SparqlLoader::construct(const Shape& shape, const rdf::Term& node) {
  Request request;
  request.node = node;
  request.predicate = "construct";
  request.label = label_of(shape, node, "construct");
  request.names = {"this", "shapesGraph"};
  request.columns = {"this"};
  request.constants = {{"shapesGraph", rdf::Term::iri(shapes_graph_iri)}};
  return make_rule(request);
}

}  // namespace scenograph::shacl
