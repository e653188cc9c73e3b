#include "ingest/trace.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include "ingest/mapped_fields.hpp"
#include "ingest/subject_origin.hpp"
#include "ingest/subject_reader.hpp"

namespace scenograph::ingest {

namespace {

using rdf::Term;
using shacl::Field;
using shacl::Path;
using store::QuadId;
using store::TermId;

constexpr std::size_t most_followed = 16;  // nodes that a sequence leads to, of one focus node
constexpr std::size_t checked_every = 256;

bool is_plain(const Path& path) { return path.kind == Path::Kind::Predicate; }

/// The shortest way of plain predicates that a sequence, or a part of one, may take; nullopt if it may take none.
std::optional<std::vector<Path>> shortest_way(const std::vector<Path>& parts) {
  std::vector<Path> steps;
  for (const Path& part : parts) {
    if (part.kind == Path::Kind::ZeroOrMore || part.kind == Path::Kind::ZeroOrOne) continue;
    const Path& step = part.kind == Path::Kind::OneOrMore ? part.parts.front() : part;
    if (!is_plain(step)) return std::nullopt;
    steps.push_back(step);
  }
  return steps.empty() ? std::nullopt : std::optional(std::move(steps));
}

/// Calls `use(steps)` for ways of plain predicates that the path may take, of repeated ones for the shortest. @return
/// whether there is no other.
template <typename Use>
bool each_way(const Path& path, const Use& use) {
  if (path.kind == Path::Kind::Alternative) {
    bool all = true;
    for (const Path& part : path.parts) all = each_way(part, use) && all;
    return all;
  }
  const std::vector<Path> parts = path.kind == Path::Kind::Sequence ? path.parts : std::vector<Path>{path};
  const auto steps = shortest_way(parts);
  if (!steps) return false;
  use(*steps);
  return std::all_of(parts.begin(), parts.end(), is_plain);
}

/// What is known of one node.
struct Node {
  std::vector<SubjectOrigin> origins;
  std::vector<QuadId> values;  // of the predicates of paths
};

class Tracer {
 public:
  Tracer(const store::View& view, const store::GraphSet& graphs, const base::Budget& budget, shacl::Report& report)
      : view_(view), budget_(budget), report_(report), graphs_(read_mapped_fields(view)) {
    std::erase_if(graphs_, [&graphs](const MappedGraph& graph) { return !graphs.contains(graph.graph); });
  }

  void trace() {
    if (graphs_.empty() || report_.results.empty()) return;
    finder_.emplace(view_, graphs_);
    resolve_paths();
    std::vector<TermId> wanted;
    for (const auto& [term, entity] : report_.entities) {
      if (const auto id = view_.find(term); id && id->kind() == store::IdKind::Iri) wanted.push_back(*id);
    }
    for (std::size_t step = 0; step < longest_; ++step) wanted = read(std::move(wanted));
    for (auto& [term, entity] : report_.entities) tell_records(term, entity);
    tell_fields();
  }

 private:
  struct Step {
    TermId id;  // undefined if no quad has it
    std::string iri;
  };
  using Way = std::vector<Step>;  // through the data, that a check's path may take
  struct Ways {
    std::vector<Way> ways;
    bool all = false;  // there are no others
  };

  void resolve_paths() {
    for (const shacl::Check& check : report_.checks) {
      Ways& ways = ways_.emplace_back();
      if (!check.path) continue;
      ways.all = each_way(*check.path, [&](const std::vector<Path>& steps) {
        Way& way = ways.ways.emplace_back();
        for (const Path& step : steps) {
          way.push_back({view_.find(step.predicate).value_or(TermId()), step.predicate.value});
          predicates_.push_back(way.back().id);
          if (way.size() < steps.size()) followed_.push_back(way.back().id);
        }
        longest_ = std::max(longest_, way.size());
      });
    }
    for (auto* all : {&predicates_, &followed_}) {
      std::sort(all->begin(), all->end());
      all->erase(std::unique(all->begin(), all->end()), all->end());
    }
  }

  /// Reads the nodes; @return others that ways lead to.
  std::vector<TermId> read(std::vector<TermId> ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<TermId> among;
    for (const MappedGraph& graph : graphs_) among.push_back(graph.graph);
    SubjectReader reader(view_, store::GraphSet::of(std::move(among)));
    const std::vector<Term> terms = view_.terms(ids);
    std::vector<TermId> next;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (i % checked_every == 0) budget_.check();
      const auto quads = reader.read(ids[i]);
      Node& node = nodes_[ids[i]];
      node.origins = finder_->find(terms[i].value, quads);
      std::size_t followed = 0;
      for (const QuadId& quad : quads) {
        if (!std::binary_search(predicates_.begin(), predicates_.end(), quad.predicate)) continue;
        node.values.push_back(quad);
        if (quad.object.kind() != store::IdKind::Iri || followed == most_followed ||
            !std::binary_search(followed_.begin(), followed_.end(), quad.predicate)) {
          continue;
        }
        ++followed;
        next.push_back(quad.object);
      }
    }
    std::erase_if(next, [this](TermId id) { return nodes_.contains(id); });
    return next;
  }

  void tell_records(const Term& term, shacl::Entity& entity) {
    const Node* node = node_of(view_.find(term));
    if (node == nullptr) return;
    for (const SubjectOrigin& origin : node->origins) {
      if (origin.record) entity.records.push_back(*origin.record);
    }
  }

