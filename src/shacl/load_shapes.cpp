#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/error.hpp"
#include "rdf/vocab.hpp"
#include "shacl/internal/load_expression.hpp"
#include "shacl/internal/load_path.hpp"
#include "shacl/internal/load_rules.hpp"
#include "shacl/internal/load_sparql.hpp"
#include "shacl/internal/parameter_reader.hpp"
#include "shacl/internal/shapes_graph.hpp"
#include "shacl/shapes.hpp"

namespace scenograph::shacl {

using base::Code;
using base::Error;

namespace {

constexpr std::array<std::string_view, 4> target_predicates{"targetNode", "targetClass", "targetSubjectsOf",
                                                            "targetObjectsOf"};

// Terms of the SHACL namespace that constrain nothing by themselves.
constexpr std::array<std::string_view, 33> plain_predicates{"path",
                                                            "targetNode",
                                                            "targetClass",
                                                            "targetSubjectsOf",
                                                            "targetObjectsOf",
                                                            "severity",
                                                            "message",
                                                            "deactivated",
                                                            "name",
                                                            "description",
                                                            "order",
                                                            "group",
                                                            "defaultValue",
                                                            "flags",
                                                            "ignoredProperties",
                                                            "qualifiedMinCount",
                                                            "qualifiedMaxCount",
                                                            "qualifiedValueShapesDisjoint",
                                                            "suggestedShapesGraph",
                                                            "sparql",
                                                            "target",
                                                            "rule",
                                                            "expression",
                                                            "resultAnnotation",
                                                            "select",
                                                            "prefixes",
                                                            "declare",
                                                            "parameter",
                                                            "optional",
                                                            "labelTemplate",
                                                            "validator",
                                                            "nodeValidator",
                                                            "propertyValidator"};

class Loader {
 public:
  Loader(std::span<const rdf::Quad> quads, const LoadOptions& options)
      : graph_(quads),
        options_(options),
        parameters_(graph_),
        sparql_(graph_, options_),
        expressions_(graph_, sparql_, options_,
                     [this](const rdf::Term& node, const std::string& label) { return any_shape(node, label); }),
        components_(sparql_.components()) {
    for (const auto& component : components_) {
      for (const auto& parameter : component.parameters.all) by_parameter_[parameter.path.value].insert(&component);
    }
  }

  Shapes load() {
    refuse_entailment();
    for (const auto& root : roots()) shape(root, display(root), false);
    for (const auto& triple : graph_.triples()) {
      if (triple.predicate.value == rdf::rdfs::subClassOf && triple.object.is_iri()) {
        out_.hierarchy.push_back({triple.subject, triple.object});
      }
    }
    if (options_.with_rules) read_rules();
    out_.functions = sparql_.functions();
    notice_unused();
    if (reads_shapes_graph_) out_.graph.assign(graph_.triples().begin(), graph_.triples().end());
    return std::move(out_);
  }

 private:
  /// What the handler of such a parameter works on; reading shapes may move those that are there.
  struct Site {
    const rdf::Term& node;
    ShapeId id;
    std::string_view name;  // local name of the parameter
    std::vector<rdf::Term> values;
  };

  /// A parameter that names other shapes.
  struct Nested {
    std::string_view name;
    bool has_one_value;
    void (Loader::*read)(const Site&, Component);
    Component component;
  };

  static const std::array<Nested, 7>& nested_parameters();

  /// For as long as it lives, nested shapes are read that a node may do well not to conform to.
  class Negation {
   public:
    Negation(Loader& loader, bool is_one) : loader_(is_one ? &loader : nullptr) {
      if (is_one) loader.negations_.push_back(loader.open_.size());
    }
    ~Negation() {
      if (loader_ != nullptr) loader_->negations_.pop_back();
    }
    Negation(const Negation&) = delete;
    Negation& operator=(const Negation&) = delete;

   private:
    Loader* loader_;
  };

  // ---- what to read

