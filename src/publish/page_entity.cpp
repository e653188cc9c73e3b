#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/utf8.hpp"
#include "publish/internal/cards.hpp"
#include "publish/internal/quality_data.hpp"
#include "publish/json_ld.hpp"
#include "publish/pages.hpp"
#include "rdf/vocab.hpp"
#include "syntax/format.hpp"

namespace scenograph::publish {

namespace {

constexpr std::size_t max_facts = 500;
constexpr std::size_t max_incoming = 2000;
constexpr std::size_t shown_events = 50;
constexpr std::size_t max_depth = 4;

class EntityPage {
 public:
  EntityPage(const Site& site, const Source& source, std::string_view iri, Language language)
      : site_(site),
        source_(source),
        facts_(source.view, source.readable),
        cards_(site, facts_, language),
        language_(language),
        entity_(rdf::Term::iri(iri)) {}

  bool exists() const { return facts_.knows(entity_); }

  std::string page(const EntityQuality* quality) {
    Data data = head();
    add_event(data);
    add_place(data);
    add_people(data);
    add_agenda(data);
    data.set("facts", facts_table(entity_, 0));
    add_sources(data);
    add_formats(data);
    data.set("snippet", embed_snippet(site_, entity_.value));
    data.set("quality", quality == nullptr ? Data(false) : quality_of(*quality));
    return render_page("entity", site_, language_, frame(), std::move(data));
  }

  std::string preview() {
    Data data = head();
    add_event(data);
    add_place(data);
    Frame frame;
    frame.title = cards_.title(entity_);
    frame.bare = true;
    frame.index = false;
    return render_page("preview", site_, language_, frame, std::move(data));
  }

 private:
  /// The entity; for a performance also its run and its show, which tell what it leaves out.
  std::vector<rdf::Term> tellers() const {
    std::vector<rdf::Term> out = {entity_};
    for (const char* predicate : {"superEvent", "workPerformed"}) {
      if (auto other = facts_.value(entity_, schema(predicate))) out.push_back(std::move(*other));
    }
    return out;
  }

  /// In another language where there is none in the page's; empty if nothing is told.
  rdf::Term description() const {
    for (const rdf::Term& teller : tellers()) {
      for (const char* predicate : {"description", "abstract", "disambiguatingDescription"}) {
        const auto found = in_language(facts_.values(teller, schema(predicate)), language_);
        if (found && !found->value.empty()) return *found;
      }
    }
    return in_language(facts_.values(entity_, rdf::rdfs::comment), language_).value_or(rdf::Term::literal(""));
  }

  Frame frame() const {
    Frame out;
    out.title = cards_.title(entity_);
    out.description = base::cut_utf8(description().value, 200);
    out.path = page_path(site_, entity_.value);
    out.canonical = local_part(site_, entity_.value) ? site_.base_iri + out.path.substr(1) : "";
    out.json_ld = page_json_ld(source_.view, source_.readable, site_, entity_.value, tag_of(language_));
    for (const auto format :
         {syntax::Format::JsonLd, syntax::Format::Turtle, syntax::Format::NTriples, syntax::Format::RdfXml}) {
      out.alternates.emplace_back(std::string(syntax::media_type(format)),
                                  data_path(site_, entity_.value, syntax::extension_of(format)));
    }
    return out;
  }

  Data head() const {
    Data out = object({{"title", cards_.title(entity_)}, {"iri", entity_.value}, {"href", cards_.href(entity_)}});
    set_text(out, "type", cards_.type_text(entity_));
    const rdf::Term about = description();
    set_text(out, "about", about.value);
    set_text(out, "about_language", about.language == tag_of(language_) ? "" : about.language);
    const auto image = facts_.value(entity_, schema("image"));
    if (image && image->value.starts_with("https://")) out.set("image", image->value);
    const auto url = facts_.value(entity_, schema("url"));
    if (url && is_web_address(url->value)) out.set("website", url->value);
    return out;
  }

  void add_event(Data& data) const {
    set_text(data, "when", cards_.when(entity_));
    if (auto changed = cards_.status(entity_)) data.set("status", *changed);
    DataList places;
    for (const rdf::Term& place : facts_.values(entity_, schema("location"))) {
      Data entry = cards_.link(place);
      set_text(entry, "address", cards_.address(place));
      places.push_back(std::move(entry));
    }
    set_list(data, "places", std::move(places));
    set_list(data, "offers", cards_.offers(entity_));
  }

  void add_place(Data& data) const {
    set_text(data, "address", cards_.address(entity_));
    const auto geo = facts_.value(entity_, schema("geo"));
    if (!geo) return;
    const std::string latitude = facts_.text(*geo, schema("latitude"), language_);
    const std::string longitude = facts_.text(*geo, schema("longitude"), language_);
    if (!latitude.empty() && !longitude.empty()) data.set("geo", latitude + ", " + longitude);
  }

