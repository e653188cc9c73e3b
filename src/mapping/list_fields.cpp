#include <algorithm>
#include <map>

#include "mapping/fields.hpp"
#include "mapping/internal/model.hpp"
#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::mapping {

namespace {

using namespace internal;

void add_new(std::vector<std::string>& known, std::string more) {
  if (std::find(known.begin(), known.end(), more) == known.end()) known.push_back(std::move(more));
}

/// A path from the root of the document: the iterator, and the path from its records.
std::string path_from_root(std::string_view iterator, std::string_view reference) {
  std::string path(iterator.empty() ? std::string_view("$") : iterator);
  if (reference.starts_with('$')) reference.remove_prefix(1);
  if (!reference.empty() && reference.front() != '.' && reference.front() != '[') path += '.';
  return path.append(reference);
}

std::string shown_reference(const TriplesMap& map, std::size_t reference) {
  const std::string& text = map.references[reference];
  return map.source.formulation == Formulation::Json ? path_from_root(map.iterator, text) : text;
}

/// Appends what the expression reads.
void add_references(const TriplesMap& map, const Expression& expression, std::vector<std::string>& found) {
  switch (expression.kind) {
    case Expression::Kind::Reference:
      return add_new(found, shown_reference(map, expression.reference));
    case Expression::Kind::Template:
      for (const TemplatePart& part : expression.parts) {
        if (part.is_reference) add_new(found, shown_reference(map, part.reference));
      }
      return;
    case Expression::Kind::Function:
      for (const Input& input : expression.execution->inputs) add_references(map, input.value, found);
      return;
    default:
      return;
  }
}

std::vector<std::string> references_of(const TriplesMap& map, const TermMap& term) {
  std::vector<std::string> found;
  add_references(map, term.expression, found);
  if (term.language) add_references(map, *term.language, found);
  if (term.datatype) add_references(map, *term.datatype, found);
  return found;
}

/// Appends the IRIs that stand in the expression, one of which it may give.
void add_constants(const Expression& expression, std::vector<std::string>& found) {
  if (expression.kind == Expression::Kind::Constant && expression.constant.is_iri()) {
    add_new(found, expression.constant.value);
  }
  if (expression.kind != Expression::Kind::Function) return;
  for (const Input& input : expression.execution->inputs) add_constants(input.value, found);
  if (!expression.execution->table) return;
  for (const auto& [word, value] : *expression.execution->table) {
    if (value.kind == Value::Kind::Iri) add_new(found, value.text);
  }
}

bool is_type(const PredicateObjectMap& properties) {
  return std::any_of(properties.predicates.begin(), properties.predicates.end(), [](const TermMap& predicate) {
    return predicate.expression.kind == Expression::Kind::Constant &&
           predicate.expression.constant.value == rdf::rdf::type;
  });
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '{' || c == '}' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

/// The template's text, with paths from the root.
std::string template_text(const TriplesMap& map, const std::vector<TemplatePart>& parts) {
  std::string text;
  for (const TemplatePart& part : parts) {
    text += part.is_reference ? '{' + escaped(shown_reference(map, part.reference)) + '}' : escaped(part.text);
  }
  return text;
}

/// As the IRIs that it gives are resolved: what stands before the first value decides.
std::string absolute(const std::string& text, std::string_view base) {
  const std::size_t end = std::min(text.find('{'), text.size());
  const std::string_view start = std::string_view(text).substr(0, end);
  if (rdf::split_iri(start).scheme) return text;
  if (!start.empty()) return rdf::resolve_iri(base, start) + text.substr(end);
  return std::string(base.substr(0, base.rfind('/') + 1)) + text;
}

class Lister {
 public:
  Lister(const Model& model, std::string_view base) : model_(model), base_(base) {}

  std::vector<TriplesMapFields> list() {
    std::vector<TriplesMapFields> all;
    for (const TriplesMap& map : model_.triples_maps) all.push_back(fields_of(map));
    share_classes(all);
    return all;
  }

 private:
  TriplesMapFields fields_of(const TriplesMap& map) const {
    TriplesMapFields fields;
    fields.is_table = map.source.formulation == Formulation::Csv;
    fields.is_blank = map.subject.kind == TermKind::BlankNode;
    fields.subject = subject_of(map, fields.is_blank);
    if (!fields.is_blank && map.subject.expression.kind == Expression::Kind::Reference) fields.base = base_of(map);
    add_references(map, map.subject.expression, fields.subject_references);
    for (const PredicateObjectMap& properties : map.properties) add(map, properties, fields);
    return fields;
  }

  [[nodiscard]] std::string_view base_of(const TriplesMap& map) const { return map.base.empty() ? base_ : map.base; }

  [[nodiscard]] std::string subject_of(const TriplesMap& map, bool is_blank) const {
    const Expression& expression = map.subject.expression;
    if (expression.kind == Expression::Kind::Reference) {
      return '{' + escaped(shown_reference(map, expression.reference)) + '}';
    }
    if (expression.kind == Expression::Kind::Constant && expression.constant.is_iri()) {
      return escaped(expression.constant.value);
    }
    if (expression.kind != Expression::Kind::Template) return {};
    const std::string text = template_text(map, expression.parts);
    return is_blank ? text : absolute(text, base_of(map));
  }

  void add(const TriplesMap& map, const PredicateObjectMap& properties, TriplesMapFields& fields) const {
    if (is_type(properties)) {
      for (const TermMap& object : properties.objects) {
        const bool always = object.expression.kind == Expression::Kind::Constant && !object.condition;
        add_constants(object.expression, always ? fields.classes : fields.possible_classes);
      }
    }
    for (const TermMap& predicate : properties.predicates) {
      const bool constant = predicate.expression.kind == Expression::Kind::Constant;
      const std::string iri = constant ? predicate.expression.constant.value : std::string();
      for (const TermMap& object : properties.objects) {
        const bool plain = object.expression.kind == Expression::Kind::Reference;
        if (iri == rdf::rdf::type && object.expression.kind == Expression::Kind::Constant) continue;
        fields.predicates.push_back({iri, references_of(map, object), constant_of(object), plain});
      }
      for (const Join& join : properties.joins) {
        const TriplesMap& parent = model_.triples_maps[join.parent];
        fields.predicates.push_back({iri, references_of(parent, parent.subject), {}, false});
      }
    }
  }

  static std::optional<rdf::Term> constant_of(const TermMap& object) {
    const bool always = object.expression.kind == Expression::Kind::Constant && !object.condition && !object.language &&
                        !object.datatype && !object.expression.constant.is_blank();
    return always ? std::optional(object.expression.constant) : std::nullopt;
  }

  /// Triples maps whose subjects have one template speak of the same things: those without a class take the others'.
  void share_classes(std::vector<TriplesMapFields>& all) const {
    std::map<std::vector<std::string>, std::vector<std::string>> by_template;
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (const std::string& iri : all[i].classes) add_new(by_template[skeleton(i)], iri);
      for (const std::string& iri : all[i].possible_classes) add_new(by_template[skeleton(i)], iri);
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool has_template = !model_.triples_maps[i].subject.expression.parts.empty();
      if (all[i].classes.empty() && has_template) all[i].possible_classes = by_template[skeleton(i)];
    }
  }

  /// The template's own words, without the names of references, which may differ where iterators do.
  [[nodiscard]] std::vector<std::string> skeleton(std::size_t map) const {
    std::vector<std::string> words{model_.triples_maps[map].subject.kind == TermKind::BlankNode ? "_:" : ""};
    for (const TemplatePart& part : model_.triples_maps[map].subject.expression.parts) {
      words.push_back(part.is_reference ? std::string() : part.text);
    }
    return words;
  }

  const Model& model_;
  std::string_view base_;
};

}  // namespace

std::vector<TriplesMapFields> list_fields(const Mapping& mapping, std::string_view base) {
  return Lister(mapping.model(), base).list();
}

}  // namespace scenograph::mapping