  std::vector<rdf::Term> roots() const {
    std::set<rdf::Term> found;
    for (const auto& triple : graph_.triples()) {
      const auto& predicate = triple.predicate.value;
      const bool targets =
          predicate == sh("target") || std::any_of(target_predicates.begin(), target_predicates.end(),
                                                   [&](std::string_view name) { return predicate == sh(name); });
      if (targets || (is_shape_type(triple) && is_class(triple.subject))) found.insert(triple.subject);
    }
    return {found.begin(), found.end()};
  }

  static bool is_shape_type(const rdf::Triple& triple) {
    return triple.predicate.value == rdf::rdf::type &&
           (triple.object.value == sh("NodeShape") || triple.object.value == sh("PropertyShape"));
  }

  bool is_class(const rdf::Term& node) const {
    return node.is_iri() && (graph_.contains(node, rdf::rdf::type, rdf::Term::iri(rdf::rdfs::Class)) ||
                             graph_.contains(node, rdf::rdf::type, rdf::Term::iri(rdf::owl::Class)));
  }

  /// Once all shapes are read, as a rule may well be conditional on its own shape.
  void read_rules() {
    const RuleLoader loader(graph_, sparql_, expressions_, options_,
                            [this](const rdf::Term& node, const std::string& label) { return any_shape(node, label); });
    const std::size_t shapes = out_.shapes.size();
    for (std::size_t i = 0; i < shapes; ++i) {
      if (!out_.shapes[i].has_active_targets()) continue;
      const Shape holder = out_.shapes[i];  // reading rules may move the shapes
      for (Rule& rule : loader.rules_of(holder, static_cast<ShapeId>(i))) {
        if (rule.query) use(*rule.query);
        out_.rules.push_back(std::move(rule));
      }
    }
    std::stable_sort(out_.rules.begin(), out_.rules.end(),
                     [](const Rule& a, const Rule& b) { return a.order < b.order; });
  }

  void notice_unused() {
    for (const auto& triple : graph_.triples()) {
      if (!is_shape_type(triple) || triple.subject.is_blank()) continue;
      if (ids_.contains(triple.subject) || asleep_.contains(triple.subject)) continue;
      notice(triple.subject.value, "",
             {fmt::format("shape {} checks nothing: it has no target, and no shape with a target uses it; give it "
                          "sh:targetClass or refer to it",
                          display(triple.subject)),
              fmt::format("la forme {} ne vérifie rien : elle n’a pas de cible, et aucune forme qui en a une ne "
                          "l’emploie ; donnez-lui sh:targetClass ou faites-y référence",
                          display(triple.subject))});
    }
  }

  void notice(std::string_view shape, std::string_view found, base::Phrase message) {
    base::Diagnostic diagnostic;
    diagnostic.severity = base::Severity::Warning;
    diagnostic.field = shape;
    diagnostic.found = found;
    diagnostic.message = std::move(message);
    out_.notices.push_back(std::move(diagnostic));
  }

  // ---- what is not there

  void refuse_entailment() {
    for (const auto& triple : graph_.triples()) {
      if (triple.predicate.value == sh("entailment")) {
        unsupported("the shapes graph", "sh:entailment " + display(triple.object));
      }
    }
  }

  void unsupported(const std::string& label, const std::string& what) {
    if (!options_.skip_unsupported) {
      throw Error(Code::Unsupported,
                  fmt::format("shape {}: {} is not supported; remove it, or leave it out with --skip-unsupported",
                              label, what));
    }
    notice(label, what,
           {fmt::format("shape {}: {} is not supported and was not checked", label, what),
            fmt::format("forme {} : {} n’est pas pris en charge et n’a pas été vérifié", label, what)});
  }

  void refuse_unknown(const rdf::Term& node, const std::string& label) {
    std::set<std::string> seen;
    for (const auto& triple : graph_.of(node)) {
      const auto& predicate = triple.predicate.value;
      if (!seen.insert(predicate).second) continue;
      if (!predicate.starts_with("http://www.w3.org/ns/shacl#")) continue;
      const std::string_view local = std::string_view(predicate).substr(27);
      const bool plain = std::find(plain_predicates.begin(), plain_predicates.end(), local) != plain_predicates.end();
      const auto& nested = nested_parameters();
      const bool known = ParameterReader::reads(local) ||
                         std::any_of(nested.begin(), nested.end(),
                                     [local](const Nested& parameter) { return parameter.name == local; });
      if (!plain && !known) unsupported(label, display(triple.predicate));
    }
  }

