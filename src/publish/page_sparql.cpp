#include <array>

#include "publish/internal/template.hpp"
#include "publish/pages.hpp"

namespace scenograph::publish {

namespace {

struct Example {
  const char* title;  ///< key of its text
  const char* query;
};

constexpr std::array<Example, 4> examples = {{
    {"example_upcoming", R"(PREFIX schema: <http://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?event ?name ?start ?venue WHERE {
  ?event schema:startDate ?start ; schema:name ?name .
  OPTIONAL { ?event schema:location/schema:name ?venue }
  FILTER (str(?start) >= str(NOW()))
}
ORDER BY ?start
LIMIT 50)"},
    {"example_tours", R"(PREFIX schema: <http://schema.org/>
SELECT ?work ?title (COUNT(DISTINCT ?place) AS ?venues) WHERE {
  ?run schema:workPerformed ?work ; schema:location ?place .
  ?work schema:name ?title .
}
GROUP BY ?work ?title
ORDER BY DESC(?venues) ?title
LIMIT 50)"},
    {"example_venues", R"(PREFIX schema: <http://schema.org/>
SELECT ?place ?name ?town (COUNT(?event) AS ?events) WHERE {
  ?event schema:location ?place .
  ?place schema:name ?name .
  OPTIONAL { ?place schema:address/schema:addressLocality ?town }
}
GROUP BY ?place ?name ?town
ORDER BY DESC(?events)
LIMIT 50)"},
    {"example_sources", R"(SELECT ?source (COUNT(*) AS ?statements) WHERE {
  GRAPH ?source { ?s ?p ?o }
}
GROUP BY ?source
ORDER BY DESC(?statements))"},
}};

}  // namespace

std::string sparql_page(const Site& site, std::string_view query, Language language) {
  DataList list;
  for (const Example& example : examples) {
    list.push_back(object({{"title", std::string(text(language, example.title))}, {"query", example.query}}));
  }
  Data data =
      object({{"query", query.empty() ? std::string(examples[0].query) : std::string(query)}, {"base", site.base_iri}});
  set_list(data, "examples", std::move(list));
  Frame frame;
  frame.title = "SPARQL";
  frame.description = std::string(text(language, "sparql_lead"));
  frame.path = "/sparql";
  return render_page("sparql", site, language, frame, std::move(data));
}

std::string_view content_security_policy(bool framed) noexcept {
  return framed ? "default-src 'none'; style-src 'self'; img-src 'self' https:; base-uri 'none'; form-action 'none'"
                : "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' https:; "
                  "base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
}

}  // namespace scenograph::publish
