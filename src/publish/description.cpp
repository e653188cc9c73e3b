#include "publish/description.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "publish/internal/facts.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::publish {

namespace {

/// What is told of a linked entity.
constexpr std::array<std::string_view, 6> summary_predicates = {
    rdf::rdf::type,          "http://schema.org/name", "http://schema.org/address", "http://schema.org/startDate",
    "http://schema.org/url", "http://schema.org/geo"};

class Describer {
 public:
  Describer(const Facts& facts, const Site& site, const DescriptionLimits& limits)
      : facts_(facts), site_(site), limits_(limits) {}

  std::vector<rdf::Quad> run(const rdf::Term& entity) {
    add(entity, 0);
    std::size_t told = 0;
    const auto linked = linked_;  // summaries link no further
    for (const rdf::Term& other : linked) {
      if (described_.contains(other)) continue;
      if (++told > limits_.linked) break;
      summarise(other);
    }
    return std::move(out_);
  }

 private:
  bool is_nested(const rdf::Term& term) const {
    return term.is_blank() || (term.is_iri() && is_part(site_, term.value));
  }

  void take(const Fact& fact, std::size_t depth) {
    out_.push_back({fact.subject, fact.predicate, fact.object, {}});
    if (is_nested(fact.object)) {
      add(fact.object, depth + 1);
    } else if (fact.object.is_iri() && fact.predicate.value != rdf::rdf::type) {
      linked_.insert(fact.object);
    }
  }

  void add(const rdf::Term& node, std::size_t depth) {
    if (depth > limits_.depth || out_.size() >= limits_.facts || !described_.insert(node).second) return;
    for (const Fact& fact : facts_.about(node, limits_.facts - out_.size())) take(fact, depth);
  }

  void summarise(const rdf::Term& node) {
    described_.insert(node);
    for (const auto predicate : summary_predicates) {
      for (const rdf::Term& value : facts_.values(node, predicate)) {
        take({node, rdf::Term::iri(predicate), value, {}}, limits_.depth - 1);
      }
    }
  }

  const Facts& facts_;
  const Site& site_;
  const DescriptionLimits& limits_;
  std::vector<rdf::Quad> out_;
  std::set<rdf::Term> described_;
  std::set<rdf::Term> linked_;
};

}  // namespace

std::vector<rdf::Quad> describe(const store::View& view, const store::GraphSet& readable, const Site& site,
                                const rdf::Term& entity, const DescriptionLimits& limits) {
  const Facts facts(view, readable);
  return Describer(facts, site, limits).run(entity);
}

std::vector<rdf::Quad> describe_incoming(const store::View& view, const store::GraphSet& readable,
                                         const rdf::Term& entity, const DescriptionLimits& limits) {
  std::vector<rdf::Quad> out;
  for (const Fact& fact : Facts(view, readable).pointing_at(entity, limits.incoming)) {
    out.push_back({fact.subject, fact.predicate, fact.object, {}});
  }
  return out;
}

}  // namespace scenograph::publish
