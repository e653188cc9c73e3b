#include "shacl/profile.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "rdf/vocab.hpp"
#include "shacl/internal/profile_terms.hpp"
#include "shacl/internal/shapes_graph.hpp"

namespace scenograph::shacl {

namespace {

/// The fixed words in one language.
struct Words {
  std::string_view title;
  std::string_view lead;
  std::string_view needs[3];  ///< by how severe it is to lack the field
  std::string_view welcome;   ///< of a field that may be lacking
  std::string_view head;      ///< of the table
  std::string_view at_most;
  std::string_view at_least;
  std::string_view address;
  std::string_view nested;
};

constexpr Words english{
    "Application profile",
    "What the shapes of the program ask of data, as `scenograph profile` writes it.",
    {"required", "recommended", "useful"},
    "optional",
    "| field | property | need | values | form | example | why |\n|---|---|---|---|---|---|---|\n",
    "at most {}",
    "at least {}",
    "an address (IRI)",
    "see {}",
};
constexpr Words french{
    "Profil d’application",
    "Ce que les formes du programme demandent aux données, tel que `scenograph profile` l’écrit.",
    {"obligatoire", "recommandé", "utile"},
    "facultatif",
    "| champ | propriété | exigence | valeurs | forme | exemple | pourquoi |\n|---|---|---|---|---|---|---|\n",
    "au plus {}",
    "au moins {}",
    "une adresse (IRI)",
    "voir {}",
};

std::string shown(const rdf::Term& term) {
  return term.is_iri() ? short_iri(term.value) : fmt::format("`{}`", term.value);
}

std::string shown(const Path& path) {
  if (path.kind == Path::Kind::Predicate) return short_iri(path.predicate.value);
  if (path.kind == Path::Kind::Inverse) return "^" + shown(path.parts.front());
  std::vector<std::string> parts;
  for (const Path& part : path.parts) parts.push_back(shown(part));
  if (path.kind == Path::Kind::Sequence) return fmt::format("{}", fmt::join(parts, " / "));
  if (path.kind == Path::Kind::Alternative) return fmt::format("{}", fmt::join(parts, ", "));
  return parts.front() + (path.kind == Path::Kind::ZeroOrMore ? "*" : path.kind == Path::Kind::OneOrMore ? "+" : "?");
}

/// What several property shapes of one path say together.
struct Field {
  const Path* path = nullptr;
  std::string name;
  std::optional<std::size_t> need;  ///< severity of lacking it; none: it may be lacking
  std::uint64_t least = 0;
  std::optional<std::uint64_t> most;
  std::vector<std::string> forms;
  std::string example;
  std::string why;
};

class Profile {
 public:
  Profile(const Shapes& shapes, const ShapesGraph& model, std::string_view language, const base::ByteSink& sink)
      : shapes_(shapes),
        model_(model),
        language_(language),
        words_(language.starts_with("fr") ? french : english),
        sink_(sink) {}

  void write() {
    sink_(fmt::format("# {}\n\n{}\n", words_.title, words_.lead));
    std::vector<const Shape*> wanted;
    for (const Shape& shape : shapes_.shapes) {
      if (shape.has_active_targets()) wanted.push_back(&shape);
    }
    std::stable_sort(wanted.begin(), wanted.end(), [](const Shape* a, const Shape* b) { return a->order < b->order; });
    for (const Shape* shape : wanted) write_section(*shape);
  }

 private:
  void write_section(const Shape& shape) {
    fields_.clear();
    add_fields(shape);
    if (fields_.empty()) return;
    std::vector<std::string> targets;
    for (const Target& target : shape.targets) {
      if (target.kind != TargetKind::Sparql) targets.push_back(shown(target.term));
    }
    const std::string_view name = pick(shape.names, language_);
    sink_(fmt::format("\n## {}\n\n{}{}\n\n{}", name.empty() ? shape.label : std::string(name), fmt::join(targets, ", "),
                      notes_on(shape), words_.head));
    std::stable_sort(fields_.begin(), fields_.end(),
                     [](const Field& a, const Field& b) { return a.need.value_or(3) < b.need.value_or(3); });
    for (const Field& field : fields_) write_row(field);
  }

  /// What the model says of how the targets are used.
  [[nodiscard]] std::string notes_on(const Shape& shape) const {
    std::string notes;
    for (const Target& target : shape.targets) {
      const std::string note = text_of(model_, target.term, rdf::skos::scopeNote, language_);
      if (!note.empty()) notes += "\n\n" + note;
    }
    return notes;
  }