  void add_people(Data& data) const {
    struct Group {
      const char* title;
      std::initializer_list<const char*> predicates;
    };
    const Group groups[] = {{"work", {"workPerformed"}},
                            {"series", {"superEvent"}},
                            {"authors", {"author", "creator", "composer", "lyricist", "librettist"}},
                            {"directors", {"director"}},
                            {"performers", {"performer", "actor"}},
                            {"contributors", {"contributor"}},
                            {"organizers", {"organizer", "producer", "funder", "sponsor"}},
                            {"contained", {"containedInPlace", "parentOrganization", "memberOf"}}};
    DataList out;
    const auto sources = tellers();
    for (const Group& group : groups) {
      DataList items;
      for (auto source = sources.begin(); items.empty() && source != sources.end(); ++source) {
        items = cards_.links(*source, group.predicates);
      }
      if (items.empty()) continue;
      Data entry = object({{"label", std::string(text(language_, std::string("group_") + group.title))}});
      entry.set("items", Data(std::move(items)));
      out.push_back(std::move(entry));
    }
    if (auto shows = show_links(); !shows.empty()) {
      Data entry = object({{"label", std::string(text(language_, "group_shows"))}});
      entry.set("items", Data(std::move(shows)));
      out.push_back(std::move(entry));
    }
    set_list(data, "groups", std::move(out));
  }

  /// The works that name a person or company, through their roles too.
  std::vector<rdf::Term> shows() const {
    std::set<rdf::Term> out;
    if (kind_of(facts_.types(entity_)) != Kind::Agent) return {};
    for (Fact& fact : facts_.pointing_at(entity_, max_incoming)) {
      rdf::Term owner = cards_.owner(std::move(fact.subject));
      if (kind_of(facts_.types(owner)) == Kind::Work) out.insert(std::move(owner));
    }
    return {out.begin(), out.end()};
  }

  DataList show_links() const {
    DataList out;
    for (const rdf::Term& show : shows()) {
      if (out.size() < shown_events) out.push_back(cards_.link(show));
    }
    return out;
  }

  /// Events that have to do with the entity: at the venue, of the run, by the company, of the show.
  std::vector<rdf::Term> related_events() const {
    std::vector<rdf::Term> out = facts_.values(entity_, schema("subEvent"));
    for (const rdf::Term& room : facts_.subjects(schema("containedInPlace"), entity_, shown_events)) {
      for (auto& event : facts_.subjects(schema("location"), room, max_incoming)) out.push_back(std::move(event));
    }
    for (Fact& fact : facts_.pointing_at(entity_, max_incoming)) out.push_back(cards_.owner(std::move(fact.subject)));
    for (const rdf::Term& show : shows()) {
      for (auto& event : facts_.subjects(schema("workPerformed"), show, max_incoming)) out.push_back(std::move(event));
    }
    std::erase_if(out, [&](const rdf::Term& term) {
      if (term == entity_) return true;
      const Kind kind = kind_of(facts_.types(term));
      return kind != Kind::Event && kind != Kind::Series;
    });
    // A run stands behind its performances where those are listed too.
    const Kind kind = kind_of(facts_.types(entity_));
    if (kind == Kind::Work || kind == Kind::Agent) add_dates_of_runs(out);
    if (kind == Kind::Place) {
      std::erase_if(out, [&](const rdf::Term& term) { return kind_of(facts_.types(term)) == Kind::Series; });
    }
    return out;
  }

  /// Puts the dates of each run in its place: what names the show is often the run alone.
  void add_dates_of_runs(std::vector<rdf::Term>& events) const {
    std::vector<rdf::Term> dates;
    std::erase_if(events, [&](const rdf::Term& event) {
      if (kind_of(facts_.types(event)) != Kind::Series) return false;
      const std::size_t before = dates.size();
      for (auto& date : facts_.values(event, schema("subEvent"))) dates.push_back(std::move(date));
      for (auto& date : facts_.subjects(schema("superEvent"), event, max_incoming)) dates.push_back(std::move(date));
      return dates.size() > before;
    });
    std::move(dates.begin(), dates.end(), std::back_inserter(events));
  }

  void add_agenda(Data& data) const {
    if (kind_of(facts_.types(entity_)) == Kind::Event) return;
    Agenda agenda = make_agenda(cards_, related_events(), shown_events);
    data.set("at_place", kind_of(facts_.types(entity_)) == Kind::Place);
    data.set("coming_count", std::to_string(agenda.coming_count));
    data.set("past_count", std::to_string(agenda.past_count));
    set_list(data, "coming", std::move(agenda.coming));
    set_list(data, "past", std::move(agenda.past));
  }

