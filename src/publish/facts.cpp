#include "publish/internal/facts.hpp"

#include <algorithm>
#include <array>

#include "rdf/vocab.hpp"

namespace scenograph::publish {

namespace {

constexpr std::array<std::string_view, 4> name_predicates = {"http://schema.org/name",
                                                             "http://www.w3.org/2004/02/skos/core#prefLabel",
                                                             rdf::rdfs::label, "http://schema.org/alternateName"};
constexpr std::size_t max_values = 1000;

/// Classes of schema.org that have subclasses of use here, by name; the second is what the rank is.
constexpr std::pair<std::string_view, int> general_types[] = {
    {"CivicStructure", 1},      {"CreativeWork", 2},    {"Event", 2}, {"Intangible", 3}, {"Organization", 2},
    {"PerformingArtsEvent", 1}, {"PerformingGroup", 1}, {"Place", 2}, {"Thing", 3}};

}  // namespace

int generality(std::string_view type) {
  if (!type.starts_with(rdf::schema::ns)) return 0;
  type.remove_prefix(rdf::schema::ns.size());
  for (const auto& [name, rank] : general_types) {
    if (name == type) return rank;
  }
  return 0;
}

std::vector<Fact> Facts::read(const store::QuadId& pattern, store::Order order, std::size_t limit) const {
  std::vector<Fact> out;
  const auto rows = view_.scan({pattern, order, readable_, false});
  store::QuadBatch batch;
  store::QuadId last;
  while (rows->next(batch)) {
    std::vector<store::TermId> ids;
    for (std::size_t row = 0; row < batch.size; ++row) {
      for (const auto& column : batch.columns) ids.push_back(column[row]);
    }
    const auto terms = view_.terms(ids);
    for (std::size_t row = 0; row < batch.size; ++row) {
      const store::QuadId triple{ids[row * 4], ids[row * 4 + 1], ids[row * 4 + 2], {}};
      if (triple != last) {
        if (out.size() == limit) return out;
        out.push_back({terms[row * 4], terms[row * 4 + 1], terms[row * 4 + 2], {}});
      }
      out.back().graphs.push_back(terms[row * 4 + 3]);
      last = triple;
    }
  }
  return out;
}

std::vector<Fact> Facts::about(const rdf::Term& subject, std::size_t limit) const {
  const auto id = view_.find(subject);
  if (!id) return {};
  auto out = read({*id, {}, {}, {}}, store::Order::Spog, limit);
  for (Fact& fact : out) std::sort(fact.graphs.begin(), fact.graphs.end());
  std::sort(out.begin(), out.end(), [](const Fact& a, const Fact& b) {
    return std::tie(a.predicate, a.object) < std::tie(b.predicate, b.object);
  });
  return out;
}

std::vector<Fact> Facts::pointing_at(const rdf::Term& object, std::size_t limit) const {
  const auto id = view_.find(object);
  return id ? read({{}, {}, *id, {}}, store::Order::Opsg, limit) : std::vector<Fact>();
}

std::vector<rdf::Term> Facts::subjects(std::string_view predicate, const rdf::Term& object, std::size_t limit) const {
  const auto predicate_id = view_.find(rdf::Term::iri(predicate));
  const auto object_id = view_.find(object);
  std::vector<rdf::Term> out;
  if (!predicate_id || !object_id) return out;
  for (Fact& fact : read({{}, *predicate_id, *object_id, {}}, store::Order::Posg, limit)) {
    out.push_back(std::move(fact.subject));
  }
  return out;
}

std::vector<rdf::Term> Facts::values(const rdf::Term& subject, std::string_view predicate) const {
  const auto subject_id = view_.find(subject);
  const auto predicate_id = view_.find(rdf::Term::iri(predicate));
  std::vector<rdf::Term> out;
  if (!subject_id || !predicate_id) return out;
  for (Fact& fact : read({*subject_id, *predicate_id, {}, {}}, store::Order::Spog, max_values)) {
    out.push_back(std::move(fact.object));
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::optional<rdf::Term> Facts::value(const rdf::Term& subject, std::string_view predicate) const {
  auto all = values(subject, predicate);
  return all.empty() ? std::nullopt : std::optional(std::move(all.front()));
}

std::string Facts::text(const rdf::Term& subject, std::string_view predicate, Language language) const {
  const auto found = in_language(values(subject, predicate), language);
  return found ? found->value : "";
}

std::vector<std::string> Facts::types(const rdf::Term& subject) const {
  std::vector<std::string> out;
  for (const auto& type : values(subject, rdf::rdf::type)) out.push_back(type.value);
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return generality(a) < generality(b); });
  return out;
}

std::string Facts::name(const rdf::Term& subject, Language language) const {
  const auto [known, is_new] = names_.try_emplace({subject, language});
  for (auto at = name_predicates.begin(); is_new && known->second.empty() && at != name_predicates.end(); ++at) {
    known->second = text(subject, *at, language);
  }
  return known->second;
}

bool Facts::knows(const rdf::Term& subject) const {
  const auto id = view_.find(subject);
  if (!id) return false;
  store::QuadBatch batch;
  return view_.scan({{*id, {}, {}, {}}, store::Order::Spog, readable_, false})->next(batch);
}

std::optional<rdf::Term> in_language(const std::vector<rdf::Term>& values, Language language) {
  const rdf::Term* best = nullptr;
  int best_rank = 0;
  for (const rdf::Term& value : values) {
    if (!value.is_literal()) continue;
    const bool fits = std::string_view(value.language).substr(0, 2) == tag_of(language);
    const int rank = fits ? 3 : (value.language.empty() ? 2 : 1);
    if (rank <= best_rank) continue;
    best = &value;
    best_rank = rank;
  }
  return best == nullptr ? std::nullopt : std::optional(*best);
}

}  // namespace scenograph::publish