  // ---- shapes

  ShapeId any_shape(const rdf::Term& node, const std::string& label) {
    return shape(node, node.is_iri() ? display(node) : label, false);
  }

  ShapeId shape(const rdf::Term& node, const std::string& label, bool must_be_property) {
    if (options_.check) options_.check();
    if (node.is_literal()) throw ill_formed(label, fmt::format("{} is not a shape", display(node)));
    if (const auto it = ids_.find(node); it != ids_.end()) {
      if (closes_cycle(node, label)) return anything(node, label);
      if (must_be_property) require_path(it->second);
      return it->second;
    }
    if (open_.size() >= options_.max_depth) {
      throw Error(Code::TooLarge, fmt::format("shape {}: shapes nest deeper than {}", label, options_.max_depth));
    }
    const auto id = static_cast<ShapeId>(out_.shapes.size());
    ids_.emplace(node, id);
    out_.shapes.emplace_back();
    open_.push_back(node);
    read_with_place(node, label, id);
    open_.pop_back();
    if (must_be_property) require_path(id);
    return id;
  }

  /// Whether a shape that is being read is referred to from within, and that may be left out. @throws if it may not.
  bool closes_cycle(const rdf::Term& node, const std::string& label) {
    const auto start = std::find(open_.begin(), open_.end(), node);
    if (start == open_.end()) return false;
    std::string way;
    for (auto it = start; it != open_.end(); ++it) way += at(ids_.at(*it)).label + " → ";
    const std::string& name = at(ids_.at(node)).label;
    const std::string cycle =
        fmt::format("shape {} is recursive, which SHACL leaves undefined: {}{}", name, way, label);
    const auto outside = static_cast<std::size_t>(start - open_.begin());
    const bool may_go =
        std::none_of(negations_.begin(), negations_.end(), [&](std::size_t at) { return at > outside; });
    if (!may_go) throw Error(Code::BadData, cycle + "; break the cycle");
    if (!options_.skip_unsupported) {
      throw Error(Code::BadData, cycle + "; break the cycle, or leave out where it closes with --skip-unsupported");
    }
    notice(name, label,
           {cycle + "; what closes the cycle was not checked",
            fmt::format("la forme {} se contient elle-même, ce dont SHACL ne dit pas le sens : {}{} ; ce qui ferme la "
                        "boucle n’a pas été vérifié",
                        name, way, label)});
    return true;
  }

  /// A shape to which every node conforms, in place of a recursive one.
  ShapeId anything(const rdf::Term& node, const std::string& label) {
    const auto id = static_cast<ShapeId>(out_.shapes.size());
    Shape& made = out_.shapes.emplace_back();
    made.id = node;
    made.label = label;
    made.deactivated = true;
    return id;
  }

  void require_path(ShapeId id) const {
    if (!at(id).is_property()) throw ill_formed(at(id).label, "sh:property points at it, but it has no sh:path");
  }

  [[nodiscard]] const Shape& at(ShapeId id) const { return out_.at(id); }
  [[nodiscard]] Shape& at(ShapeId id) { return out_.shapes[static_cast<std::size_t>(id)]; }

  /// Faults of shapes get the place of the innermost one that has one.
  void read_with_place(const rdf::Term& node, const std::string& label, ShapeId id) {
    if (!options_.place_of) return read_shape(node, label, id);
    try {
      read_shape(node, label, id);
    } catch (const Error& error) {
      if (error.where() != base::Where{}) throw;
      throw Error(error.code(), error.message(), options_.place_of(node));
    }
  }

