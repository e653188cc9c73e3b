#include "search/internal/name_reader.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <span>
#include <string_view>

#include "base/checked_sort.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::search {

namespace {

using store::TermId;

constexpr std::array<std::string_view, 5> name_predicates = {
    "http://schema.org/name", "http://schema.org/alternateName", rdf::rdfs::label,
    "http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2004/02/skos/core#altLabel"};

/// What describes data rather than the world: nobody looks for these by name.
constexpr std::array<std::string_view, 12> left_out_types = {rdf::owl::Class,
                                                             "http://www.w3.org/2002/07/owl#ObjectProperty",
                                                             "http://www.w3.org/2002/07/owl#DatatypeProperty",
                                                             "http://www.w3.org/2002/07/owl#AnnotationProperty",
                                                             "http://www.w3.org/2002/07/owl#Ontology",
                                                             rdf::rdfs::Class,
                                                             "http://www.w3.org/2000/01/rdf-schema#Datatype",
                                                             "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property",
                                                             "http://www.w3.org/2004/02/skos/core#ConceptScheme",
                                                             "http://www.w3.org/ns/shacl#NodeShape",
                                                             "http://www.w3.org/ns/shacl#PropertyShape",
                                                             "http://www.w3.org/ns/shacl#PropertyGroup"};

/// schema.org's own hierarchy where a performing-arts graph needs it (release 29.4, and its pending part).
constexpr std::array<std::array<std::string_view, 2>, 52> schema_hierarchy = {{
    {"BusinessEvent", "Event"},
    {"ChildrensEvent", "Event"},
    {"ComedyEvent", "Event"},
    {"CourseInstance", "Event"},
    {"DanceEvent", "Event"},
    {"EducationEvent", "Event"},
    {"EventSeries", "Event"},
    {"ExhibitionEvent", "Event"},
    {"Festival", "Event"},
    {"FoodEvent", "Event"},
    {"LiteraryEvent", "Event"},
    {"MusicEvent", "Event"},
    {"PublicationEvent", "Event"},
    {"ScreeningEvent", "Event"},
    {"SocialEvent", "Event"},
    {"TheaterEvent", "Event"},
    {"VisualArtsEvent", "Event"},
    {"PerformingArtsEvent", "Event"},
    {"Play", "CreativeWork"},
    {"MusicComposition", "CreativeWork"},
    {"Book", "CreativeWork"},
    {"Movie", "CreativeWork"},
    {"MusicRecording", "CreativeWork"},
    {"ShortStory", "CreativeWork"},
    {"TheaterPlay", "CreativeWork"},
    {"PerformingArtsTheater", "CivicStructure"},
    {"MusicVenue", "CivicStructure"},
    {"EventVenue", "CivicStructure"},
    {"StadiumOrArena", "CivicStructure"},
    {"MovieTheater", "CivicStructure"},
    {"Museum", "CivicStructure"},
    {"CivicStructure", "Place"},
    {"Accommodation", "Place"},
    {"Room", "Accommodation"},
    {"MeetingRoom", "Room"},
    {"LandmarksOrHistoricalBuildings", "Place"},
    {"AdministrativeArea", "Place"},
    {"City", "AdministrativeArea"},
    {"Country", "AdministrativeArea"},
    {"State", "AdministrativeArea"},
    {"TouristAttraction", "Place"},
    {"LocalBusiness", "Organization"},
    {"LocalBusiness", "Place"},
    {"PerformingGroup", "Organization"},
    {"DanceGroup", "PerformingGroup"},
    {"MusicGroup", "PerformingGroup"},
    {"TheaterGroup", "PerformingGroup"},
    {"EducationalOrganization", "Organization"},
    {"GovernmentOrganization", "Organization"},
    {"NGO", "Organization"},
    {"Corporation", "Organization"},
    {"Library", "LocalBusiness"},
}};

class Reader {
 public:
  Reader(const store::View& view, const store::GraphSet& readable, const IndexOptions& options)
      : view_(view), readable_(readable), options_(options) {}

  NamedEntities read() {
    for (const auto predicate : name_predicates) {
      scan(predicate, [&](TermId subject, TermId object) { names_.emplace_back(subject, object); });
    }
    sort(names_);
    names_.erase(std::unique(names_.begin(), names_.end()), names_.end());
    read_types();
    drop_left_out();
    NamedEntities out;
    fill_entities(out);
    fill_names(out);
    fill_superclasses(out);
    return out;
  }

 private:
  using Pair = std::pair<TermId, TermId>;

  template <typename Items, typename Less = std::less<>>
  void sort(Items& items, const Less& less = {}) const {
    base::checked_sort(
        items.begin(), items.end(), [this] { stop_if_asked(options_.stop); }, less);
  }

  void scan(std::string_view predicate, const std::function<void(TermId, TermId)>& take) const {
    const auto id = view_.find(rdf::Term::iri(predicate));
    if (!id) return;
    const auto rows = view_.scan({{{}, *id, {}, {}}, store::Order::Psog, readable_, true});
    store::QuadBatch batch;
    while (rows->next(batch)) {
      stop_if_asked(options_.stop);
      const auto subjects = batch.column(store::Position::Subject);
      const auto objects = batch.column(store::Position::Object);
      for (std::size_t i = 0; i < batch.size; ++i) {
        if (subjects[i].kind() == store::IdKind::Iri) take(subjects[i], objects[i]);
      }
    }
  }

  void list_subjects() {
    subjects_.clear();
    for (const auto& [subject, name] : names_) {
      if (subjects_.empty() || subjects_.back() != subject) subjects_.push_back(subject);
    }
  }

