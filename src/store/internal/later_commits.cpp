#include "store/internal/later_commits.hpp"

#include "store/internal/change_log.hpp"
#include "store/internal/inline_term.hpp"
#include "store/internal/term_bytes.hpp"

namespace scenograph::store::internal {

void LaterCommits::take(const State& state, const std::filesystem::path& store) {
  for (; seen_ < state.memory->commit; ++seen_) {
    read_edits(state, store, seen_ + 1, [&](const Edit& edit) {
      const QuadId& quad = edit.quad;
      edits_.apply({translate(state, quad.subject), translate(state, quad.predicate), translate(state, quad.object),
                    translate(state, quad.graph)},
                   edit.added);
    });
  }
}

/// Only terms with a number change their ids.
TermId LaterCommits::translate(const State& state, TermId id) {
  if (id.kind() != IdKind::Iri && id.kind() != IdKind::Literal) return id;
  const auto [at, is_new] = known_.try_emplace(id);
  if (is_new) at->second = TermId::make(id.kind(), number_of_term(to_term_bytes(rdf::TermView(state.term(id)))));
  return at->second;
}

std::optional<TermId> LaterCommits::find_iri(std::string_view iri) const {
  const auto number = find_number(to_term_bytes(rdf::TermView(rdf::Term::iri(std::string(iri)))));
  return number ? std::optional(TermId::make(IdKind::Iri, *number)) : std::nullopt;
}

std::optional<std::uint64_t> LaterCommits::find_number(std::string_view bytes) const {
  for (const auto& vocabulary : rewritten_->vocabularies) {
    if (const auto number = vocabulary->find(bytes)) return number;
  }
  return terms_.find(bytes);
}

std::uint64_t LaterCommits::number_of_term(const std::string& bytes) {
  if (const auto number = find_number(bytes)) return *number;
  terms_.add(bytes, next_term_);
  return next_term_++;
}

}  // namespace scenograph::store::internal
