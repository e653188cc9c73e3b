#include <array>

#include "publish/internal/template.hpp"
#include "publish/pages.hpp"

namespace scenograph::publish {

namespace {

constexpr std::string_view example = R"({
  "@context": "https://schema.org",
  "@id": "https://venue.example/event/1",
  "@type": "TheaterEvent",
  "name": "Phèdre",
  "startDate": "2026-03-14T20:00:00+01:00",
  "location": {"@type": "Place", "name": "Grande salle"}
})";

constexpr std::array operations = {"expand", "compact", "flatten", "frame", "to-rdf", "from-rdf"};

}  // namespace

std::string jsonld_page(const Site& site, Language language) {
  DataList list;
  for (const char* operation : operations) list.push_back(object({{"name", operation}}));
  Data data = object({{"example", std::string(example)}, {"base", site.base_iri}});
  set_list(data, "operations", std::move(list));
  Frame frame;
  frame.title = "JSON-LD";
  frame.description = std::string(text(language, "jsonld_lead"));
  frame.path = "/jsonld";
  return render_page("jsonld", site, language, frame, std::move(data));
}

}  // namespace scenograph::publish