  [[nodiscard]] const Node* node_of(std::optional<TermId> id) const {
    const auto found = id ? nodes_.find(*id) : nodes_.end();
    return found == nodes_.end() ? nullptr : &found->second;
  }

  void tell_fields() {
    std::size_t count = 0;
    for (shacl::Result& result : report_.results) {
      if (count++ % checked_every == 0) budget_.check();
      const auto focus = view_.find(result.focus_node);
      if (node_of(focus) != nullptr) result.fields = fields_of(result, *focus);
    }
  }

  std::vector<std::uint32_t> fields_of(const shacl::Result& result, TermId focus) {
    Findings findings;
    if (result.value) findings.value = view_.find(*result.value);
    for (const Way& way : ways_[result.check].ways) {
      for (const End& end : ends(focus, way)) add_fields(end, findings);
    }
    const bool lacks = findings.fields.empty() && ways_[result.check].all && !findings.unknown && !result.value;
    std::vector<std::uint32_t> indexes;
    for (Field& field : lacks ? findings.lacking : findings.fields) {
      const std::uint32_t index = index_of(std::move(field));
      if (std::find(indexes.begin(), indexes.end(), index) == indexes.end()) indexes.push_back(index);
    }
    return indexes;
  }

  /// How far a way leads: a node, and the step that is, or would be, taken from it.
  struct End {
    TermId node;
    const Step* step = nullptr;
  };

  [[nodiscard]] std::vector<End> ends(TermId focus, const Way& way) const {
    std::vector<TermId> nodes{focus};
    const Step* step = &way.front();
    for (; step != &way.back(); ++step) {
      std::vector<TermId> next;
      for (const TermId id : nodes) {
        const Node* node = node_of(id);
        if (node == nullptr) continue;
        for (const QuadId& quad : node->values) {
          if (quad.predicate == step->id && quad.object.kind() == store::IdKind::Iri) next.push_back(quad.object);
        }
      }
      if (next.empty()) break;
      std::sort(next.begin(), next.end());
      next.erase(std::unique(next.begin(), next.end()), next.end());
      nodes = std::move(next);
    }
    std::vector<End> found;
    for (const TermId id : nodes) found.push_back({id, step});
    return found;
  }

  struct Findings {
    std::optional<TermId> value;  // of the result
    std::vector<Field> fields;
    std::vector<Field> lacking;
    bool unknown = false;  // there may be other fields
  };

  void add_fields(const End& end, Findings& findings) const {
    const Node* node = node_of(end.node);
    if (node == nullptr || node->origins.empty()) {
      findings.unknown = true;
      return;
    }
    for (const SubjectOrigin& origin : node->origins) {
      if (findings.value && !states(*node, end.step->id, *findings.value, graphs_[origin.graph].graph)) continue;
      const std::size_t before = findings.fields.size();
      for (const mapping::TriplesMapFields* map : origin.maps) add_fields_of(*map, origin, end.step->iri, findings);
      if (findings.fields.size() > before) continue;
      const bool is_table = origin.maps.front()->is_table;
      findings.lacking.push_back(
          {is_table ? Field::Kind::NoColumn : Field::Kind::NoMember, graphs_[origin.graph].file, {}});
    }
  }

  /// Whether the graph says that; also where none does, for then the value is no object of the predicate.
  static bool states(const Node& node, TermId predicate, TermId value, TermId graph) {
    const auto says = [&](const QuadId& quad) { return quad.predicate == predicate && quad.object == value; };
    return std::none_of(node.values.begin(), node.values.end(), says) ||
           std::any_of(node.values.begin(), node.values.end(),
                       [&](const QuadId& quad) { return says(quad) && quad.graph == graph; });
  }

  void add_fields_of(const mapping::TriplesMapFields& map, const SubjectOrigin& origin, const std::string& predicate,
                     Findings& findings) const {
    const MappedGraph& graph = graphs_[origin.graph];
    for (const mapping::PredicateFields& field : map.predicates) {
      findings.unknown = findings.unknown || field.predicate.empty();
      if (field.predicate != predicate) continue;
      if (field.references.empty()) {
        findings.fields.push_back({Field::Kind::Constant, graph.mapping, {}});
        continue;
      }
      Field& made = findings.fields.emplace_back();
      made.kind = map.is_table ? Field::Kind::Columns : Field::Kind::Members;
      made.file = graph.file;
      for (const std::string& reference : field.references)
        made.names.push_back(shown_reference(reference, map.is_table));
    }
  }

  std::uint32_t index_of(Field field) {
    const auto [at, is_new] = indexes_.try_emplace(field, static_cast<std::uint32_t>(report_.fields.size()));
    if (is_new) report_.fields.push_back(std::move(field));
    return at->second;
  }

  const store::View& view_;
  const base::Budget& budget_;
  shacl::Report& report_;
  std::vector<MappedGraph> graphs_;
  std::optional<OriginFinder> finder_;
  std::vector<Ways> ways_;          // by check
  std::size_t longest_ = 1;         // steps of a way
  std::vector<TermId> predicates_;  // of ways, sorted
  std::vector<TermId> followed_;    // those that are not the last of a way, sorted
  std::unordered_map<TermId, Node> nodes_;
  std::map<Field, std::uint32_t> indexes_;
};

}  // namespace

void trace(const store::View& view, const store::GraphSet& graphs, const base::Budget& budget, shacl::Report& report) {
  Tracer(view, graphs, budget, report).trace();
}

}  // namespace scenograph::ingest
