#include "shacl/internal/nodes.hpp"

#include <cstddef>
#include <optional>

namespace scenograph::shacl {

using store::IdKind;
using store::TermId;

TermId Nodes::id(const rdf::Term& term) {
  const auto found = term.is_blank() ? std::nullopt : view_->find(term);
  return found ? *found : add(term).first;
}

TermId Nodes::id_of_value(const rdf::Term& term, base::Charge& charge) {
  if (const auto found = view_->find(term)) return *found;
  const auto [id, is_new] = add(term);
  constexpr std::size_t overhead = 2 * sizeof(rdf::Term) + 64;
  if (is_new) charge.add(overhead + 2 * term.value.size());
  return id;
}

std::pair<TermId, bool> Nodes::add(const rdf::Term& term) {
  const std::scoped_lock lock(mutex_);
  const auto [it, is_new] = local_ids_.try_emplace(term, TermId::make(IdKind::Local, local_.size()));
  if (is_new) local_.push_back(term);
  return {it->second, is_new};
}

rdf::Term Nodes::term(TermId id) const {
  if (id.kind() != IdKind::Local) return view_->term(id);
  const std::scoped_lock lock(mutex_);
  return local_[static_cast<std::size_t>(id.payload())];
}

std::vector<rdf::Term> Nodes::terms(std::span<const TermId> ids) const {
  std::vector<TermId> stored;
  for (const TermId id : ids) {
    if (is_stored(id)) stored.push_back(id);
  }
  if (stored.size() == ids.size()) return view_->terms(ids);
  auto found = view_->terms(stored);
  std::vector<rdf::Term> all;
  all.reserve(ids.size());
  std::size_t next = 0;
  for (const TermId id : ids) all.push_back(is_stored(id) ? std::move(found[next++]) : term(id));
  return all;
}

}  // namespace scenograph::shacl
