#include "shacl/internal/reach.hpp"

#include <algorithm>
#include <unordered_map>

#include "rdf/vocab.hpp"
#include "shacl/internal/sparql_function.hpp"

namespace scenograph::shacl {

using store::TermId;

namespace {

Path inverse_of(const Path& path) { return {Path::Kind::Inverse, {}, {path}}; }

/// Whether the shape only says what its value nodes must be, one by one, and reaches them by one triple.
bool is_mere_way(const Shape& shape) {
  const Path& path = shape.path.front();
  const bool is_step = path.kind == Path::Kind::Predicate ||
                       (path.kind == Path::Kind::Inverse && path.parts.front().kind == Path::Kind::Predicate);
  return is_step && std::all_of(shape.constraints.begin(), shape.constraints.end(), [](const Constraint& constraint) {
           return constraint.component == Component::Property;
         });
}

bool holds(const std::vector<TermId>& sorted, TermId id) {
  return std::binary_search(sorted.begin(), sorted.end(), id);
}

}  // namespace

Reach::Reach(const Shapes& shapes, ShapeId shape) {
  parts_.push_back({shape, 0, {}, std::vector<Place>(1)});
  for (const Target& target : shapes.at(shape).targets) add_target(target);
  apply(shapes, shape, 0, 0, true);
}

void Reach::add_target(const Target& target) {
  Place& focus = parts_.front().places.front();
  if (target.kind == TargetKind::Class) focus.out.insert(rdf::Term::iri(rdf::rdf::type));
  if (target.kind == TargetKind::SubjectsOf) focus.out.insert(target.term);
  if (target.kind == TargetKind::ObjectsOf) focus.in.insert(target.term);
  if (target.kind == TargetKind::Sparql) is_known_ = false;
}

/// @param reports  whether what fails here is a result by itself, not a reason for one around it
void Reach::apply(const Shapes& shapes, ShapeId id, std::size_t part, std::size_t place, bool reports) {
  const Shape& shape = shapes.at(id);
  if (shape.deactivated || !parts_[part].places[place].seen.insert({id, reports}).second) return;
  std::size_t values = place;
  if (shape.is_property()) {
    if (!reports || !is_mere_way(shape)) read(shape.path.front(), false, part, place);
    if (reports && place == 0) apply_nested(shapes, shape, part);
    values = behind(part, place, shape.path.front(), false);
  }
  for (const Constraint& constraint : shape.constraints) {
    switch (constraint.component) {
      case Component::Class:
        parts_[part].places[values].out.insert(rdf::Term::iri(rdf::rdf::type));
        break;
      case Component::Equals:
      case Component::Disjoint:
      case Component::LessThan:
      case Component::LessThanOrEquals:
        parts_[part].places[place].out.insert(constraint.terms.front());
        break;
      case Component::Closed:
        parts_[part].places[values].any = true;
        break;
      case Component::Expression:
        apply(shapes, *constraint.expression, part, values);
        break;
      case Component::Sparql:
      case Component::Custom:
        is_known_ = false;
        break;
      case Component::Property:
        if (shape.is_property() && reports && place == 0) break;  // a part of its own
        apply(shapes, constraint.shapes.front(), part, values, reports);
        break;
      default:  // of the others, those without shapes look at nothing but the value nodes
        for (const ShapeId nested : constraint.shapes) apply(shapes, nested, part, values, false);
    }
  }
}

Reach::Ends Reach::apply(const Shapes& shapes, const NodeExpression& expression, std::size_t part, std::size_t place) {
  using Kind = NodeExpression::Kind;
  if (expression.kind == Kind::Focus) return {{place}, false};
  if (expression.kind == Kind::Constant) return {{}, true};
  Ends starts;
  for (const NodeExpression& each : expression.parts) {
    Ends ends = apply(shapes, each, part, place);
    starts.places.insert(starts.places.end(), ends.places.begin(), ends.places.end());
    starts.elsewhere = starts.elsewhere || ends.elsewhere;
  }
  if (expression.kind == Kind::Union || expression.kind == Kind::Intersection) return starts;
  if (expression.kind == Kind::Function) {
    if (!expression.function->is_of_engine) is_known_ = false;
    return {{}, true};
  }
  if (starts.elsewhere) is_known_ = false;
  if (expression.kind == Kind::Filter) {
    for (const std::size_t start : starts.places) apply(shapes, *expression.shape, part, start, false);
    return starts;
  }
  Ends ends;
  for (const std::size_t start : starts.places) {
    read(*expression.path, false, part, start);
    ends.places.push_back(behind(part, start, *expression.path, false));
  }
  return ends;
}

/// Makes a part of each property shape that reports on the value nodes of a shape by itself.
void Reach::apply_nested(const Shapes& shapes, const Shape& shape, std::size_t part) {
  for (const Constraint& constraint : shape.constraints) {
    if (constraint.component != Component::Property) continue;
    const Path& path = shape.path.front();
    const std::size_t made = parts_.size();
    parts_.push_back({constraint.shapes.front(), part, inverse_of(path), std::vector<Place>(1)});
    Place& values = parts_[made].places.front();
    if (is_mere_way(shape)) {
      const bool inverse = path.kind == Path::Kind::Inverse;
      (inverse ? values.out : values.in).insert(inverse ? path.parts.front().predicate : path.predicate);
    }
    apply(shapes, constraint.shapes.front(), made, 0, true);
  }
}

void Reach::read(const Path& path, bool inverse, std::size_t part, std::size_t place) {
  Place& here = parts_[part].places[place];
  switch (path.kind) {
    case Path::Kind::Predicate:
      (inverse ? here.in : here.out).insert(path.predicate);
      return;
    case Path::Kind::Inverse:
      return read(path.parts.front(), !inverse, part, place);
    case Path::Kind::Sequence:
      for (std::size_t k = 0; k < path.parts.size(); ++k) {
        const Path& step = inverse ? path.parts[path.parts.size() - 1 - k] : path.parts[k];
        read(step, inverse, part, place);
        place = behind(part, place, step, inverse);
      }
      return;
    case Path::Kind::ZeroOrMore:
    case Path::Kind::OneOrMore:
      place = behind(part, place, {Path::Kind::ZeroOrMore, {}, path.parts}, inverse);
      return read(path.parts.front(), inverse, part, place);
    case Path::Kind::Alternative:
    case Path::Kind::ZeroOrOne:
      for (const Path& step : path.parts) read(step, inverse, part, place);
  }
}

std::size_t Reach::behind(std::size_t part, std::size_t place, const Path& path, bool inverse) {
  std::vector<Place>& places = parts_[part].places;
  const Path back = inverse ? path : inverse_of(path);
  for (const std::size_t next : places[place].next) {
    if (places[next].back == back) return next;
  }
  const std::size_t made = places.size();
  places.push_back({back, {}, {}, {}, false, {}});
  places[place].next.push_back(made);
  return made;
}

/// One walk from changes back to focus nodes.
struct Reach::Walk {
  const std::vector<Part>& parts;
  std::span<const store::QuadId> changes;
  Nodes& nodes;
  PathReader& reader;
  const FocusTest& are_focus;
  std::unordered_map<rdf::Term, TermId> ids;
  std::vector<std::vector<TermId>> chosen;  // by part, so far

