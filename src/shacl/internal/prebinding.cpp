#include "shacl/internal/prebinding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "rdf/vocab.hpp"
#include "shacl/internal/walk.hpp"

namespace scenograph::shacl {

using sparql::algebra::Binding;
using sparql::algebra::Expression;
using sparql::algebra::ExpressionKind;
using sparql::algebra::Node;
using sparql::algebra::Pattern;
using sparql::algebra::PatternKind;
using sparql::algebra::Query;
using sparql::algebra::TriplePattern;
using sparql::algebra::Variable;

namespace {

const std::string* name_of(const Node& node) {
  const auto* variable = std::get_if<Variable>(&node);
  return variable == nullptr ? nullptr : &variable->name;
}

/// The names of variables that stand in triple patterns, GRAPH and the like.
template <typename Sink>
void each_name(const Pattern& pattern, const Sink& sink) {
  const auto tell = [&](const Node& node) {
    if (const std::string* name = name_of(node)) sink(*name);
  };
  for (const TriplePattern& triple : pattern.triples) {
    tell(triple.subject);
    if (const auto* node = std::get_if<Node>(&triple.predicate)) tell(*node);
    tell(triple.object);
  }
  tell(pattern.node);
  if (!pattern.variable.empty()) sink(pattern.variable);
  for (const std::string& name : pattern.names) sink(name);
}

/// The names of variables that a query itself projects or groups by.
template <typename Sink>
void each_name(const Query& query, const Sink& sink) {
  for (const auto* bindings : {&query.projection, &query.group_by}) {
    for (const Binding& binding : *bindings) sink(binding.name);
  }
}

/// Looks for what is forbidden, and keeps the first thing found.
class Inspection {
 public:
  Inspection(const VariableNames& names, const VariableNames& projected) : names_(names), projected_(projected) {}

  std::optional<std::string> of(const Query& query) {
    look_at_bindings(query);
    if (query.values) say("VALUES, which a query with pre-bound variables may not use: write FILTER (?x IN (…))");
    Visitor visitor;
    visitor.query = [this](const Query& sub) { look_at_sub_query(sub); };
    visitor.pattern = [this](const Pattern& pattern) { look_at(pattern); };
    walk(query, visitor);
    return std::move(found_);
  }

 private:
  void say(std::string what) {
    if (!found_) found_ = std::move(what);
  }

  void look_at(const Pattern& pattern) {
    if (pattern.kind == PatternKind::Minus) {
      say("MINUS, which a query with pre-bound variables may not use: write FILTER NOT EXISTS");
    } else if (pattern.kind == PatternKind::Values) {
      say("VALUES, which a query with pre-bound variables may not use: write FILTER (?x IN (…))");
    } else if (pattern.kind == PatternKind::Service) {
      say("SERVICE, which a query with pre-bound variables may not use");
    } else if (pattern.kind == PatternKind::Extend && names_.contains(pattern.variable)) {
      say_assigned(pattern.variable);
    }
  }

  void say_assigned(const std::string& name) {
    say(fmt::format("AS ?{0}, but ?{0} is pre-bound: assign to another variable", name));
  }

  void look_at_bindings(const Query& query) {
    for (const auto* bindings : {&query.projection, &query.group_by}) {
      for (const Binding& binding : *bindings) {
        if (binding.expression && names_.contains(binding.name)) say_assigned(binding.name);
      }
    }
  }

  void look_at_sub_query(const Query& query) {
    look_at_bindings(query);
    if (query.values) say("VALUES, which a query with pre-bound variables may not use: write FILTER (?x IN (…))");
    for (const std::string& name : projected_) {
      const bool is_there = std::any_of(query.projection.begin(), query.projection.end(),
                                        [&](const Binding& binding) { return binding.name == name; });
      if (!is_there)
        say(fmt::format("a sub-query that does not project ?{0}, which is pre-bound: select ?{0} too", name));
    }
  }

