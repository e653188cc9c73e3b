#include "sparql/update/solutions.hpp"

namespace scenograph::sparql::update {

using store::IdKind;
using store::TermId;

Solutions::Solutions(QueryResult& result, const store::View& view, base::Budget& budget) : charge_(budget) {
  for (const std::string& name : result.variables()) columns_.emplace(name, static_cast<int>(width_++));
  SolutionBatch batch;
  std::vector<TermId> ids;  // of the batch's terms
  while (result.next(batch)) {
    charge_.add(batch.size * width_ * sizeof(TermId));
    ids.clear();
    for (std::size_t i = 0; i < batch.terms.size(); ++i) ids.push_back(id_of(rdf::to_term(batch.terms[i]), view));
    for (std::size_t row = 0; row < batch.size; ++row) {
      for (const auto& column : batch.columns) {
        cells_.push_back(column[row] == SolutionBatch::unbound ? TermId{} : ids[column[row]]);
      }
    }
    size_ += batch.size;
  }
}

TermId Solutions::id_of(const rdf::Term& term, const store::View& view) {
  if (const auto id = view.find(term)) return *id;
  const auto [at, is_new] = numbers_.try_emplace(term, made_.size());
  if (is_new) {
    made_.push_back(term);
    charge_.add(2 * (sizeof(rdf::Term) + term.value.size() + term.datatype.size()));
  }
  return TermId::make(IdKind::Local, at->second);
}

int Solutions::column_of(const std::string& variable) const {
  const auto at = columns_.find(variable);
  return at == columns_.end() ? -1 : at->second;
}

TermId Solutions::intern(TermId id, store::Transaction& transaction) {
  if (id.kind() != IdKind::Local) return id;
  written_.resize(made_.size());
  TermId& written = written_[id.payload()];
  if (written.is_undefined()) {
    const rdf::Term& term = made_[id.payload()];
    written = term.is_blank() ? transaction.fresh_blank() : transaction.intern(term);
  }
  return written;
}

}  // namespace scenograph::sparql::update
