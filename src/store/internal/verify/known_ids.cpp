#include "store/internal/verify/known_ids.hpp"

#include <fmt/format.h>

#include "store/internal/term_bytes.hpp"

namespace scenograph::store::internal {

namespace {

/// Terms that are passed over rather than looked up anew.
constexpr std::uint64_t near = 64;

bool may_stand(IdKind kind, Position position) {
  switch (position) {
    case Position::Subject:
      return kind == IdKind::Iri || kind == IdKind::BlankNode;
    case Position::Predicate:
      return kind == IdKind::Iri;
    case Position::Graph:
      return kind == IdKind::Iri || kind == IdKind::BlankNode || kind == IdKind::DefaultGraph;
    case Position::Object:
      break;
  }
  return kind >= IdKind::BlankNode && kind <= IdKind::DateTime;
}

constexpr std::array<const char*, 4> position_names = {"subject", "predicate", "object", "graph"};

bool is_of_kind(std::string_view bytes, TermId id) {
  return !bytes.empty() && (bytes.front() == iri_mark) == (id.kind() == IdKind::Iri);
}

}  // namespace

KnownIds::KnownIds(const State& state, Findings& findings)
    : state_(state), findings_(findings), next_blank_(state.memory->next_blank) {}

void KnownIds::check(TermId id, Position position) {
  if (may_stand(id.kind(), position) && has_term(id)) return;
  findings_.add({data_file_name,
                 fmt::format("a quad has the {} {:x}, which is the id of no such term",
                             position_names[static_cast<std::size_t>(position)], id.bits()),
                 "the quads with this id: queries that come across them fail", restore_remedy});
}

bool KnownIds::has_term(TermId id) {
  if (id.kind() == IdKind::BlankNode) return id.payload() < next_blank_;
  if (id.kind() != IdKind::Iri && id.kind() != IdKind::Literal) return true;
  std::uint64_t number = id.payload();
  const auto& entries = state_.files->manifest.vocabularies;
  for (std::size_t place = 0; place < entries.size(); ++place) {
    if (number >= entries[place].first && number - entries[place].first < entries[place].size) {
      return vocabulary_has(place, id);
    }
  }
  if (const auto bytes = state_.memory->terms->bytes_of(number)) return is_of_kind(*bytes, id);
  MDB_val key = value_of(number);
  MDB_val term{};
  return found(mdb_get(state_.txn.get(), state_.tables.terms, &key, &term), "cannot read the dictionary") &&
         is_of_kind(bytes_of(term), id);
}

bool KnownIds::vocabulary_has(std::size_t place, TermId id) {
  const std::uint64_t number = id.payload();
  if (!cursor_ || place != place_ || number < next_ || number - next_ > near) {
    cursor_ = state_.files->vocabularies[place]->cursor(number);
    place_ = place;
    next_ = number;
  }
  std::string_view bytes;
  for (; next_ <= number; ++next_) {
    if (cursor_->next(bytes)) continue;
    cursor_.reset();
    return false;
  }
  return is_of_kind(bytes, id);
}

}  // namespace scenograph::store::internal
