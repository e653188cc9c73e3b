#include "sparql/update/template.hpp"

#include <map>
#include <string_view>

namespace scenograph::sparql::update {

using algebra::Node;
using store::IdKind;
using store::QuadId;
using store::TermId;

namespace {

/// Whether RDF allows the quad.
bool is_sound(const QuadId& quad) {
  const auto is_resource = [](TermId id) { return id.kind() == IdKind::Iri || id.kind() == IdKind::BlankNode; };
  return is_resource(quad.subject) && quad.predicate.kind() == IdKind::Iri && !quad.object.is_undefined() &&
         (quad.graph == store::default_graph || is_resource(quad.graph));
}

template <typename Slots, typename Resolve>
void fill(const std::vector<Slots>& quads, std::vector<QuadId>& out, Resolve resolve) {
  for (const auto& slots : quads) {
    const QuadId quad{resolve(slots[0]), resolve(slots[1]), resolve(slots[2]), resolve(slots[3])};
    if (is_sound(quad)) out.push_back(quad);
  }
}

}  // namespace

Template::Slot Template::slot_of(const Node& node, const Solutions& solutions, const Resolve& resolve) {
  Slot slot;
  if (const auto* term = std::get_if<rdf::Term>(&node)) {
    slot.constant = term->is_default_graph() ? store::default_graph : resolve(*term);
    return slot;
  }
  const std::string& name = std::get<algebra::Variable>(node).name;
  if (name.starts_with("_:")) {
    slot.blank = name;
  } else {
    slot.column = solutions.column_of(name);
  }
  return slot;
}

Template::Template(const std::vector<algebra::QuadPattern>& quads, const std::optional<rdf::Term>& graph,
                   const Solutions& solutions, const Resolve& resolve) {
  const Node otherwise = graph.value_or(rdf::Term{});
  for (const auto& quad : quads) {
    quads_.push_back({slot_of(quad.triple.subject, solutions, resolve),
                      slot_of(std::get<Node>(quad.triple.predicate), solutions, resolve),
                      slot_of(quad.triple.object, solutions, resolve),
                      slot_of(quad.graph.value_or(otherwise), solutions, resolve)});
  }
}

void Template::find(const Solutions& solutions, std::size_t row, std::vector<QuadId>& out) const {
  fill(quads_, out, [&](const Slot& slot) {
    if (slot.column < 0) return slot.constant;
    const TermId id = solutions.at(row, static_cast<std::size_t>(slot.column));
    return id.kind() == IdKind::Local ? TermId{} : id;
  });
}

void Template::make(Solutions& solutions, std::size_t row, store::Transaction& transaction,
                    std::vector<QuadId>& out) const {
  std::map<std::string_view, TermId> blanks;
  fill(quads_, out, [&](const Slot& slot) {
    if (slot.column >= 0) {
      return solutions.intern(solutions.at(row, static_cast<std::size_t>(slot.column)), transaction);
    }
    if (slot.blank.empty()) return slot.constant;
    TermId& id = blanks[slot.blank];
    if (id.is_undefined()) id = transaction.fresh_blank();
    return id;
  });
}

}  // namespace scenograph::sparql::update