  void read_shape(const rdf::Term& node, const std::string& label, ShapeId id) {
    Shape& made = at(id);
    made.id = node;
    made.label = label;
    read_path(node, made);
    read_targets(node, made);
    read_texts(node, made);
    made.deactivated = parameters_.is_true(node, label, "deactivated");
    if (made.deactivated) {
      for (const auto& triple : graph_.of(node)) asleep_.insert(triple.object);
      return;
    }
    refuse_unknown(node, label);
    parameters_.read(node, made);
    for (const Nested& parameter : nested_parameters()) {
      Site site{node, id, parameter.name, graph_.objects(node, sh(parameter.name))};
      if (site.values.empty()) continue;
      if (parameter.has_one_value) parameters_.require_one(label, site.values, parameter.name);
      (this->*parameter.read)(site, parameter.component);
    }
    read_expressions(node, id);
    read_sparql(node, id);
    read_custom(node, id);
  }

  void read_path(const rdf::Term& node, Shape& made) {
    const auto paths = graph_.objects(node, sh("path"));
    if (paths.empty()) return;
    parameters_.require_one(made.label, paths, "path");
    made.path.push_back(load_path(graph_, paths.front(), "shape " + made.label, options_.max_depth));
    if (made.id.is_blank()) made.label += fmt::format(" (path {})", to_string(made.path.front()));
    const auto known = std::find(paths_.begin(), paths_.end(), made.path.front());
    made.path_id = static_cast<std::uint32_t>(known - paths_.begin());
    if (known == paths_.end()) paths_.push_back(made.path.front());
  }

  void read_targets(const rdf::Term& node, Shape& made) {
    for (std::size_t i = 0; i < target_predicates.size(); ++i) {
      for (auto& term : graph_.objects(node, sh(target_predicates[i]))) {
        const auto kind = static_cast<TargetKind>(i);
        if (term.is_blank() || (kind != TargetKind::Node && !term.is_iri())) {
          throw ill_formed(made.label, fmt::format("sh:{} {} is not an IRI", target_predicates[i], display(term)));
        }
        made.targets.push_back({kind, std::move(term), nullptr});
      }
    }
    for (const auto& term : graph_.objects(node, sh("target"))) {
      auto rule = sparql_.target(made, term);
      if (rule == nullptr) {
        unsupported(made.label, "sh:target " + display(term));
      } else {
        use(*rule);
        made.targets.push_back({TargetKind::Sparql, {}, std::move(rule)});
      }
    }
    const bool typed = std::any_of(graph_.of(node).begin(), graph_.of(node).end(), is_shape_type);
    if (typed && is_class(node)) made.targets.push_back({TargetKind::Class, node, nullptr});
  }

  void read_texts(const rdf::Term& node, Shape& made) {
    const auto texts = [&](std::string_view predicate) {
      std::vector<Message> found;
      for (const auto& term : graph_.objects(node, predicate)) {
        if (!term.is_literal()) throw ill_formed(made.label, fmt::format("{} is not a text", display(term)));
        found.push_back({term.value, term.language});
      }
      return found;
    };
    made.messages = texts(sh("message"));
    made.names = texts(sh("name"));
    if (made.names.empty()) made.names = texts(rdf::rdfs::label);
    made.examples = graph_.objects(node, rdf::skos::example);
    made.order = order_of(graph_, node);
    const auto severities = graph_.objects(node, sh("severity"));
    made.severity = sh("Violation");
    if (severities.empty()) return;
    parameters_.require_one(made.label, severities, "severity");
    if (!severities.front().is_iri()) {
      throw ill_formed(made.label, fmt::format("sh:severity {} is not an IRI", display(severities.front())));
    }
    made.severity = severities.front().value;
  }

  // ---- parameters that name shapes

  std::string nested_label(const Site& site, const rdf::Term& node) const {
    if (node.is_iri()) return display(node);
    return fmt::format("{} › sh:{}", at(site.id).label, site.name);
  }

  ParameterSite as_parameter(const Site& site) const { return {site.node, at(site.id).label, site.name, site.values}; }