  const VariableNames& names_;
  const VariableNames& projected_;
  std::optional<std::string> found_;
};

Expression constant(const rdf::Term& term) {
  Expression made;
  made.term = term;
  return made;
}

/// Puts terms in, one node of the tree at a time.
class Substitution {
 public:
  explicit Substitution(const Bindings& bindings) : bindings_(bindings) {}

  void apply(Query& query, bool is_sub_query) {
    ++queries_;
    for (Binding& key : query.group_by) {
      if (give_value(key)) key.name.clear();
    }
    for (Binding& binding : query.projection) {
      // Nothing outside refers to it any more: the name must not be that of another column there.
      if (give_value(binding) && is_sub_query) binding.name = fmt::format(".{}.{}", binding.name, queries_);
    }
  }

  void apply(Pattern& pattern) const {
    for (TriplePattern& triple : pattern.triples) {
      apply(triple.subject);
      if (auto* node = std::get_if<Node>(&triple.predicate)) apply(*node);
      apply(triple.object);
    }
    apply(pattern.node);
  }

  void apply(Expression& expression) const {
    if (expression.kind == ExpressionKind::Bound && term_of(expression.operands.front().name) != nullptr) {
      expression = constant(rdf::Term::literal("true", rdf::xsd::boolean));
    } else if (expression.kind == ExpressionKind::Variable) {
      if (const rdf::Term* term = term_of(expression.name)) expression = constant(*term);
    }
  }

 private:
  [[nodiscard]] const rdf::Term* term_of(const std::string& name) const {
    const auto at = bindings_.find(name);
    return at == bindings_.end() ? nullptr : &at->second;
  }

  void apply(Node& node) const {
    if (const std::string* name = name_of(node)) {
      if (const rdf::Term* term = term_of(*name)) node = *term;
    }
  }

  /// @return  whether the binding is of a variable that a term is put in for.
  bool give_value(Binding& binding) const {
    const rdf::Term* term = binding.expression ? nullptr : term_of(binding.name);
    if (term != nullptr) binding.expression = constant(*term);
    return term != nullptr;
  }

  const Bindings& bindings_;
  std::size_t queries_ = 0;
};

}  // namespace

std::optional<std::string> forbidden_part(const Query& query, const VariableNames& names,
                                          const VariableNames& projected) {
  return Inspection(names, projected).of(query);
}

void put_in(Query& query, const Bindings& bindings) {
  if (bindings.empty()) return;
  Substitution substitution(bindings);
  Editor editor;
  editor.query = [&](Query& part) { substitution.apply(part, &part != &query); };
  editor.pattern = [&](Pattern& part) { substitution.apply(part); };
  editor.expression = [&](Expression& part) { substitution.apply(part); };
  edit(query, editor);
}

bool put_in_path(Query& query, const sparql::algebra::Path& path) {
  constexpr std::string_view name = "PATH";
  Editor editor;
  editor.query = [&](Query& part) {
    std::erase_if(part.projection, [&](const Binding& binding) { return binding.name == name && !binding.expression; });
  };
  editor.pattern = [&](Pattern& part) {
    for (TriplePattern& triple : part.triples) {
      const auto* node = std::get_if<Node>(&triple.predicate);
      if (node == nullptr || name_of(*node) == nullptr || *name_of(*node) != name) continue;
      if (path.kind == sparql::algebra::PathKind::Link) {
        triple.predicate = Node(path.predicate);
      } else {
        triple.predicate = path;
      }
    }
  };
  edit(query, editor);
  return !mentions(query, name);
}

bool mentions(const Query& query, std::string_view name) {
  bool found = false;
  const auto look = [&](const std::string& other) { found = found || other == name; };
  Visitor visitor;
  visitor.query = [&](const Query& part) { each_name(part, look); };
  visitor.pattern = [&](const Pattern& part) { each_name(part, look); };
  visitor.expression = [&](const Expression& part) {
    if (part.kind == ExpressionKind::Variable) look(part.name);
  };
  each_name(query, look);
  walk(query, visitor);
  return found;
}

}  // namespace scenograph::shacl
