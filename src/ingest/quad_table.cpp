#include "ingest/quad_table.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <tuple>

#include "base/error.hpp"

namespace scenograph::ingest {

namespace {

constexpr std::size_t first_slots = 1024;

std::uint32_t hash_of(const rdf::Term& term) {
  const std::size_t hash = std::hash<rdf::Term>()(term);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
}

}  // namespace

QuadTable::QuadTable(std::span<const rdf::Quad> quads) {
  for (const rdf::Quad& quad : quads) add(quad);
}

QuadTable::Row QuadTable::row(const rdf::Quad& quad) {
  const auto again = [&](TermNumber last, const rdf::Term& term) {
    return last < terms_.size() && terms_[last] == term ? last : number(term);
  };
  last_ = {again(last_.subject, quad.subject), number(quad.predicate), number(quad.object),
           again(last_.graph, quad.graph)};
  return last_;
}

QuadTable::TermNumber QuadTable::number(const rdf::Term& term) {
  if (terms_.size() * 2 >= slots_.size()) grow();
  const std::uint32_t hash = hash_of(term);
  const std::size_t slot = slot_of(term, hash);
  if (slots_[slot] != 0) return slots_[slot] - 1;
  if (terms_.size() == std::numeric_limits<TermNumber>::max() - 1) {
    throw base::Error(base::Code::TooLarge, "a source has more than 4 thousand million different terms: split it");
  }
  terms_.push_back(term);
  hashes_.push_back(hash);
  slots_[slot] = static_cast<TermNumber>(terms_.size());
  return slots_[slot] - 1;
}

std::optional<QuadTable::TermNumber> QuadTable::find(const rdf::Term& term) const {
  if (slots_.empty()) return std::nullopt;
  const TermNumber found = slots_[slot_of(term, hash_of(term))];
  return found == 0 ? std::nullopt : std::optional(found - 1);
}

/// Where the term is, or is to go.
std::size_t QuadTable::slot_of(const rdf::Term& term, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot] != 0) {
    const TermNumber number = slots_[slot] - 1;
    if (hashes_[number] == hash && terms_[number] == term) break;
    slot = (slot + 1) & mask;
  }
  return slot;
}

void QuadTable::grow() {
  slots_.assign(std::max(first_slots, slots_.size() * 2), 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < hashes_.size(); ++i) {
    std::size_t slot = hashes_[i] & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<TermNumber>(i + 1);
  }
}

rdf::Quad QuadTable::quad(const Row& row) const {
  return {terms_[row.subject], terms_[row.predicate], terms_[row.object], terms_[row.graph]};
}

std::vector<rdf::Quad> QuadTable::quads() const {
  std::vector<rdf::Quad> quads;
  quads.reserve(rows_.size());
  for (const Row& row : rows_) quads.push_back(quad(row));
  return quads;
}

void QuadTable::sort() {
  std::vector<TermNumber> order(terms_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](TermNumber a, TermNumber b) { return terms_[a] < terms_[b]; });
  std::vector<std::uint32_t> rank(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = static_cast<std::uint32_t>(i);
  const auto key = [&](const Row& row) {
    return std::tuple(rank[row.subject], rank[row.predicate], rank[row.object], rank[row.graph]);
  };
  std::sort(rows_.begin(), rows_.end(), [&](const Row& a, const Row& b) { return key(a) < key(b); });
  const auto end =
      std::unique(rows_.begin(), rows_.end(), [&](const Row& a, const Row& b) { return key(a) == key(b); });
  rows_.erase(end, rows_.end());
}

}  // namespace scenograph::ingest
