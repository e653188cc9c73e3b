#include "shacl/internal/reach.hpp"

#include <algorithm>
#include <unordered_map>

#include "rdf/vocab.hpp"

namespace scenograph::shacl {

using store::TermId;

Reach::Reach(const Shapes& shapes, ShapeId shape) : places_(1) {
  for (const Target& target : shapes.at(shape).targets) add_target(target);
  apply(shapes, shape, 0);
}

void Reach::add_target(const Target& target) {
  Place& focus = places_.front();
  if (target.kind == TargetKind::Class) focus.out.insert(rdf::Term::iri(rdf::rdf::type));
  if (target.kind == TargetKind::SubjectsOf) focus.out.insert(target.term);
  if (target.kind == TargetKind::ObjectsOf) focus.in.insert(target.term);
  if (target.kind == TargetKind::Sparql) is_known_ = false;
}

void Reach::apply(const Shapes& shapes, ShapeId id, std::size_t place) {
  const Shape& shape = shapes.at(id);
  if (shape.deactivated || !places_[place].shapes.insert(id).second) return;
  std::size_t values = place;
  if (shape.is_property()) {
    read(shape.path.front(), false, place);
    values = behind(place, shape.path.front(), false);
  }
  for (const Constraint& constraint : shape.constraints) {
    switch (constraint.component) {
      case Component::Class:
        places_[values].out.insert(rdf::Term::iri(rdf::rdf::type));
        break;
      case Component::Equals:
      case Component::Disjoint:
      case Component::LessThan:
      case Component::LessThanOrEquals:
        places_[place].out.insert(constraint.terms.front());
        break;
      case Component::Closed:
        places_[values].any = true;
        break;
      case Component::Sparql:
      case Component::Custom:
        is_known_ = false;
        break;
      default:  // of the others, those without shapes look at nothing but the value nodes
        for (const ShapeId nested : constraint.shapes) apply(shapes, nested, values);
    }
  }
}

void Reach::read(const Path& path, bool inverse, std::size_t place) {
  switch (path.kind) {
    case Path::Kind::Predicate:
      (inverse ? places_[place].in : places_[place].out).insert(path.predicate);
      return;
    case Path::Kind::Inverse:
      return read(path.parts.front(), !inverse, place);
    case Path::Kind::Sequence:
      for (std::size_t k = 0; k < path.parts.size(); ++k) {
        const Path& part = inverse ? path.parts[path.parts.size() - 1 - k] : path.parts[k];
        read(part, inverse, place);
        place = behind(place, part, inverse);
      }
      return;
    case Path::Kind::ZeroOrMore:
    case Path::Kind::OneOrMore:
      return read(path.parts.front(), inverse, behind(place, {Path::Kind::ZeroOrMore, {}, path.parts}, inverse));
    case Path::Kind::Alternative:
    case Path::Kind::ZeroOrOne:
      for (const Path& part : path.parts) read(part, inverse, place);
  }
}

std::size_t Reach::behind(std::size_t place, const Path& path, bool inverse) {
  const Path back = inverse ? path : Path{Path::Kind::Inverse, {}, {path}};
  for (const std::size_t next : places_[place].next) {
    if (places_[next].back == back) return next;
  }
  const std::size_t made = places_.size();
  places_.push_back({back, {}, {}, {}, false, {}});
  places_[place].next.push_back(made);
  return made;
}

/// One walk from changes back to focus nodes.
struct Reach::Walk {
  const std::vector<Place>& places;
  std::span<const store::QuadId> changes;
  Nodes& nodes;
  PathReader& reader;
  std::unordered_map<rdf::Term, TermId> ids;

  std::vector<TermId> to(std::size_t index) {
    const Place& place = places[index];
    std::vector<TermId> found;
    const std::vector<TermId> out = ids_of(place.out);
    const std::vector<TermId> in = ids_of(place.in);
    for (const store::QuadId& change : changes) {
      if (place.any || holds(out, change.predicate)) found.push_back(change.subject);
      if (holds(in, change.predicate)) found.push_back(change.object);
    }
    for (const std::size_t next : place.next) {
      const std::vector<TermId> behind = to(next);
      if (behind.empty()) continue;
      const std::vector<TermId> here = reader.follow(places[next].back, behind).nodes;
      found.insert(found.end(), here.begin(), here.end());
    }
    sort_unique(found);
    return found;
  }

  std::vector<TermId> ids_of(const std::set<rdf::Term>& predicates) {
    std::vector<TermId> out;
    for (const rdf::Term& predicate : predicates) {
      const auto [known, is_new] = ids.try_emplace(predicate);
      if (is_new) known->second = nodes.id(predicate);
      out.push_back(known->second);
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  static bool holds(const std::vector<TermId>& sorted, TermId id) {
    return std::binary_search(sorted.begin(), sorted.end(), id);
  }
};

std::vector<TermId> Reach::touched(std::span<const store::QuadId> changes, Nodes& nodes, PathReader& reader) const {
  return Walk{places_, changes, nodes, reader, {}}.to(0);
}

}  // namespace scenograph::shacl