  std::vector<Touched> run() {
    std::vector<Touched> out;
    for (std::size_t part = 0; part < parts.size(); ++part) {
      std::vector<TermId> found = to(parts[part].places, 0);
      const Marks marks = marks_of(part, found);
      std::vector<TermId> kept;
      for (std::size_t i = 0; i < found.size(); ++i) {
        if (marks.reached[i] && !marks.covered[i]) kept.push_back(found[i]);
      }
      chosen.push_back(kept);
      if (!kept.empty()) out.push_back({parts[part].shape, std::move(kept)});
    }
    return out;
  }

  /// Nodes of the place that the changes may concern.
  std::vector<TermId> to(const std::vector<Place>& places, std::size_t index) {
    const Place& place = places[index];
    std::vector<TermId> found;
    if (place.any) {
      for (const store::QuadId& change : changes) found.push_back(change.subject);
    }
    for (const TermId predicate : ids_of(place.out)) {
      for (const store::QuadId& change : changes_of(predicate)) found.push_back(change.subject);
    }
    for (const TermId predicate : ids_of(place.in)) {
      for (const store::QuadId& change : changes_of(predicate)) found.push_back(change.object);
    }
    for (const std::size_t next : place.next) {
      const std::vector<TermId> behind = to(places, next);
      if (behind.empty()) continue;
      const std::vector<TermId> here = reader.follow(places[next].back, behind).nodes;
      found.insert(found.end(), here.begin(), here.end());
    }
    sort_unique(found);
    return found;
  }

  struct Marks {
    std::vector<bool> reached;  // from a focus node
    std::vector<bool> covered;  // by a node around that is validated with all that is in it
  };

  Marks marks_of(std::size_t part, const std::vector<TermId>& found) {
    Marks marks{std::vector<bool>(found.size()), std::vector<bool>(found.size())};
    if (found.empty()) return marks;
    if (part == 0) {
      marks.reached = are_focus(found);
      return marks;
    }
    const Rows rows = reader.follow(parts[part].back, found);
    std::vector<TermId> around = rows.nodes;
    sort_unique(around);
    const std::size_t parent = parts[part].parent;
    const Marks outer = marks_of(parent, around);
    for (std::size_t i = 0; i < found.size(); ++i) {
      for (const TermId node : rows.of(i)) {
        const auto at = static_cast<std::size_t>(std::lower_bound(around.begin(), around.end(), node) - around.begin());
        if (!outer.reached[at]) continue;
        marks.reached[i] = true;
        if (outer.covered[at] || holds(chosen[parent], node)) marks.covered[i] = true;
      }
    }
    return marks;
  }

  [[nodiscard]] std::span<const store::QuadId> changes_of(TermId predicate) const {
    const auto [first, end] = std::ranges::equal_range(changes, predicate, {}, &store::QuadId::predicate);
    return {first, end};
  }

  std::vector<TermId> ids_of(const std::set<rdf::Term>& predicates) {
    std::vector<TermId> out;
    for (const rdf::Term& predicate : predicates) {
      const auto [known, is_new] = ids.try_emplace(predicate);
      if (is_new) known->second = nodes.id(predicate);
      out.push_back(known->second);
    }
    return out;
  }
};

std::vector<Reach::Touched> Reach::touched(std::span<const store::QuadId> changes, Nodes& nodes, PathReader& reader,
                                           const FocusTest& are_focus) const {
  return Walk{parts_, changes, nodes, reader, are_focus, {}, {}}.run();
}

}  // namespace scenograph::shacl
