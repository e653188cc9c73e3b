#include "publish/internal/cards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "publish/internal/prices.hpp"
#include "rdf/vocab.hpp"
#include "syntax/prefixes.hpp"

namespace scenograph::publish {

namespace {

struct KindOfType {
  std::string_view type;
  Kind kind;
};

/// schema.org's classes by the layout they get, by name.
constexpr KindOfType kinds[] = {{"ChildrensEvent", Kind::Event},
                                {"ComedyEvent", Kind::Event},
                                {"CreativeWork", Kind::Work},
                                {"DanceEvent", Kind::Event},
                                {"DanceGroup", Kind::Agent},
                                {"EducationEvent", Kind::Event},
                                {"Event", Kind::Event},
                                {"EventSeries", Kind::Series},
                                {"EventVenue", Kind::Place},
                                {"ExhibitionEvent", Kind::Event},
                                {"Festival", Kind::Series},
                                {"LiteraryEvent", Kind::Event},
                                {"MusicComposition", Kind::Work},
                                {"MusicEvent", Kind::Event},
                                {"MusicGroup", Kind::Agent},
                                {"MusicVenue", Kind::Place},
                                {"NGO", Kind::Agent},
                                {"Organization", Kind::Agent},
                                {"PerformingArtsEvent", Kind::Event},
                                {"PerformingArtsTheater", Kind::Place},
                                {"PerformingGroup", Kind::Agent},
                                {"Person", Kind::Agent},
                                {"Place", Kind::Place},
                                {"Play", Kind::Work},
                                {"Room", Kind::Place},
                                {"ScreeningEvent", Kind::Event},
                                {"SocialEvent", Kind::Event},
                                {"TheaterEvent", Kind::Event},
                                {"TheaterGroup", Kind::Agent},
                                {"VisualArtsEvent", Kind::Event}};

constexpr std::array<const char*, 12> role_predicates = {"performer", "actor",       "director",   "musicBy",
                                                         "author",    "contributor", "composer",   "creator",
                                                         "organizer", "producer",    "translator", "member"};

std::string after_last(std::string_view iri) {
  while (iri.ends_with('/') || iri.ends_with('#')) iri.remove_suffix(1);
  const std::size_t at = iri.find_last_of("/#");
  return std::string(at == std::string_view::npos ? iri : iri.substr(at + 1));
}

}  // namespace

std::string schema(std::string_view name) { return std::string(rdf::schema::ns).append(name); }

Kind kind_of(const std::vector<std::string>& types) {
  std::optional<Kind> found;
  for (const std::string_view type : types) {
    if (!type.starts_with(rdf::schema::ns)) continue;
    const std::string_view name = type.substr(rdf::schema::ns.size());
    for (const auto& entry : kinds) {
      if (entry.type != name) continue;
      if (entry.kind == Kind::Series) return Kind::Series;
      if (!found) found = entry.kind;
    }
  }
  return found.value_or(Kind::Other);
}

bool Cards::is_nested(const rdf::Term& term) const {
  return term.is_blank() || (term.is_iri() && is_part(site_, term.value));
}

std::string Cards::title(const rdf::Term& entity) const {
  if (!entity.is_iri() && !entity.is_blank()) return entity.value;
  std::string name = facts_.name(entity, language_);
  if (!name.empty()) return name;
  return entity.is_iri() ? after_last(entity.value) : "…";
}

std::string Cards::label(const std::string& iri) const {
  const auto short_name = syntax::shorten(syntax::usual_prefixes(), iri);
  if (short_name) {
    const std::string_view known = find_text(language_, *short_name);
    if (!known.empty()) return std::string(known);
  }
  const std::string name = facts_.name(rdf::Term::iri(iri), language_);
  if (!name.empty()) return name;
  return short_name.value_or(after_last(iri));
}

std::string Cards::short_text(const std::string& iri) const {
  const std::string known = label(iri);
  const bool is_named = known.find(':') == std::string::npos && known != after_last(iri);
  return is_named || !facts_.name(rdf::Term::iri(iri), language_).empty() ? known : iri;
}

std::string Cards::type_text(const rdf::Term& entity) const {
  std::vector<std::string> labels;
  for (const auto& type : facts_.types(entity)) {
    const std::string text = label(type);
    if (std::find(labels.begin(), labels.end(), text) == labels.end()) labels.push_back(text);
  }
  std::string out;
  for (std::size_t i = 0; i < std::min<std::size_t>(labels.size(), 3); ++i) out += (i == 0 ? "" : " · ") + labels[i];
  return out;
}

std::string Cards::href(const rdf::Term& term) const {
  if (!term.is_iri()) return "";
  if (facts_.knows(term)) return with_language(page_path(site_, term.value), language_);
  return is_web_address(term.value) ? term.value : "";
}

/// The person or organisation behind a role node, which repeats the property that led to it; else the node.
rdf::Term Cards::player(const rdf::Term& role) const {
  for (const char* predicate : role_predicates) {
    if (auto who = facts_.value(role, schema(predicate))) return *who;
  }
  return role;
}

Data Cards::link(const rdf::Term& value) const {
  if (value.is_literal()) {
    Data text = object({{"name", value.value}});
    set_text(text, "href", "");
    set_text(text, "note", "");
    return text;
  }
  const bool is_role = is_nested(value) && facts_.name(value, language_).empty();
  const rdf::Term who = is_role ? player(value) : value;
  Data out = object({{"name", title(who)}});
  set_text(out, "href", href(who));
  std::string note;
  if (is_role) {
    for (const char* predicate : {"characterName", "roleName"}) {
      if (note.empty()) note = facts_.text(value, schema(predicate), language_);
    }
    if (const auto function = facts_.value(value, "https://w3id.org/scenograph/ontology#function")) {
      if (note.empty()) note = title(*function);
    }
  }
  set_text(out, "note", note);
  return out;
}

DataList Cards::links(const rdf::Term& entity, std::initializer_list<const char*> predicates) const {
  constexpr std::size_t most = 100;
  DataList out;
  std::set<rdf::Term> seen;
  for (const char* predicate : predicates) {
    for (const rdf::Term& value : facts_.values(entity, schema(predicate))) {
      if (out.size() < most && seen.insert(value).second) out.push_back(link(value));
    }
  }
  return out;
}

std::string Cards::address(const rdf::Term& place) const {
  const auto node = facts_.value(place, schema("address"));
  if (!node) return "";
  if (node->is_literal()) return node->value;
  const auto part = [&](const char* name) { return facts_.text(*node, schema(name), language_); };
  std::string out = part("streetAddress");
  std::string town = part("postalCode");
  if (const std::string locality = part("addressLocality"); !locality.empty()) {
    town += (town.empty() ? "" : " ") + locality;
  }
  for (const std::string& next : {town, part("addressCountry")}) {
    if (!next.empty()) out += (out.empty() ? "" : ", ") + next;
  }
  return out;
}

std::optional<Moment> Cards::moment(const rdf::Term& event, std::string_view predicate) const {
  for (const rdf::Term& value : facts_.values(event, schema(predicate))) {
    if (const auto found = to_moment(value)) return found;
  }
  return std::nullopt;
}

std::string Cards::when(const rdf::Term& event) const {
  const auto from = start(event);
  if (!from) return "";
  const auto to = moment(event, "endDate");
  return to ? to_text(*from, *to, language_) : to_text(*from, language_);
}

std::optional<Data> Cards::status(const rdf::Term& event) const {
  const auto value = facts_.value(event, schema("eventStatus"));
  if (!value || !value->is_iri()) return std::nullopt;
  const std::string name = after_last(value->value);
  if (name == "EventScheduled") return std::nullopt;
  return object({{"text", label(schema(name))}, {"tone", name == "EventCancelled" ? "bad" : "warn"}});
}

Data Cards::event(const rdf::Term& event) const {
  Data out = object({{"name", title(event)}, {"href", href(event)}});
  const auto from = start(event);
  if (from) {
    out.set("day", std::to_string(from->value.day));
    out.set("month", short_month(*from, language_));
    out.set("year", std::to_string(from->value.year));
    rdf::DateTime day = from->value;
    day.offset_minutes.reset();
    out.set("iso", rdf::format_date(day));
  }
  set_text(out, "time", from ? time_text(*from, language_) : "");
  auto place = facts_.value(event, schema("location"));
  if (!place) {
    if (const auto series = facts_.value(event, schema("superEvent")))
      place = facts_.value(*series, schema("location"));
  }
  set_text(out, "place", place ? title(*place) : "");
  auto changed = status(event);
  out.set("status", changed ? *changed : Data(false));
  return out;
}

std::string Cards::price(const rdf::Term& offer) const {
  const auto part = [&](const char* name) { return facts_.text(offer, schema(name), language_); };
  const std::string currency = part("priceCurrency");
  const std::string amount = part("price");
  return amount.empty() ? price_text(part("lowPrice"), part("highPrice"), currency, language_)
                        : price_text(amount, currency, language_);
}

DataList Cards::offers(const rdf::Term& event) const {
  DataList out;
  for (const rdf::Term& offer : facts_.values(event, schema("offers"))) {
    Data entry = object({});
    set_text(entry, "price", price(offer));
    set_text(entry, "name", facts_.name(offer, language_));
    const auto available = facts_.value(offer, schema("availability"));
    set_text(entry, "availability",
             available && available->is_iri() ? label(schema(after_last(available->value))) : "");
    const auto url = facts_.value(offer, schema("url"));
    set_text(entry, "href", url && is_web_address(url->value) ? url->value : "");
    out.push_back(std::move(entry));
  }
  return out;
}

rdf::Term Cards::owner(rdf::Term node) const {
  constexpr int most_levels = 4;
  for (int level = 0; level < most_levels && is_nested(node); ++level) {
    const auto above = facts_.pointing_at(node, 1);
    if (above.empty()) break;
    node = above.front().subject;
  }
  return node;
}

Agenda make_agenda(const Cards& cards, std::vector<rdf::Term> candidates, std::size_t limit) {
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  struct Dated {
    std::int64_t seconds;
    rdf::Term event;
  };
  std::vector<Dated> coming;
  std::vector<Dated> past;
  const std::int64_t now = today();
  for (rdf::Term& event : candidates) {
    const auto from = cards.start(event);
    if (!from) continue;
    (day_of(*from) >= now ? coming : past).push_back({rdf::local_seconds(from->value), std::move(event)});
  }
  std::stable_sort(coming.begin(), coming.end(), [](const auto& a, const auto& b) { return a.seconds < b.seconds; });
  std::stable_sort(past.begin(), past.end(), [](const auto& a, const auto& b) { return a.seconds > b.seconds; });
  Agenda out;
  out.coming_count = coming.size();
  out.past_count = past.size();
  for (std::size_t i = 0; i < std::min(limit, coming.size()); ++i) out.coming.push_back(cards.event(coming[i].event));
  for (std::size_t i = 0; i < std::min(limit, past.size()); ++i) out.past.push_back(cards.event(past[i].event));
  return out;
}

}  // namespace scenograph::publish