  /// The facts of a node as an HTML table, nested nodes as tables within.
  std::string facts_table(const rdf::Term& node, std::size_t depth) {
    DataList rows;
    const std::string* last = nullptr;
    DataList values;
    auto facts = facts_.about(node, max_facts);
    const auto is_type = [](const Fact& fact) { return fact.predicate.value == rdf::rdf::type; };
    const auto types = std::find_if(facts.begin(), facts.end(), is_type);
    std::stable_sort(types, std::find_if_not(types, facts.end(), is_type), [](const Fact& a, const Fact& b) {
      return generality(a.object.value) < generality(b.object.value);
    });
    const auto flush = [&] {
      if (last == nullptr) return;
      Data row = object({{"label", cards_.label(*last)}, {"iri", *last}});
      row.set("values", Data(std::exchange(values, {})));
      rows.push_back(std::move(row));
    };
    for (const Fact& fact : facts) {
      if (last == nullptr || *last != fact.predicate.value) flush();
      last = &fact.predicate.value;
      values.push_back(value_data(fact, depth));
    }
    flush();
    Data data = object({});
    data.set("rows", Data(std::move(rows)));
    return render("facts", language_, std::move(data));
  }

  Data value_data(const Fact& fact, std::size_t depth) {
    const rdf::Term& value = fact.object;
    Data out = object({});
    for (const char* name : {"nested", "text", "href", "language", "exact", "marks"}) set_text(out, name, "");
    const bool nested = value.is_blank() || is_part(site_, value.value);
    if (nested && depth < max_depth) {
      out.set("nested", facts_table(value, depth + 1));
    } else if (value.is_literal()) {
      out.set("text", value.value);
      set_text(out, "language", value.language);
      if (const auto moment = to_moment(value); moment && !value.datatype.empty()) {
        out.set("text", to_text(*moment, language_));
        out.set("exact", value.value);
      }
    } else {
      out.set("text", value.is_iri() ? cards_.short_text(value.value) : cards_.title(value));
      set_text(out, "href", cards_.href(value));
    }
    if (depth == 0) out.set("marks", source_marks(fact.graphs));
    return out;
  }

  /// "1, 3": numbers of the sources that state a fact, in the order they are listed.
  std::string source_marks(const std::vector<rdf::Term>& graphs) {
    std::string out;
    for (const rdf::Term& graph : graphs) {
      const auto at = std::find(sources_.begin(), sources_.end(), graph);
      out += fmt::format("{}{}", out.empty() ? "" : ", ", at - sources_.begin() + 1);
      if (at == sources_.end()) sources_.push_back(graph);
    }
    return out;
  }

  void add_sources(Data& data) const {
    DataList out;
    for (const rdf::Term& graph : sources_) {
      Data entry = object({{"number", std::to_string(out.size() + 1)}});
      set_text(
          entry, "name",
          graph.is_default_graph() ? std::string(text(language_, "default_graph")) : facts_.name(graph, language_));
      set_text(entry, "iri", graph.is_iri() ? graph.value : "");
      set_text(entry, "href", graph.is_iri() && facts_.knows(graph) ? cards_.href(graph) : "");
      set_text(entry, "modified", facts_.text(graph, "http://purl.org/dc/terms/modified", language_));
      out.push_back(std::move(entry));
    }
    set_list(data, "sources", std::move(out));
  }

  Data quality_of(const EntityQuality& quality) const {
    Data out = quality_data(quality.scores, quality.advice, language_);
    out.set("badge", with_language(badge_path(site_, entity_.value), language_));
    out.set("badge_snippet", badge_snippet(site_, entity_.value, page_path(site_, entity_.value), language_));
    return out;
  }

  void add_formats(Data& data) const {
    struct Named {
      const char* name;
      syntax::Format format;
    };
    constexpr std::array<Named, 4> formats = {{{"Turtle", syntax::Format::Turtle},
                                               {"JSON-LD", syntax::Format::JsonLd},
                                               {"N-Triples", syntax::Format::NTriples},
                                               {"RDF/XML", syntax::Format::RdfXml}}};
    DataList out;
    for (const auto& [name, format] : formats) {
      out.push_back(object({{"name", name}, {"href", data_path(site_, entity_.value, syntax::extension_of(format))}}));
    }
    data.set("formats", Data(std::move(out)));
  }

  const Site& site_;
  const Source& source_;
  Facts facts_;
  Cards cards_;
  Language language_;
  rdf::Term entity_;
  std::vector<rdf::Term> sources_;
};

}  // namespace

std::optional<std::string> entity_page(const Site& site, const Source& source, std::string_view iri, Language language,
                                       const EntityQuality* quality) {
  EntityPage page(site, source, iri, language);
  return page.exists() ? std::optional(page.page(quality)) : std::nullopt;
}

std::optional<std::string> preview_page(const Site& site, const Source& source, std::string_view iri,
                                        Language language) {
  EntityPage page(site, source, iri, language);
  return page.exists() ? std::optional(page.preview()) : std::nullopt;
}

}  // namespace scenograph::publish