  Constraint& add(const Site& site, Component component) {
    auto& made = at(site.id).constraints.emplace_back();
    made.component = component;
    return made;
  }

  void read_shapes(const Site& site, Component component) {
    const Negation within(*this, component == Component::Not);
    for (const auto& term : site.values) {
      const auto id = shape(term, nested_label(site, term), component == Component::Property);
      add(site, component).shapes.push_back(id);
    }
  }

  void read_shape_lists(const Site& site, Component component) {
    const Negation within(*this, component == Component::Xone);
    for (const auto& head : site.values) {
      std::vector<ShapeId> ids;
      for (const auto& member : parameters_.to_list(as_parameter(site), head))
        ids.push_back(shape(member, nested_label(site, member), false));
      add(site, component).shapes = std::move(ids);
    }
  }

  void read_qualified(const Site& site, Component) {
    if (!at(site.id).is_property()) return;  // the component needs all of its parameters on a property shape
    const std::string label = at(site.id).label;
    const auto minimum = graph_.objects(site.node, sh("qualifiedMinCount"));
    const auto maximum = graph_.objects(site.node, sh("qualifiedMaxCount"));
    if (minimum.empty() && maximum.empty()) {
      throw ill_formed(label, "sh:qualifiedValueShape needs sh:qualifiedMinCount or sh:qualifiedMaxCount");
    }
    const Negation within(*this, true);
    std::vector<ShapeId> ids;
    ids.push_back(shape(site.values.front(), nested_label(site, site.values.front()), false));
    if (parameters_.is_true(site.node, label, "qualifiedValueShapesDisjoint")) add_siblings(site, ids);
    for (const auto& [counts, component] :
         {std::pair{&minimum, Component::QualifiedMinCount}, std::pair{&maximum, Component::QualifiedMaxCount}}) {
      if (counts->empty()) continue;
      const auto number = parameters_.to_count(as_parameter(site), counts->front());
      auto& made = add(site, component);
      made.shapes = ids;
      made.number = number;
    }
  }

  // The qualified value shapes of the other properties of the parents (SHACL, section 4.7.3).
  void add_siblings(const Site& site, std::vector<ShapeId>& ids) {
    std::set<rdf::Term> siblings;
    for (const auto& parent : graph_.subjects(sh("property"), site.node)) {
      for (const auto& property : graph_.objects(parent, sh("property"))) {
        for (const auto& other : graph_.objects(property, sh("qualifiedValueShape"))) siblings.insert(other);
      }
    }
    for (const auto& sibling : siblings) {
      if (sibling != site.values.front()) ids.push_back(shape(sibling, nested_label(site, sibling), false));
    }
  }

  // ---- expressions

  void read_expressions(const rdf::Term& node, ShapeId id) {
    const Negation within(*this, true);
    for (const auto& term : graph_.objects(node, sh("expression"))) {
      const std::string label = fmt::format("shape {}: its sh:expression", at(id).label);
      try {
        auto expression = std::make_shared<NodeExpression>(
            expressions_.read(term, label, options_.place_of ? options_.place_of(term) : base::Where{}));
        auto& made = at(id).constraints.emplace_back();
        made.component = Component::Expression;
        made.terms = {term};
        made.expression = std::move(expression);
        for (const auto& text : graph_.objects(term, sh("message"))) {
          if (text.is_literal()) made.messages.push_back({text.value, text.language});
        }
      } catch (const Error& error) {
        if (error.code() != Code::Unsupported || !options_.skip_unsupported) throw;
        notice(at(id).label, "sh:expression",
               {error.message() + "; it was not checked",
                fmt::format("forme {}\u00A0: une expression de sh:expression n’est pas prise en charge et n’a pas été "
                            "vérifiée",
                            at(id).label)});
      }
    }
  }

  // ---- SHACL-SPARQL

  void use(const SparqlRule& rule) { reads_shapes_graph_ = reads_shapes_graph_ || rule.reads_shapes_graph; }

