#include "shacl/internal/path_reader.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace scenograph::shacl {

using store::Order;
using store::Position;
using store::TermId;

namespace {

constexpr std::size_t few_nodes = 16;      // below, a lookup each is cheapest
constexpr std::size_t sparse_factor = 64;  // rows passed per node found, above which lookups are cheaper
constexpr std::size_t nodes_per_check = 2048;

// Index of `id` in a sorted column that holds it.
std::size_t index_of(std::span<const TermId> column, TermId id) {
  return static_cast<std::size_t>(std::lower_bound(column.begin(), column.end(), id) - column.begin());
}

// Makes the last row of `rows`, everything after its start, sorted and unique, and ends it.
void close_row(Rows& rows) {
  const auto start = rows.nodes.begin() + rows.offsets.back();
  std::sort(start, rows.nodes.end());
  rows.nodes.erase(std::unique(start, rows.nodes.end()), rows.nodes.end());
  rows.end_row();
}

}  // namespace

void sort_unique(std::vector<TermId>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

std::unique_ptr<store::Scan> PathReader::open(const store::QuadId& pattern, Order order) const {
  store::ScanRequest request;
  request.pattern = pattern;
  request.order = order;
  request.graphs = *graphs_;
  request.distinct_triples = true;
  return view_->scan(request);
}

Rows PathReader::follow(const Path& path, std::span<const TermId> from) { return follow(path, from, false); }

Rows PathReader::follow(const Path& path, Ids from, bool inverse) {
  budget_->check();
  switch (path.kind) {
    case Path::Kind::Predicate:
      return predicate(path.predicate, from, inverse);
    case Path::Kind::Inverse:
      return follow(path.parts.front(), from, !inverse);
    case Path::Kind::Sequence:
      return sequence(path.parts, from, inverse);
    case Path::Kind::Alternative:
      return alternative(path.parts, from, inverse);
    case Path::Kind::ZeroOrMore:
      return closure(path.parts.front(), from, inverse, true);
    case Path::Kind::OneOrMore:
      return closure(path.parts.front(), from, inverse, false);
    case Path::Kind::ZeroOrOne:
      break;
  }
  const Rows once = follow(path.parts.front(), from, inverse);
  Rows rows;
  for (std::size_t i = 0; i < from.size(); ++i) {
    rows.nodes.push_back(from[i]);
    rows.nodes.insert(rows.nodes.end(), once.of(i).begin(), once.of(i).end());
    close_row(rows);
  }
  return rows;
}

Rows PathReader::predicate(const rdf::Term& predicate, Ids from, bool inverse) {
  Rows rows;
  rows.offsets.reserve(from.size() + 1);
  const TermId id = nodes_->id(predicate);
  std::size_t stored = from.size();  // local ids come last
  while (stored > 0 && !Nodes::is_stored(from[stored - 1])) --stored;
  if (Nodes::is_stored(id)) {
    const Ids reachable = from.first(stored);
    const std::size_t done = stored > few_nodes ? merge(id, reachable, inverse, rows) : 0;
    look_up(id, reachable.subspan(done), inverse, rows);
  }
  while (rows.size() < from.size()) rows.end_row();
  return rows;
}

// Walks the index and the column side by side; @return how many nodes are done when that stopped paying.
std::size_t PathReader::merge(TermId predicate, Ids from, bool inverse, Rows& rows) {
  const auto scan = open({{}, predicate, {}, {}}, inverse ? Order::Posg : Order::Psog);
  std::size_t node = 0;
  std::size_t passed = 0;
  while (node < from.size()) {
    scan->seek(from[node]);
    if (!scan->next(batch_)) break;
    budget_->check();
    passed += batch_.size;
    const Ids keys = batch_.column(inverse ? Position::Object : Position::Subject);
    const Ids values = batch_.column(inverse ? Position::Subject : Position::Object);
    for (std::size_t i = 0; i < batch_.size && node < from.size();) {
      if (keys[i] == from[node]) {
        rows.nodes.push_back(values[i++]);
      } else if (keys[i] < from[node]) {
        ++i;
      } else {
        rows.end_row();
        ++node;
      }
    }
    const bool between_rows = rows.nodes.size() == rows.offsets.back();
    if (between_rows && passed > sparse_factor * (node + few_nodes)) return node;
  }
  while (rows.size() < from.size()) rows.end_row();
  return from.size();
}

void PathReader::look_up(TermId predicate, Ids from, bool inverse, Rows& rows) {
  std::size_t done = 0;
  for (const TermId node : from) {
    if (++done % nodes_per_check == 0) budget_->check();
    const store::QuadId pattern =
        inverse ? store::QuadId{{}, predicate, node, {}} : store::QuadId{node, predicate, {}, {}};
    const auto scan = open(pattern, inverse ? Order::Posg : Order::Psog);
    while (scan->next(batch_)) {
      const Ids values = batch_.column(inverse ? Position::Subject : Position::Object);
      rows.nodes.insert(rows.nodes.end(), values.begin(), values.end());
    }
    rows.end_row();
  }
}

Rows PathReader::sequence(const std::vector<Path>& parts, Ids from, bool inverse) {
  Rows rows;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    const Path& part = inverse ? parts[parts.size() - 1 - k] : parts[k];
    if (k == 0) {
      rows = follow(part, from, inverse);
      continue;
    }
    std::vector<TermId> middle = rows.nodes;
    sort_unique(middle);
    const Rows next = follow(part, middle, inverse);
    Rows joined;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (const TermId node : rows.of(i)) {
        const Ids reached = next.of(index_of(middle, node));
        joined.nodes.insert(joined.nodes.end(), reached.begin(), reached.end());
      }
      close_row(joined);
    }
    rows = std::move(joined);
  }
  return rows;
}

