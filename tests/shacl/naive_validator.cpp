#include "shacl/naive_validator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "rdf/vocab.hpp"
#include "shacl/naive_values.hpp"

namespace scenograph::shacl::naive {

using rdf::Term;

namespace {

const std::string ns = "http://www.w3.org/ns/shacl#";

Term sh(std::string_view name) { return Term::iri(ns + std::string(name)); }
const Term type = Term::iri(rdf::rdf::type);
const Term subclass_of = Term::iri(rdf::rdfs::subClassOf);

/// Equal terms; no blank node of the shapes is one of the data.
bool is_same(const Term& of_shapes, const Term& of_data) { return !of_shapes.is_blank() && of_shapes == of_data; }

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

bool lang_matches(const std::string& tag, const std::string& range) {
  if (tag.empty()) return false;
  return range == "*" || lower(tag) == lower(range) || lower(tag).starts_with(lower(range) + "-");
}

bool matches(const std::string& text, const std::string& pattern, const std::string& flags) {
  auto how = std::regex::ECMAScript;
  if (flags == "i") how |= std::regex::icase;
  return std::regex_search(code_points(text), std::wregex(code_points(pattern), how));
}

}  // namespace

Validator::Validator(std::span<const rdf::Quad> shapes, std::span<const rdf::Triple> data)
    : data_(data.begin(), data.end()) {
  for (const auto& quad : shapes) shapes_.insert({quad.subject, quad.predicate, quad.object});
  for (const auto& triple : data_) {
    data_nodes_.insert(triple.subject);
    data_nodes_.insert(triple.object);
  }
}

// ---- the shapes graph

Nodes Validator::objects_in(const Graph& graph, const Term& subject, const Term& predicate) {
  Nodes found;
  for (auto at = graph.lower_bound({subject, predicate, {}}); at != graph.end(); ++at) {
    if (at->subject != subject || at->predicate != predicate) break;
    found.insert(at->object);
  }
  return found;
}

Nodes Validator::given(const Term& shape, std::string_view parameter) const {
  return objects_in(shapes_, shape, sh(parameter));
}

std::optional<Term> Validator::one(const Term& shape, std::string_view parameter) const {
  const Nodes found = given(shape, parameter);
  return found.empty() ? std::nullopt : std::optional(*found.begin());
}

bool Validator::is_true(const Term& shape, std::string_view parameter) const {
  const auto value = one(shape, parameter);
  return value && value->value == "true";
}

std::vector<Term> Validator::list(const Term& head) const {
  std::vector<Term> members;
  for (Term node = head; node.value != rdf::rdf::nil;) {
    Term rest;
    for (const auto& triple : shapes_) {
      if (triple.subject != node) continue;
      if (triple.predicate.value == rdf::rdf::first) members.push_back(triple.object);
      if (triple.predicate.value == rdf::rdf::rest) rest = triple.object;
    }
    node = rest;
  }
  return members;
}

// Section 2.1.3.3: an implicit class target.
bool Validator::is_class_shape(const Term& shape) const {
  const bool is_shape =
      shapes_.contains({shape, type, sh("NodeShape")}) || shapes_.contains({shape, type, sh("PropertyShape")});
  return shape.is_iri() && is_shape && shapes_.contains({shape, type, Term::iri(rdf::rdfs::Class)});
}

std::string Validator::path_text(const Term& path) const {
  if (path.is_iri()) return rdf::to_ntriples(path);
  const auto join = [this](const std::vector<Term>& parts) {
    std::string text;
    for (const Term& part : parts) text += (text.empty() ? "" : " ") + path_text(part);
    return text;
  };
  if (const auto parts = one(path, "alternativePath")) return "alternativePath(" + join(list(*parts)) + ")";
  for (const char* name : {"inversePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"}) {
    if (const auto part = one(path, name)) return std::string(name) + "(" + path_text(*part) + ")";
  }
  return "sequence(" + join(list(path)) + ")";
}

// ---- the data graph

Nodes Validator::objects(const Term& subject, const Term& predicate) const {
  return objects_in(data_, subject, predicate);
}

const Nodes& Validator::reached(const Term& path, const Term& node) {
  const std::pair key(path, node);
  if (const auto at = reached_.find(key); at != reached_.end()) return at->second;
  return reached_[key] = follow(path, node);
}

// Section 2.3.1, each as the SPARQL path that it stands for.
Nodes Validator::follow(const Term& path, const Term& node) {
  if (path.is_iri()) return objects(node, path);
  if (const auto part = one(path, "inversePath")) {
    Nodes found;
    Nodes all = data_nodes_;
    all.insert(node);
    for (const Term& start : all) {
      if (reached(*part, start).contains(node)) found.insert(start);
    }
    return found;
  }
  if (const auto parts = one(path, "alternativePath")) {
    Nodes found;
    for (const Term& part : list(*parts)) found.insert(reached(part, node).begin(), reached(part, node).end());
    return found;
  }
  if (const auto part = one(path, "zeroOrMorePath")) return closure(*part, {node});
  if (const auto part = one(path, "oneOrMorePath")) return closure(*part, reached(*part, node));
  if (const auto part = one(path, "zeroOrOnePath")) {
    Nodes found = reached(*part, node);
    found.insert(node);
    return found;
  }
  Nodes ends{node};
  for (const Term& part : list(path)) {
    Nodes next;
    for (const Term& end : ends) next.insert(reached(part, end).begin(), reached(part, end).end());
    ends = std::move(next);
  }
  return ends;
}

Nodes Validator::closure(const Term& path, const Nodes& from) {
  Nodes found = from;
  for (std::size_t before = 0; before != found.size();) {
    before = found.size();
    const Nodes so_far = found;
    for (const Term& node : so_far) found.insert(reached(path, node).begin(), reached(path, node).end());
  }
  return found;
}

// Subclasses are those of the data, and, as `shacl::Shapes::hierarchy` says, those of the shapes graph.
bool Validator::is_subclass(const Term& sub, const Term& super) const {
  Nodes above{sub};
  for (std::size_t before = 0; before != above.size();) {
    before = above.size();
    for (const Graph* graph : {&data_, &shapes_}) {
      for (const auto& triple : *graph) {
        if (triple.predicate == subclass_of && above.contains(triple.subject)) above.insert(triple.object);
      }
    }
  }
  return above.contains(super);
}

bool Validator::is_instance(const Term& node, const Term& of_class) const {
  const Nodes types = objects(node, type);
  return std::any_of(types.begin(), types.end(), [&](const Term& sub) { return is_subclass(sub, of_class); });
}

// ---- section 2.1.3

Nodes Validator::targets(const Term& shape) const {
  Nodes found = given(shape, "targetNode");
  Nodes classes = given(shape, "targetClass");
  if (is_class_shape(shape)) classes.insert(shape);
  for (const Term& of_class : classes) {
    std::copy_if(data_nodes_.begin(), data_nodes_.end(), std::inserter(found, found.end()),
                 [&](const Term& node) { return is_instance(node, of_class); });
  }
  const Nodes subjects_of = given(shape, "targetSubjectsOf");
  const Nodes objects_of = given(shape, "targetObjectsOf");
  for (const auto& triple : data_) {
    if (subjects_of.contains(triple.predicate)) found.insert(triple.subject);
    if (objects_of.contains(triple.predicate)) found.insert(triple.object);
  }
  return found;
}

Outcomes Validator::validate() {
  Outcomes out;
  Nodes subjects;
  for (const auto& triple : shapes_) subjects.insert(triple.subject);
  for (const Term& shape : subjects) {
    for (const Term& focus : targets(shape)) check(shape, focus, out);
  }
  std::sort(out.begin(), out.end());
  return out;
}

void Validator::check(const Term& shape, const Term& focus, Outcomes& out) {
  if (is_true(shape, "deactivated")) return;
  const auto path = one(shape, "path");
  const Nodes values = path ? reached(*path, focus) : Nodes{focus};
  Site site{shape, focus, values, out};
  check_types(site);
  check_cardinality(site);
  check_ranges(site);
  check_strings(site);
  check_languages(site);
  check_pairs(site);
  check_logic(site);
  check_shapes(site);
  check_qualified(site);
  check_others(site);
  check_expressions(site);
}

bool Validator::conforms(const Term& shape, const Term& node) {
  const std::pair key(shape, node);
  if (const auto at = conforms_.find(key); at != conforms_.end()) return at->second;
  Outcomes out;
  check(shape, node, out);
  return conforms_[key] = out.empty();
}

void Validator::add(Site& site, std::string_view component, const std::optional<Term>& value) const {
  const auto path = one(site.shape, "path");
  const auto severity = one(site.shape, "severity");
  site.out.push_back({site.focus, path ? path_text(*path) : "", value, std::string(component), site.shape,
                      severity ? severity->value : ns + "Violation"});
}

// ---- section 4.1

void Validator::check_types(Site& site) {
  for (const Term& value : site.values) {
    for (const Term& of_class : given(site.shape, "class")) {
      if (value.is_literal() || !is_instance(value, of_class)) add(site, "Class", value);
    }
    if (const auto datatype = one(site.shape, "datatype")) {
      if (!value.is_literal() || value.datatype_iri() != datatype->value || !is_well_typed(value)) {
        add(site, "Datatype", value);
      }
    }
    if (const auto kind = one(site.shape, "nodeKind")) {
      const std::string name = kind->value.substr(ns.size());
      const bool good =
          (value.is_iri() && (name == "IRI" || name == "BlankNodeOrIRI" || name == "IRIOrLiteral")) ||
          (value.is_blank() && (name == "BlankNode" || name == "BlankNodeOrIRI" || name == "BlankNodeOrLiteral")) ||
          (value.is_literal() && (name == "Literal" || name == "BlankNodeOrLiteral" || name == "IRIOrLiteral"));
      if (!good) add(site, "NodeKind", value);
    }
  }
}

// ---- section 4.2

void Validator::check_cardinality(Site& site) {
  const auto least = one(site.shape, "minCount");
  const auto most = one(site.shape, "maxCount");
  if (least && site.values.size() < std::stoull(least->value)) add(site, "MinCount");
  if (most && site.values.size() > std::stoull(most->value)) add(site, "MaxCount");
}

// ---- section 4.3

void Validator::check_ranges(Site& site) {
  const auto each = [&](const char* parameter, const char* component, auto holds) {
    const auto bound = one(site.shape, parameter);
    if (!bound) return;
    for (const Term& value : site.values) {
      if (!holds(order(*bound, value))) add(site, component, value);
    }
  };
  each("minExclusive", "MinExclusive", [](std::partial_ordering o) { return o < 0; });
  each("minInclusive", "MinInclusive", [](std::partial_ordering o) { return o <= 0; });
  each("maxExclusive", "MaxExclusive", [](std::partial_ordering o) { return o > 0; });
  each("maxInclusive", "MaxInclusive", [](std::partial_ordering o) { return o >= 0; });
}

// ---- section 4.4

void Validator::check_strings(Site& site) {
  const auto least = one(site.shape, "minLength");
  const auto most = one(site.shape, "maxLength");
  const auto flags = one(site.shape, "flags");
  for (const Term& value : site.values) {
    const std::size_t length = code_points(value.value).size();
    if (least && (value.is_blank() || length < std::stoull(least->value))) add(site, "MinLength", value);
    if (most && (value.is_blank() || length > std::stoull(most->value))) add(site, "MaxLength", value);
    for (const Term& pattern : given(site.shape, "pattern")) {
      if (value.is_blank() || !matches(value.value, pattern.value, flags ? flags->value : "")) {
        add(site, "Pattern", value);
      }
    }
  }
}

void Validator::check_languages(Site& site) {
  if (const auto head = one(site.shape, "languageIn")) {
    const auto ranges = list(*head);
    for (const Term& value : site.values) {
      const bool good = std::any_of(ranges.begin(), ranges.end(),
                                    [&](const Term& range) { return lang_matches(value.language, range.value); });
      if (!good) add(site, "LanguageIn", value);
    }
  }
  if (is_true(site.shape, "uniqueLang")) {
    std::map<std::string, int> times;
    for (const Term& value : site.values) {
      if (!value.language.empty()) ++times[lower(value.language)];
    }
    for (const auto& [language, count] : times) {
      if (count > 1) add(site, "UniqueLang");
    }
  }
}

// ---- section 4.5

void Validator::check_pairs(Site& site) {
  for (const Term& other : given(site.shape, "equals")) {
    const Nodes theirs = objects(site.focus, other);
    for (const Term& value : site.values) {
      if (!theirs.contains(value)) add(site, "Equals", value);
    }
    for (const Term& value : theirs) {
      if (!site.values.contains(value)) add(site, "Equals", value);
    }
  }
  for (const Term& other : given(site.shape, "disjoint")) {
    for (const Term& value : objects(site.focus, other)) {
      if (site.values.contains(value)) add(site, "Disjoint", value);
    }
  }
  for (const char* parameter : {"lessThan", "lessThanOrEquals"}) {
    const bool or_equals = std::string_view(parameter) == "lessThanOrEquals";
    for (const Term& other : given(site.shape, parameter)) {
      for (const Term& mine : site.values) {
        for (const Term& theirs : objects(site.focus, other)) {
          const auto found = order(mine, theirs);
          if (found < 0 || (or_equals && found == 0)) continue;
          add(site, or_equals ? "LessThanOrEquals" : "LessThan", mine);
        }
      }
    }
  }
}

// ---- section 4.6

void Validator::check_logic(Site& site) {
  for (const Term& value : site.values) {
    for (const Term& shape : given(site.shape, "not")) {
      if (conforms(shape, value)) add(site, "Not", value);
    }
    for (const char* parameter : {"and", "or", "xone"}) {
      const std::string_view name = parameter;
      for (const Term& head : given(site.shape, name)) {
        const auto shapes = list(head);
        const auto good =
            std::count_if(shapes.begin(), shapes.end(), [&](const Term& shape) { return conforms(shape, value); });
        const auto all = static_cast<std::ptrdiff_t>(shapes.size());
        if (name == "and" && good < all) add(site, "And", value);
        if (name == "or" && good == 0) add(site, "Or", value);
        if (name == "xone" && good != 1) add(site, "Xone", value);
      }
    }
  }
}

// ---- section 4.7

void Validator::check_shapes(Site& site) {
  for (const Term& value : site.values) {
    for (const Term& shape : given(site.shape, "node")) {
      if (!conforms(shape, value)) add(site, "Node", value);
    }
    for (const Term& shape : given(site.shape, "property")) check(shape, value, site.out);
  }
}

void Validator::check_qualified(Site& site) {
  const auto qualified = one(site.shape, "qualifiedValueShape");
  if (!qualified) return;
  Nodes siblings;
  if (is_true(site.shape, "qualifiedValueShapesDisjoint")) {
    for (const auto& parent : shapes_) {
      if (parent.predicate != sh("property") || parent.object != site.shape) continue;
      for (const Term& property : given(parent.subject, "property"))
        siblings.merge(given(property, "qualifiedValueShape"));
    }
    siblings.erase(*qualified);
  }
  const auto count = static_cast<std::size_t>(std::count_if(site.values.begin(), site.values.end(), [&](const Term& v) {
    return conforms(*qualified, v) &&
           std::none_of(siblings.begin(), siblings.end(), [&](const Term& sibling) { return conforms(sibling, v); });
  }));
  const auto least = one(site.shape, "qualifiedMinCount");
  const auto most = one(site.shape, "qualifiedMaxCount");
  if (least && count < std::stoull(least->value)) add(site, "QualifiedMinCount");
  if (most && count > std::stoull(most->value)) add(site, "QualifiedMaxCount");
}

// ---- section 4.8

void Validator::check_others(Site& site) {
  if (is_true(site.shape, "closed")) {
    Nodes allowed;
    for (const Term& property : given(site.shape, "property")) allowed.merge(given(property, "path"));
    if (const auto ignored = one(site.shape, "ignoredProperties")) {
      for (const Term& property : list(*ignored)) allowed.insert(property);
    }
    for (const Term& value : site.values) {
      for (const auto& triple : data_) {
        if (triple.subject != value || allowed.contains(triple.predicate)) continue;
        add(site, "Closed", triple.object);
        site.out.back().path = rdf::to_ntriples(triple.predicate);
      }
    }
  }
  for (const Term& wanted : given(site.shape, "hasValue")) {
    const bool found =
        std::any_of(site.values.begin(), site.values.end(), [&](const Term& value) { return is_same(wanted, value); });
    if (!found) add(site, "HasValue");
  }
  if (const auto head = one(site.shape, "in")) {
    const auto members = list(*head);
    for (const Term& value : site.values) {
      const bool found =
          std::any_of(members.begin(), members.end(), [&](const Term& member) { return is_same(member, value); });
      if (!found) add(site, "In", value);
    }
  }
}

// ---- SHACL Advanced Features, section 6

Nodes Validator::evaluate(const Term& expression, const Term& focus) {
  if (expression == sh("this")) return {focus};
  if (!expression.is_blank()) return {expression};
  const auto nodes = one(expression, "nodes");
  const auto starts = [&] { return nodes ? evaluate(*nodes, focus) : Nodes{focus}; };
  Nodes found;
  if (const auto path = one(expression, "path")) {
    for (const Term& start : starts()) found.insert(reached(*path, start).begin(), reached(*path, start).end());
  } else if (const auto shape = one(expression, "filterShape")) {
    for (const Term& start : starts()) {
      if (conforms(*shape, start)) found.insert(start);
    }
  } else if (const auto parts = one(expression, "union")) {
    for (const Term& part : list(*parts)) found.merge(evaluate(part, focus));
  } else if (const auto sets = one(expression, "intersection")) {
    const auto members = list(*sets);
    found = evaluate(members.front(), focus);
    for (const Term& member : members) {
      const Nodes other = evaluate(member, focus);
      std::erase_if(found, [&](const Term& node) { return !other.contains(node); });
    }
  } else {
    return call(expression, focus);
  }
  return found;
}

// Section 6.4. The functions are those of `Generator`.
Nodes Validator::call(const Term& expression, const Term& focus) {
  Nodes found;
  for (const auto& triple : shapes_) {
    if (triple.subject != expression || !triple.predicate.value.starts_with("http://ex.test/")) continue;
    const auto arguments = list(triple.object);
    const Nodes one = evaluate(arguments.at(0), focus);
    if (triple.predicate.value == "http://ex.test/first") return one;
    if (arguments.size() < 2) return {};
    const Nodes other = evaluate(arguments.at(1), focus);
    for (const Term& a : one) {
      for (const Term& b : other) found.insert(Term::literal(a == b ? "true" : "false", rdf::xsd::boolean));
    }
  }
  return found;
}

// ---- section 7

void Validator::check_expressions(Site& site) {
  const Nodes only_true{Term::literal("true", rdf::xsd::boolean)};
  for (const Term& expression : given(site.shape, "expression")) {
    for (const Term& value : site.values) {
      if (evaluate(expression, value) != only_true) add(site, "Expression", value);
    }
  }
}

}  // namespace scenograph::shacl::naive