  /// The fields of a shape's own property shapes, and of those that a mere way leads to.
  void add_fields(const Shape& shape) {
    for (const Constraint& constraint : shape.constraints) {
      if (constraint.component != Component::Property) continue;
      const Shape& nested = shapes_.at(constraint.shapes.front());
      if (nested.deactivated || !nested.is_property()) continue;
      const bool is_way = std::all_of(nested.constraints.begin(), nested.constraints.end(),
                                      [](const Constraint& each) { return each.component == Component::Property; });
      if (is_way) {
        add_fields(nested);
      } else {
        add_to(field_of(nested), nested);
      }
    }
  }

  Field& field_of(const Shape& property) {
    const Path& path = property.path.front();
    const auto known = std::find_if(fields_.begin(), fields_.end(), [&](const Field& f) { return *f.path == path; });
    if (known != fields_.end()) return *known;
    Field& made = fields_.emplace_back();
    made.path = &path;
    return made;
  }

  void add_to(Field& field, const Shape& property) {
    if (field.name.empty()) field.name = pick(property.names, language_);
    if (field.example.empty()) field.example = example_of(property);
    for (const Constraint& constraint : property.constraints) {
      if (constraint.component == Component::MinCount && constraint.number > 0) {
        const std::size_t need = property.severity == sh("Warning") ? 1 : property.severity == sh("Info") ? 2 : 0;
        field.need = std::min(field.need.value_or(need), need);
        field.least = std::max(field.least, constraint.number);
        field.why = pick(property.messages, language_);
        field.name = pick(property.names, language_);
      } else if (constraint.component == Component::MaxCount) {
        field.most = std::min(field.most.value_or(constraint.number), constraint.number);
      }
      add_form(field, constraint);
    }
    if (field.why.empty()) field.why = pick(property.messages, language_);
  }

  /// The first example that is in the language, or in none.
  [[nodiscard]] std::string example_of(const Shape& property) const {
    std::vector<Message> texts;
    for (const rdf::Term& example : property.examples) texts.push_back({shown(example), example.language});
    return std::string(pick(texts, language_));
  }

  void add_form(Field& field, const Constraint& constraint) {
    switch (constraint.component) {
      case Component::Class:
      case Component::Datatype:
      case Component::In:
      case Component::HasValue:
        for (const rdf::Term& term : constraint.terms) add_once(field.forms, shown(term));
        break;
      case Component::NodeKind:
        if (constraint.terms.front().value == sh("IRI")) add_once(field.forms, std::string(words_.address));
        break;
      case Component::Pattern:
        add_once(field.forms, fmt::format("`{}`", constraint.pattern));
        break;
      case Component::And:
      case Component::Or:
      case Component::Xone:
      case Component::Node:
        for (const ShapeId nested : constraint.shapes) add_forms_of(field, shapes_.at(nested));
        break;
      default:
        break;
    }
  }

  void add_forms_of(Field& field, const Shape& nested) {
    const std::string_view name = pick(nested.names, language_);
    if (!name.empty()) return add_once(field.forms, fmt::format(fmt::runtime(words_.nested), name));
    if (nested.is_property()) return;
    for (const Constraint& constraint : nested.constraints) add_form(field, constraint);
  }

  static void add_once(std::vector<std::string>& forms, std::string form) {
    if (std::find(forms.begin(), forms.end(), form) == forms.end()) forms.push_back(std::move(form));
  }

  void write_row(const Field& field) {
    std::string values;
    if (field.least > 1) values = fmt::format(fmt::runtime(words_.at_least), field.least);
    if (field.most) values += (values.empty() ? "" : ", ") + fmt::format(fmt::runtime(words_.at_most), *field.most);
    sink_(fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", table_cell(field.name), table_cell(shown(*field.path)),
                      field.need ? words_.needs[*field.need] : words_.welcome, values,
                      table_cell(fmt::format("{}", fmt::join(field.forms, ", "))), table_cell(field.example),
                      table_cell(field.why)));
  }

  const Shapes& shapes_;
  const ShapesGraph& model_;
  std::string_view language_;
  const Words& words_;
  const base::ByteSink& sink_;
  std::vector<Field> fields_;
};

}  // namespace

void write_profile(const Shapes& shapes, std::span<const rdf::Quad> model, std::string_view language,
                   const base::ByteSink& sink) {
  const ShapesGraph graph(model);
  Profile(shapes, graph, language, sink).write();
  write_terms(model, graph, language, sink);
}

}  // namespace scenograph::shacl
