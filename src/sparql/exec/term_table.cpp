#include "sparql/exec/term_table.hpp"

#include <fmt/format.h>

#include "store/inline_value.hpp"

namespace scenograph::sparql {

using store::IdKind;
using store::TermId;

TermTable::TermTable(const store::View& view, base::Budget& budget) : view_(view), charge_(budget) {}

TermId TermTable::intern(const rdf::Term& term) {
  if (auto id = view_.find(term)) return *id;
  if (const auto at = local_ids_.find(term); at != local_ids_.end()) return TermId::make(IdKind::Local, at->second);
  constexpr std::size_t overhead = 2 * sizeof(rdf::Term) + 32;
  charge_.add(overhead + 2 * (term.value.size() + term.datatype.size() + term.language.size()));
  local_.push_back(term);
  const auto added = local_ids_.emplace(term, local_.size() - 1).first;
  return TermId::make(IdKind::Local, added->second);
}

TermId TermTable::intern(const Value& value) {
  if (value.is_error()) return {};
  if (!value.id.is_undefined()) return value.id;
  if (value.kind == ValueKind::Integer && value.modifier.empty()) {
    const auto number = value.as_decimal().to_int64();
    if (const auto id = number ? store::integer_id(*number) : std::nullopt) return *id;
  }
  return intern(to_term(value));
}

rdf::Term TermTable::term(TermId id) const {
  if (id.kind() == IdKind::Local) return local_[id.payload()];
  return view_.term(id);
}

rdf::TermView TermTable::read(TermId id) {
  if (id.kind() == IdKind::Local) return rdf::TermView(local_[id.payload()]);
  return reader().read(id);
}

void TermTable::expect(TermId id) {
  if (id.kind() != IdKind::Local) reader().expect(id);
}

store::TermReader& TermTable::reader() {
  if (!reader_) reader_ = view_.term_reader();
  return *reader_;
}

const Value& TermTable::value(TermId id) {
  static const Value unbound;
  if (id.is_undefined()) return unbound;
  const std::size_t hash = std::hash<TermId>{}(id);
  std::unique_ptr<Page>& page = cache_[hash / page_values % cache_pages];
  if (!page) page = std::make_unique<Page>();
  Value& slot = (*page)[hash % page_values];
  if (slot.id != id) {
    const bool is_plain = id.is_inline() && id.kind() != IdKind::ShortString;
    slot = is_plain ? value_of_inline(id) : value_of(term(id));
    slot.id = id;
  }
  return slot;
}

TermId TermTable::fresh_blank() { return intern(rdf::Term::blank(fmt::format("q{}", ++blanks_))); }

TermId TermTable::named_blank(TermId solution, const std::string& label) {
  const auto [number, is_new] = labels_.try_emplace(label, labels_.size());
  if (is_new) charge_.add(sizeof(*number) + 2 * label.size());
  return intern(rdf::Term::blank(fmt::format("{}x{}", local_[solution.payload()].value, number->second)));
}

TermId TermTable::row_blank(const std::string& label) {
  TermId& id = row_blanks_[label];
  if (id.is_undefined()) id = fresh_blank();
  return id;
}

}  // namespace scenograph::sparql