Rows PathReader::alternative(const std::vector<Path>& parts, Ids from, bool inverse) {
  std::vector<Rows> branches;
  branches.reserve(parts.size());
  for (const auto& part : parts) branches.push_back(follow(part, from, inverse));
  Rows rows;
  for (std::size_t i = 0; i < from.size(); ++i) {
    for (const auto& branch : branches) {
      rows.nodes.insert(rows.nodes.end(), branch.of(i).begin(), branch.of(i).end());
    }
    close_row(rows);
  }
  return rows;
}

// Breadth first from the whole column at once to learn the edges, then row by row along them.
Rows PathReader::closure(const Path& part, Ids from, bool inverse, bool with_start) {
  std::unordered_map<TermId, std::vector<TermId>> edges;
  for (std::vector<TermId> frontier(from.begin(), from.end()); !frontier.empty();) {
    const Rows step = follow(part, frontier, inverse);
    std::vector<TermId> fresh;
    for (std::size_t i = 0; i < frontier.size(); ++i) {
      edges.emplace(frontier[i], std::vector<TermId>(step.of(i).begin(), step.of(i).end()));
    }
    for (const TermId node : step.nodes) {
      if (!edges.contains(node)) fresh.push_back(node);
    }
    sort_unique(fresh);
    frontier = std::move(fresh);
  }
  Rows rows;
  std::unordered_set<TermId> seen;
  for (const TermId start : from) {
    budget_->check();
    seen.clear();
    std::vector<TermId> open_nodes{start};
    if (with_start) seen.insert(start);
    while (!open_nodes.empty()) {
      const TermId node = open_nodes.back();
      open_nodes.pop_back();
      for (const TermId next : edges.at(node)) {
        if (seen.insert(next).second) open_nodes.push_back(next);
      }
    }
    rows.nodes.insert(rows.nodes.end(), seen.begin(), seen.end());
    close_row(rows);
  }
  return rows;
}

std::vector<TermId> PathReader::ends(const rdf::Term& predicate, bool inverse) {
  std::vector<TermId> found;
  const TermId id = nodes_->id(predicate);
  if (!Nodes::is_stored(id)) return found;
  const auto scan = open({{}, id, {}, {}}, inverse ? Order::Posg : Order::Psog);
  while (scan->next(batch_)) {
    budget_->check();
    for (const TermId node : batch_.column(inverse ? Position::Object : Position::Subject)) {
      if (found.empty() || found.back() != node) found.push_back(node);
    }
  }
  return found;
}

}  // namespace scenograph::shacl
