#include "shacl/internal/shapes_view.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "shacl/internal/sparql_rule.hpp"

namespace scenograph::shacl {

using store::IdKind;
using store::QuadId;
using store::TermId;

namespace {

using Row = std::array<TermId, 4>;

Row row_of(const QuadId& quad) { return {quad.subject, quad.predicate, quad.object, quad.graph}; }

bool agrees(const Row& row, const Row& pattern) {
  return std::equal(row.begin(), row.end(), pattern.begin(),
                    [](TermId id, TermId wanted) { return wanted.is_undefined() || id == wanted; });
}

class MemoryScan final : public store::Scan {
 public:
  /// @param open  the positions that the request leaves open, in its order.
  MemoryScan(std::vector<Row> rows, std::vector<std::size_t> open) : rows_(std::move(rows)), open_(std::move(open)) {}

  bool next(store::QuadBatch& batch, std::size_t most) override {
    batch.size = std::min({store::QuadBatch::capacity, most, rows_.size() - at_});
    for (std::size_t i = 0; i < 4; ++i) {
      batch.columns[i].clear();
      for (std::size_t k = 0; k < batch.size; ++k) batch.columns[i].push_back(rows_[at_ + k][i]);
    }
    at_ += batch.size;
    return batch.size > 0;
  }

  void seek(TermId at_least, TermId then) override {
    const auto is_below = [&](const Row& row) {
      if (row[open_[0]] != at_least) return row[open_[0]] < at_least;
      return open_.size() > 1 && row[open_[1]] < then;
    };
    while (!open_.empty() && at_ < rows_.size() && is_below(rows_[at_])) ++at_;
  }

 private:
  std::vector<Row> rows_;
  std::vector<std::size_t> open_;
  std::size_t at_ = 0;
};

}  // namespace

ShapesView::ShapesView(const store::View& data, std::span<const rdf::Triple> shapes) : data_(&data) {
  graph_ = intern(rdf::Term::iri(shapes_graph_iri));
  quads_.reserve(shapes.size());
  for (const auto& triple : shapes) {
    quads_.push_back({intern(triple.subject), intern(triple.predicate), intern(triple.object), graph_});
  }
}

TermId ShapesView::intern(rdf::Term term) {
  if (term.is_blank()) term.value.insert(0, shapes_blank_prefix);
  if (const auto known = find(term)) return *known;
  const IdKind kind = term.is_iri() ? IdKind::Iri : (term.is_blank() ? IdKind::BlankNode : IdKind::Literal);
  const TermId id = TermId::make(kind, TermId::payload_mask - own_terms_.size());
  own_terms_.push_back(term);
  own_ids_.emplace(std::move(term), id);
  return id;
}

bool ShapesView::is_own(TermId id) const {
  const bool is_numbered = id.kind() == IdKind::Iri || id.kind() == IdKind::BlankNode || id.kind() == IdKind::Literal;
  return is_numbered && TermId::payload_mask - id.payload() < own_terms_.size();
}

std::optional<TermId> ShapesView::find(const rdf::Term& term) const {
  if (const auto own = own_ids_.find(term); own != own_ids_.end()) return own->second;
  return data_->find(term);
}

rdf::Term ShapesView::term(TermId id) const {
  return is_own(id) ? own_terms_[TermId::payload_mask - id.payload()] : data_->term(id);
}

std::vector<rdf::Term> ShapesView::terms(std::span<const TermId> ids) const {
  if (std::none_of(ids.begin(), ids.end(), [this](TermId id) { return is_own(id); })) return data_->terms(ids);
  std::vector<rdf::Term> out;
  out.reserve(ids.size());
  for (const TermId id : ids) out.push_back(term(id));
  return out;
}

std::unique_ptr<store::Scan> ShapesView::scan(const store::ScanRequest& request) const {
  if (!request.graphs.is_listed() || request.graphs.graphs() != std::vector<TermId>{graph_}) {
    return data_->scan(request);
  }
  const Row pattern = row_of(request.pattern);
  const auto& places = store::places_of(request.order);
  std::vector<Row> rows;
  for (const QuadId& quad : quads_) {
    if (agrees(row_of(quad), pattern)) rows.push_back(row_of(quad));
  }
  std::sort(rows.begin(), rows.end(), [&places](const Row& a, const Row& b) {
    for (const auto place : places) {
      const auto i = static_cast<std::size_t>(place);
      if (a[i] != b[i]) return a[i] < b[i];
    }
    return false;
  });
  std::vector<std::size_t> open;
  for (const auto place : places) {
    if (pattern[static_cast<std::size_t>(place)].is_undefined()) open.push_back(static_cast<std::size_t>(place));
  }
  return std::make_unique<MemoryScan>(std::move(rows), std::move(open));
}

std::uint64_t ShapesView::count(const QuadId& pattern) const {
  if (pattern.graph != graph_) return data_->count(pattern);
  const Row wanted = row_of(pattern);
  return static_cast<std::uint64_t>(std::count_if(
      quads_.begin(), quads_.end(), [&wanted](const QuadId& quad) { return agrees(row_of(quad), wanted); }));
}

}  // namespace scenograph::shacl
