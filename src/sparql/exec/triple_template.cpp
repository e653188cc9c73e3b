#include "sparql/exec/triple_template.hpp"

#include <algorithm>

namespace scenograph::sparql {

using store::IdKind;
using store::TermId;

namespace {

bool is_literal(TermId id, const TermTable& terms) {
  return id.kind() == IdKind::Local ? terms.term(id).is_literal() : id.is_literal();
}

bool is_iri(TermId id, const TermTable& terms) {
  return id.kind() == IdKind::Local ? terms.term(id).is_iri() : id.kind() == IdKind::Iri;
}

}  // namespace

TripleTemplate::TripleTemplate(const std::vector<algebra::TriplePattern>& triples,
                               const std::vector<std::string>& columns, Context& context)
    : context_(context) {
  for (const algebra::TriplePattern& triple : triples) {
    context_.tick();
    const auto* predicate = std::get_if<algebra::Node>(&triple.predicate);
    if (predicate == nullptr) continue;
    triples_.push_back(
        {compile(triple.subject, columns), compile(*predicate, columns), compile(triple.object, columns)});
  }
}

TripleTemplate::Node TripleTemplate::compile(const algebra::Node& node, const std::vector<std::string>& columns) {
  Node out;
  if (const auto* term = std::get_if<rdf::Term>(&node)) {
    out.constant = context_.terms.intern(*term);
    return out;
  }
  const std::string& name = std::get<algebra::Variable>(node).name;
  const auto at = std::find(columns.begin(), columns.end(), name);
  if (name.starts_with("_:")) {
    out.blank = name;
  } else if (at != columns.end()) {
    out.column = static_cast<int>(at - columns.begin());
  }
  return out;
}

TermId TripleTemplate::resolve(const Node& node, const Batch& rows, std::size_t row) {
  if (!node.blank.empty()) return context_.terms.row_blank(node.blank);
  return node.column < 0 ? node.constant : rows.columns[static_cast<std::size_t>(node.column)][row];
}

void TripleTemplate::expand(const Batch& rows, std::size_t row, std::vector<IdTriple>& out) {
  context_.terms.next_solution();
  for (const auto& [subject, predicate, object] : triples_) {
    context_.tick();
    const IdTriple triple = {resolve(subject, rows, row), resolve(predicate, rows, row), resolve(object, rows, row)};
    const bool is_bound = std::none_of(triple.begin(), triple.end(), [](TermId id) { return id.is_undefined(); });
    if (is_bound && !is_literal(triple[0], context_.terms) && is_iri(triple[1], context_.terms)) out.push_back(triple);
  }
}

void append_triples(Context& context, std::span<const IdTriple> ids, std::vector<rdf::Triple>& out,
                    base::Charge& charge) {
  const TermTable& terms = context.terms;
  std::vector<TermId> stored;
  for (const IdTriple& triple : ids) {
    std::copy_if(triple.begin(), triple.end(), std::back_inserter(stored),
                 [](TermId id) { return id.kind() != IdKind::Local; });
  }
  std::sort(stored.begin(), stored.end());
  stored.erase(std::unique(stored.begin(), stored.end()), stored.end());
  const std::vector<rdf::Term> known = terms.view().terms(stored);
  const auto term = [&](TermId id) {
    if (id.kind() == IdKind::Local) return terms.term(id);
    return known[static_cast<std::size_t>(std::lower_bound(stored.begin(), stored.end(), id) - stored.begin())];
  };
  for (const IdTriple& triple : ids) {
    context.tick();
    const rdf::Triple& added = out.emplace_back(rdf::Triple{term(triple[0]), term(triple[1]), term(triple[2])});
    charge.add(sizeof(rdf::Triple) + added.subject.value.size() + added.predicate.value.size() +
               added.object.value.size());
  }
}

}  // namespace scenograph::sparql
