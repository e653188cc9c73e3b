#include "shacl/internal/describe.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "rdf/vocab.hpp"

namespace scenograph::shacl {

using store::TermId;

namespace {

constexpr std::array<std::string_view, 3> name_predicates{"http://schema.org/name", rdf::rdfs::label,
                                                          rdf::skos::prefLabel};

constexpr int max_levels = 4;  // address → room → venue → performance

class Describer {
 public:
  Describer(const store::View& view, const store::GraphSet& graphs, Nodes& nodes, PathReader& reader)
      : view_(view), graphs_(graphs), nodes_(nodes), reader_(reader) {}

  /// Describes the nodes; @return those that the nameless ones are part of.
  std::vector<TermId> describe(const std::vector<TermId>& ids) {
    std::vector<Entity> made(ids.size());
    for (const auto predicate : name_predicates) {
      each_value(ids, predicate, [&](std::size_t i, const rdf::Term& term, bool is_first) {
        if (!term.is_literal()) return;
        if (is_first && !made[i].names.empty()) return;
        made[i].names.push_back({term.value, term.language});
      });
    }
    each_value(ids, rdf::rdf::type, [&](std::size_t i, const rdf::Term& term, bool) { made[i].types.push_back(term); });
    each_value(ids, "http://schema.org/startDate",
               [&](std::size_t i, const rdf::Term& term, bool) { made[i].start = term; });
    const auto terms = nodes_.terms(ids);
    std::vector<TermId> owners;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (made[i].names.empty()) add_owner(ids[i], made[i], owners);
      found_.emplace(terms[i], std::move(made[i]));
    }
    sort_unique(owners);
    return owners;
  }

  std::unordered_map<rdf::Term, Entity>& found() { return found_; }

 private:
  template <typename Sink>
  void each_value(const std::vector<TermId>& ids, std::string_view predicate, const Sink& sink) {
    const Rows rows = reader_.follow(Path{Path::Kind::Predicate, rdf::Term::iri(predicate), {}}, ids);
    const auto terms = nodes_.terms(rows.nodes);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t k = rows.offsets[i]; k < rows.offsets[i + 1]; ++k) sink(i, terms[k], k == rows.offsets[i]);
    }
  }

  void add_owner(TermId id, Entity& entity, std::vector<TermId>& owners) {
    if (!Nodes::is_stored(id) || id.is_literal()) return;
    store::ScanRequest request;
    request.pattern = {{}, {}, id, {}};
    request.order = store::Order::Ospg;
    request.graphs = graphs_;
    const auto scan = view_.scan(request);
    if (!scan->next(batch_)) return;
    const TermId owner = batch_.column(store::Position::Subject).front();
    if (owner == id) return;
    entity.part_of = view_.term(owner);
    owners.push_back(owner);
  }

  const store::View& view_;
  const store::GraphSet& graphs_;
  Nodes& nodes_;
  PathReader& reader_;
  store::QuadBatch batch_;
  std::unordered_map<rdf::Term, Entity> found_;
};

}  // namespace

std::unordered_map<rdf::Term, Entity> describe(const store::View& view, const store::GraphSet& graphs, Nodes& nodes,
                                               PathReader& reader, std::vector<TermId> ids) {
  Describer describer(view, graphs, nodes, reader);
  std::vector<TermId> all;
  for (int level = 0; level < max_levels && !ids.empty(); ++level) {
    std::vector<TermId> owners = describer.describe(ids);
    all.insert(all.end(), ids.begin(), ids.end());
    sort_unique(all);
    std::erase_if(owners, [&all](TermId id) { return std::binary_search(all.begin(), all.end(), id); });
    ids = std::move(owners);
  }
  return std::move(describer.found());
}

}  // namespace scenograph::shacl
