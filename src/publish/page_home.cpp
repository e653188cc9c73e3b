#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/progress.hpp"
#include "publish/internal/cards.hpp"
#include "publish/pages.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::publish {

namespace {

constexpr std::size_t shown_events = 12;

using Pairs = std::vector<std::pair<store::TermId, store::TermId>>;

/// Subjects and objects of a predicate, each once.
Pairs pairs_of(const Source& source, std::string_view predicate) {
  Pairs out;
  const auto id = source.view.find(rdf::Term::iri(predicate));
  if (!id) return out;
  const auto rows = source.view.scan({{{}, *id, {}, {}}, store::Order::Posg, source.readable, true});
  store::QuadBatch batch;
  while (rows->next(batch)) {
    for (std::size_t row = 0; row < batch.size; ++row) out.emplace_back(batch.columns[0][row], batch.columns[2][row]);
  }
  return out;
}

/// How many entities there are of each kind.
std::map<Kind, std::uint64_t> count_kinds(const Source& source) {
  std::unordered_map<store::TermId, Kind> kind_of_type;
  std::map<Kind, std::set<store::TermId>> entities;
  for (const auto& [subject, type] : pairs_of(source, rdf::rdf::type)) {
    const auto [known, is_new] = kind_of_type.try_emplace(type, Kind::Other);
    if (is_new) known->second = kind_of({source.view.term(type).value});
    if (known->second != Kind::Other) entities[known->second].insert(subject);
  }
  std::map<Kind, std::uint64_t> out;
  for (const auto& [kind, members] : entities) out[kind] = members.size();
  return out;
}

/// The next performances, soonest first; the latest ones if none is to come.
std::vector<rdf::Term> next_events(const Source& source, const Facts& facts) {
  const auto starts = pairs_of(source, schema("startDate"));
  std::vector<store::TermId> objects;
  objects.reserve(starts.size());
  for (const auto& [subject, object] : starts) objects.push_back(object);
  const auto terms = source.view.terms(objects);
  std::vector<std::pair<std::int64_t, store::TermId>> coming;
  std::vector<std::pair<std::int64_t, store::TermId>> past;
  const std::int64_t now = today();
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const auto moment = to_moment(terms[i]);
    if (!moment) continue;
    const std::int64_t seconds = rdf::local_seconds(moment->value);
    if (day_of(*moment) >= now) {
      coming.emplace_back(seconds, starts[i].first);
    } else {
      past.emplace_back(-seconds, starts[i].first);
    }
  }
  auto& chosen = coming.empty() ? past : coming;
  std::sort(chosen.begin(), chosen.end());
  std::vector<rdf::Term> out;
  for (const auto& [seconds, id] : chosen) {
    if (out.size() == shown_events) break;
    rdf::Term event = source.view.term(id);
    if (event.is_iri() && kind_of(facts.types(event)) == Kind::Event) out.push_back(std::move(event));
  }
  return out;
}

DataList count_data(const Source& source, Language language) {
  struct Row {
    Kind kind;
    const char* key;
  };
  constexpr Row rows[] = {{Kind::Event, "count_events"},
                          {Kind::Series, "count_series"},
                          {Kind::Work, "count_works"},
                          {Kind::Place, "count_places"},
                          {Kind::Agent, "count_agents"}};
  const auto counts = count_kinds(source);
  DataList out;
  for (const Row& row : rows) {
    const auto at = counts.find(row.kind);
    if (at == counts.end()) continue;
    std::string number = base::with_thousands(at->second);
    if (language == Language::French) {
      for (std::size_t comma = 0; (comma = number.find(',')) != std::string::npos;) number.replace(comma, 1, "\u202F");
    }
    out.push_back(object({{"number", number}, {"label", std::string(text(language, row.key))}}));
  }
  return out;
}

}  // namespace

std::string home_page(const Site& site, const Source& source, Language language) {
  const Facts facts(source.view, source.readable);
  const Cards cards(site, facts, language);
  Agenda agenda = make_agenda(cards, next_events(source, facts), shown_events);
  Data data = object({{"base", site.base_iri}});
  set_list(data, "counts", count_data(source, language));
  data.set("is_coming", !agenda.coming.empty());
  set_list(data, "events", std::move(agenda.coming.empty() ? agenda.past : agenda.coming));
  Frame frame;
  frame.description = std::string(text(language, "home_lead"));
  frame.path = "/";
  frame.canonical = site.base_iri;
  return render_page("home", site, language, frame, std::move(data));
}

}  // namespace scenograph::publish