  void read_types() {
    list_subjects();
    scan(rdf::rdf::type, [&](TermId subject, TermId type) {
      if (std::binary_search(subjects_.begin(), subjects_.end(), subject)) types_.emplace_back(subject, type);
    });
    sort(types_);
  }

  std::span<const Pair> types_of(TermId subject) const {
    const auto [begin, end] = std::equal_range(types_.begin(), types_.end(), Pair(subject, {}),
                                               [](const Pair& a, const Pair& b) { return a.first < b.first; });
    return {begin, end};
  }

  void drop_left_out() {
    std::vector<TermId> unwanted;
    for (const auto type : left_out_types) {
      if (const auto id = view_.find(rdf::Term::iri(type))) unwanted.push_back(*id);
    }
    std::erase_if(names_, [&](const Pair& name) {
      stop_if_asked(options_.stop);
      const auto types = types_of(name.first);
      return std::any_of(types.begin(), types.end(), [&](const Pair& type) {
        return std::find(unwanted.begin(), unwanted.end(), type.second) != unwanted.end();
      });
    });
    if (names_.size() > options_.max_names) {
      base::log(base::LogLevel::Warning, "search-index-full",
                {{"names", static_cast<std::int64_t>(names_.size())},
                 {"kept", static_cast<std::int64_t>(options_.max_names)}});
      names_.resize(options_.max_names);
    }
    list_subjects();
  }

  void fill_entities(NamedEntities& out) {
    std::vector<std::string> iris = iris_of(subjects_);
    std::vector<std::uint32_t> order(subjects_.size());
    std::iota(order.begin(), order.end(), std::uint32_t{0});
    sort(order, [&](auto a, auto b) { return iris[a] < iris[b]; });
    entities_.assign(subjects_.size(), no_entity);
    std::map<std::vector<TermId>, std::uint32_t> known_sets;
    std::vector<TermId> types;
    for (const std::uint32_t at : order) {
      stop_if_asked(options_.stop);
      std::string& iri = iris[at];
      if (!options_.left_out.empty() && iri.starts_with(options_.left_out)) continue;
      entities_[at] = static_cast<std::uint32_t>(out.iris.size());
      out.iris.push_back(std::move(iri));
      types.clear();
      for (const Pair& type : types_of(subjects_[at])) types.push_back(type.second);
      const auto [set, is_new] = known_sets.try_emplace(types, static_cast<std::uint32_t>(known_sets.size()));
      if (is_new) out.sets.push_back(sorted_iris(types));
      out.type_sets.push_back(set->second);
    }
  }

  std::vector<std::string> iris_of(std::span<const TermId> ids) const {
    std::vector<std::string> out;
    out.reserve(ids.size());
    while (!ids.empty()) {
      stop_if_asked(options_.stop);
      const auto some = ids.subspan(0, std::min(terms_at_once, ids.size()));
      for (rdf::Term& term : view_.terms(some)) out.push_back(std::move(term.value));
      ids = ids.subspan(some.size());
    }
    return out;
  }

  std::vector<std::string> sorted_iris(std::span<const TermId> ids) const {
    std::vector<std::string> out = iris_of(ids);
    sort(out);
    return out;
  }

  void fill_names(NamedEntities& out) const {
    std::vector<TermId> ids;
    std::size_t subject = 0;
    for (std::size_t from = 0; from < names_.size(); from += terms_at_once) {
      stop_if_asked(options_.stop);
      const std::size_t count = std::min(terms_at_once, names_.size() - from);
      ids.clear();
      for (std::size_t i = 0; i < count; ++i) ids.push_back(names_[from + i].second);
      const auto terms = view_.terms(ids);
      for (std::size_t i = 0; i < count; ++i) {
        while (subjects_[subject] != names_[from + i].first) ++subject;
        const std::uint32_t entity = entities_[subject];
        if (entity != no_entity && terms[i].is_literal()) out.names.push_back({entity, terms[i].value});
      }
    }
    sort(out.names);
    out.names.erase(std::unique(out.names.begin(), out.names.end()), out.names.end());
  }

  void fill_superclasses(NamedEntities& out) const {
    for (const auto& [below, above] : schema_hierarchy) {
      out.superclasses[std::string(rdf::schema::ns).append(below)].insert(std::string(rdf::schema::ns).append(above));
    }
    scan(rdf::rdfs::subClassOf, [&](TermId below, TermId above) {
      if (above.kind() == store::IdKind::Iri) out.superclasses[view_.term(below).value].insert(view_.term(above).value);
    });
  }

  static constexpr std::size_t terms_at_once = 4096;
  static constexpr std::uint32_t no_entity = 0xFFFFFFFF;  // left out

  const store::View& view_;
  const store::GraphSet& readable_;
  const IndexOptions& options_;
  std::vector<Pair> names_;              ///< subjects and objects, ascending
  std::vector<TermId> subjects_;         ///< of names, ascending
  std::vector<Pair> types_;              ///< of subjects, ascending
  std::vector<std::uint32_t> entities_;  ///< of each subject: its index in the result
};

}  // namespace

void stop_if_asked(const std::stop_token& stop) {
  if (stop.stop_requested()) throw base::Error(base::Code::Cancelled, "the search index is no longer wanted");
}

NamedEntities read_names(const store::View& view, const store::GraphSet& readable, const IndexOptions& options) {
  return Reader(view, readable, options).read();
}

}  // namespace scenograph::search
