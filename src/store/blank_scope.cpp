#include "store/store.hpp"

namespace scenograph::store {

TermId BlankScope::intern(const rdf::Term& term) {
  if (!term.is_blank()) return transaction_->intern(term);
  const auto [at, is_new] = nodes_.try_emplace(term.value);
  if (is_new) at->second = transaction_->fresh_blank();
  return at->second;
}

QuadId BlankScope::intern(const rdf::Quad& quad) {
  return {intern(quad.subject), intern(quad.predicate), intern(quad.object), intern(quad.graph)};
}

}  // namespace scenograph::store
