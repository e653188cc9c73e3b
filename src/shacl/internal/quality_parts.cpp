#include "shacl/internal/quality_parts.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "rdf/vocab.hpp"

namespace scenograph::shacl {

using store::IdKind;
using store::Position;
using store::TermId;

namespace {

constexpr std::size_t nodes_per_check = 4096;

}  // namespace

void QualityParts::keep_entities(std::vector<TermId>& nodes) const {
  const auto reader = view_.term_reader();
  std::size_t done = 0;
  std::erase_if(nodes, [&](TermId node) {
    if (++done % nodes_per_check == 0) budget_.check();
    if (node.kind() != IdKind::Iri) return true;
    return !prefix_.empty() && reader->read(node).value.starts_with(prefix_);
  });
}

std::vector<bool> QualityParts::are_parts(std::span<const TermId> nodes) const {
  std::vector<bool> out(nodes.size());
  const auto reader = view_.term_reader();
  std::vector<TermId> others;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (i % nodes_per_check == 0) budget_.check();
    const bool is_iri = nodes[i].kind() == IdKind::Iri;
    out[i] = nodes[i].kind() == IdKind::BlankNode ||
             (is_iri && !prefix_.empty() && reader->read(nodes[i]).value.starts_with(prefix_));
    if (is_iri && !out[i]) others.push_back(nodes[i]);
  }
  if (classes_.empty() || others.empty()) return out;
  const Rows types = reader_.follow({Path::Kind::Predicate, rdf::Term::iri(rdf::rdf::type), {}}, others);
  std::size_t row = 0;
  for (std::size_t i = 0; i < nodes.size() && row < others.size(); ++i) {
    if (nodes[i] != others[row]) continue;
    const auto own = types.of(row++);
    out[i] = std::any_of(own.begin(), own.end(),
                         [&](TermId type) { return std::binary_search(classes_.begin(), classes_.end(), type); });
  }
  return out;
}

template <typename Sink>
void QualityParts::each_referrer(std::span<const TermId> nodes, const Sink& sink) const {
  constexpr std::size_t rows_at_once = 512;
  const auto scan = view_.scan({{}, store::Order::Ospg, graphs_, true, {true, false, true, false}});
  store::QuadBatch batch;
  std::size_t row = 0;
  for (const TermId node : nodes) {
    while (true) {
      if (row == batch.size || batch.columns[2][batch.size - 1] < node) {
        budget_.check();
        scan->seek(node);
        row = 0;
        if (!scan->next(batch, rows_at_once)) return;
      }
      const auto objects = batch.column(Position::Object);
      const auto subjects = batch.column(Position::Subject);
      while (row < batch.size && objects[row] < node) ++row;
      for (; row < batch.size && objects[row] == node; ++row) sink(node, subjects[row]);
      if (row < batch.size) break;
    }
  }
}

QualityParts::Links QualityParts::owners(std::span<const TermId> parts,
                                         const std::function<bool(TermId)>& is_entity) const {
  Links out;
  Links open;
  for (std::size_t i = 0; i < parts.size(); ++i) open.emplace_back(parts[i], static_cast<std::uint32_t>(i));
  for (int step = 0; step < max_steps && !open.empty(); ++step) {
    std::vector<TermId> nodes;
    for (const auto& [node, part] : open) {
      if (nodes.empty() || nodes.back() != node) nodes.push_back(node);
    }
    const std::vector<bool> are = are_parts(nodes);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (are[i]) nodes[kept++] = nodes[i];
    }
    nodes.resize(kept);
    Links next;
    auto from = open.begin();
    each_referrer(nodes, [&](TermId node, TermId subject) {
      while (from->first < node) ++from;
      const bool is_owner = is_entity(subject);
      for (auto link = from; link != open.end() && link->first == node; ++link) {
        (is_owner ? out : next).emplace_back(subject, link->second);
      }
    });
    std::sort(next.begin(), next.end());
    next.erase(std::unique(next.begin(), next.end()), next.end());
    open = std::move(next);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace scenograph::shacl