  void read_sparql(const rdf::Term& node, ShapeId id) {
    for (const auto& term : graph_.objects(node, sh("sparql"))) {
      auto rule = sparql_.constraint(at(id), term);
      if (rule == nullptr) continue;
      use(*rule);
      auto& made = at(id).constraints.emplace_back();
      made.component = Component::Sparql;
      made.rule = std::move(rule);
    }
  }

  /// The components of whose parameters the shape has some (SHACL, section 6.1).
  void read_custom(const rdf::Term& node, ShapeId id) {
    std::set<const CustomComponent*> used;
    for (const auto& triple : graph_.of(node)) {
      const auto found = by_parameter_.find(triple.predicate.value);
      if (found != by_parameter_.end()) used.insert(found->second.begin(), found->second.end());
    }
    for (const auto& component : components_) {
      if (used.contains(&component)) read_custom(node, id, component);
    }
  }

  void read_custom(const rdf::Term& node, ShapeId id, const CustomComponent& component) {
    const RuleParameters& parameters = component.parameters;
    if (parameters.fault) throw Error(Code::BadData, fmt::format("shape {}: {}", at(id).label, *parameters.fault));
    Bindings bindings;
    for (const auto& parameter : parameters.all) {
      const auto values = graph_.objects(node, parameter.path.value);
      if (values.empty() && !parameter.optional) return;  // then it is not used
      if (parameters.all.size() == 1) {
        for (const auto& value : values) add_custom(id, component, {{parameter.name, value}});
        return;
      }
      if (values.size() > 1) {
        throw ill_formed(at(id).label, fmt::format("{} has {} values; {} has several parameters, so give one of each",
                                                   display(parameter.path), values.size(), display(component.id)));
      }
      if (!values.empty()) bindings.emplace(parameter.name, values.front());
    }
    add_custom(id, component, bindings);
  }

  void add_custom(ShapeId id, const CustomComponent& component, const Bindings& bindings) {
    auto rule = sparql_.validator(at(id), component, bindings);
    if (rule == nullptr) {
      return unsupported(at(id).label,
                         fmt::format("the constraint component {}, which has no SPARQL-based validator for "
                                     "{} shapes,",
                                     display(component.id), at(id).is_property() ? "property" : "node"));
    }
    use(*rule);
    auto& made = at(id).constraints.emplace_back();
    made.component = Component::Custom;
    made.iri = component.id.value;
    made.names = sparql_.names_of(component, bindings);
    for (const auto& [name, term] : bindings) made.terms.push_back(term);
    made.rule = std::move(rule);
  }

  ShapesGraph graph_;
  LoadOptions options_;
  ParameterReader parameters_;
  SparqlLoader sparql_;
  ExpressionLoader expressions_;
  std::vector<CustomComponent> components_;
  std::unordered_map<std::string, std::set<const CustomComponent*>> by_parameter_;
  bool reads_shapes_graph_ = false;
  Shapes out_;
  std::unordered_map<rdf::Term, ShapeId> ids_;
  std::set<rdf::Term> asleep_;          // what deactivated shapes refer to
  std::vector<rdf::Term> open_;         // shapes being read, outermost first
  std::vector<std::size_t> negations_;  // how many were open where one began
  std::vector<Path> paths_;
};

const std::array<Loader::Nested, 7>& Loader::nested_parameters() {
  using enum Component;
  constexpr bool one = true;
  constexpr bool many = false;
  static constexpr std::array<Nested, 7> table{{
      {"not", many, &Loader::read_shapes, Not},
      {"and", many, &Loader::read_shape_lists, And},
      {"or", many, &Loader::read_shape_lists, Or},
      {"xone", many, &Loader::read_shape_lists, Xone},
      {"node", many, &Loader::read_shapes, Node},
      {"property", many, &Loader::read_shapes, Property},
      {"qualifiedValueShape", one, &Loader::read_qualified, QualifiedMinCount},
  }};
  return table;
}

}  // namespace

Shapes load_shapes(std::span<const rdf::Quad> quads, const LoadOptions& options) {
  return Loader(quads, options).load();
}

}  // namespace scenograph::shacl
