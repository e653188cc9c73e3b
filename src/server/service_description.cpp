#include "server/internal/service_description.hpp"

#include <fmt/format.h>

#include <array>
#include <initializer_list>

#include "rdf/vocab.hpp"
#include "server/internal/graph_reply.hpp"
#include "sparql/functions.hpp"

namespace scenograph::server {

namespace {

constexpr std::string_view sd = "http://www.w3.org/ns/sparql-service-description#";
constexpr std::string_view formats = "http://www.w3.org/ns/formats/";

constexpr std::array<std::string_view, 8> result_formats = {"SPARQL_Results_JSON",
                                                            "SPARQL_Results_XML",
                                                            "SPARQL_Results_CSV",
                                                            "SPARQL_Results_TSV",
                                                            "Turtle",
                                                            "N-Triples",
                                                            "RDF_XML",
                                                            "JSON-LD"};
constexpr std::array<std::string_view, 6> load_formats = {"Turtle",  "N-Triples", "RDF_XML",
                                                          "JSON-LD", "N-Quads",   "TriG"};

class Description {
 public:
  explicit Description(const Services& services) : services_(services), snapshot_(services.store.snapshot()) {}

  std::vector<rdf::Triple> take() {
    describe_endpoint();
    describe_dataset();
    return std::move(triples_);
  }

 private:
  static rdf::Term term(std::string_view name) { return rdf::Term::iri(std::string(sd).append(name)); }
  rdf::Term fresh() { return rdf::Term::blank(fmt::format("d{}", ++blanks_)); }

  void add(const rdf::Term& subject, std::string_view predicate, const rdf::Term& object) {
    triples_.push_back({subject, term(predicate), object});
  }

  void add_type(const rdf::Term& subject, std::string_view type) {
    triples_.push_back({subject, rdf::Term::iri(rdf::rdf::type), term(type)});
  }

  template <typename Names>
  void add_formats(std::string_view predicate, const Names& names) {
    for (const std::string_view name : names) {
      add(service_, predicate, rdf::Term::iri(std::string(formats).append(name)));
    }
  }

  void describe_endpoint() {
    add_type(service_, "Service");
    add(service_, "endpoint", rdf::Term::iri(services_.site.base_iri + "sparql"));
    add(service_, "supportedLanguage", term("SPARQL10Query"));
    add(service_, "supportedLanguage", term("SPARQL11Query"));
    if (!services_.options.write_token.empty()) add(service_, "supportedLanguage", term("SPARQL11Update"));
    add(service_, "feature", term("UnionDefaultGraph"));
    if (services_.endpoints) add(service_, "feature", term("BasicFederatedQuery"));
    add(service_, "defaultEntailmentRegime", rdf::Term::iri("http://www.w3.org/ns/entailment/Simple"));
    add_formats("resultFormat", result_formats);
    if (services_.load) add_formats("inputFormat", load_formats);
    for (const std::string_view function : sparql::extension_functions()) {
      add(service_, "extensionFunction", rdf::Term::iri(function));
    }
  }

  void describe_dataset() {
    const rdf::Term dataset = fresh();
    const rdf::Term default_graph = fresh();
    add(service_, "defaultDataset", dataset);
    add_type(dataset, "Dataset");
    add(dataset, "defaultGraph", default_graph);
    add_type(default_graph, "Graph");
    const store::GraphSet readable = services_.readable(*snapshot_);
    for (const store::TermId graph : snapshot_->graphs()) {
      if (graph != store::default_graph && readable.contains(graph)) describe_graph(dataset, graph);
    }
  }

  void describe_graph(const rdf::Term& dataset, store::TermId id) {
    const rdf::Term name = snapshot_->term(id);
    if (!name.is_iri()) return;
    const rdf::Term named = fresh();
    const rdf::Term graph = fresh();
    add(dataset, "namedGraph", named);
    add_type(named, "NamedGraph");
    add(named, "name", name);
    add(named, "graph", graph);
    add_type(graph, "Graph");
    const std::string size = std::to_string(snapshot_->count({{}, {}, {}, id}));
    triples_.push_back(
        {graph, rdf::Term::iri("http://rdfs.org/ns/void#triples"), rdf::Term::literal(size, rdf::xsd::integer)});
  }

  const Services& services_;
  store::Snapshot snapshot_;
  rdf::Term service_ = rdf::Term::iri(services_.site.base_iri + "sparql#service");
  std::vector<rdf::Triple> triples_;
  std::size_t blanks_ = 0;
};

}  // namespace

bool asks_for_description(const Request& request) {
  return request.method != "POST" && !request.parameters.contains("query") && !request.parameters.contains("update");
}

Response describe_service(const Services& services, const Request& request) {
  auto triples = std::make_shared<std::vector<rdf::Triple>>(Description(services).take());
  Response out = stream_graph(services, request, request.parameter("format"), [triples](auto& next) {
    next = std::move(*triples);
    triples->clear();
    return !next.empty();
  });
  if (out.status == 200) out.headers.emplace_back("Vary", "Accept");
  return out;
}

}  // namespace scenograph::server
