#include "publish/internal/cards.hpp"
#include "publish/pages.hpp"
#include "rdf/iri.hpp"

namespace scenograph::publish {

namespace {

constexpr std::size_t shown_results = 40;
constexpr double min_score = 35;

DataList results(const Facts& facts, const Cards& cards, const search::NameIndex& names, std::string_view query) {
  search::LookupOptions options;
  options.limit = shown_results;
  options.min_score = min_score;
  DataList out;
  for (const auto& candidate : names.lookup(query, options)) {
    const rdf::Term entity = rdf::Term::iri(candidate.iri);
    if (!facts.knows(entity)) continue;  // the names may be those of an earlier commit
    Data entry = object({{"name", cards.title(entity)}, {"href", cards.href(entity)}});
    set_text(entry, "type", cards.type_text(entity));
    set_text(entry, "when", cards.when(entity));
    const auto place = facts.value(entity, schema("location"));
    set_text(entry, "address", place ? cards.title(*place) : cards.address(entity));
    set_text(entry, "also", candidate.name != cards.title(entity) ? candidate.name : "");
    out.push_back(std::move(entry));
  }
  return out;
}

}  // namespace

std::string search_page(const Site& site, const Source& source, const search::NameIndex& names, std::string_view query,
                        Language language) {
  const Facts facts(source.view, source.readable);
  const Cards cards(site, facts, language);
  Data data = object({});
  Frame frame;
  frame.title = std::string(text(language, "search"));
  frame.path = "/search";
  frame.index = false;
  if (!query.empty()) {
    data.set("query", std::string(query));
    DataList found = results(facts, cards, names, query);
    data.set("count", std::to_string(found.size()));
    set_list(data, "results", std::move(found));
    frame.title = std::string(query) + " – " + frame.title;
    frame.path += "?q=" + rdf::encode_iri_component(query);
  }
  return render_page("search", site, language, frame, std::move(data));
}

}  // namespace scenograph::publish
