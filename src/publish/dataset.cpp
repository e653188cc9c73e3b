#include "publish/dataset.hpp"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "rdf/vocab.hpp"

namespace scenograph::publish {

namespace {

using rdf::Term;
using store::TermId;

constexpr std::string_view void_ns = "http://rdfs.org/ns/void#";
constexpr std::string_view dcat_ns = "http://www.w3.org/ns/dcat#";
constexpr std::string_view dcterms_ns = "http://purl.org/dc/terms/";
constexpr std::string_view foaf_ns = "http://xmlns.com/foaf/0.1/";
constexpr std::string_view formats_ns = "http://www.w3.org/ns/formats/";

constexpr std::size_t most_classes = 2000;

Term iri(std::string_view ns, std::string_view name) { return Term::iri(std::string(ns) + std::string(name)); }
Term number(std::uint64_t value) { return Term::literal(std::to_string(value), rdf::xsd::integer); }

/// The part of an IRI up to its last "#" or "/".
std::string_view namespace_of(std::string_view name) { return name.substr(0, name.find_last_of("#/") + 1); }

class Description {
 public:
  Description(const Site& site, const Source& source)
      : site_(site), source_(source), dataset_(Term::iri(dataset_iri(site))) {}

  std::vector<rdf::Quad> run() {
    add_document();
    add_access();
    if (source_.readable.is_all()) {
      add_totals();
      add_properties();
      add_classes();
    }
    add_graphs();
    for (const std::string& name : vocabularies_) say(dataset_, void_ns, "vocabulary", Term::iri(name));
    for (rdf::Quad& quad : parts_) out_.push_back(std::move(quad));
    return std::move(out_);
  }

 private:
  void say(const Term& subject, std::string_view ns, std::string_view predicate, Term object) {
    (subject == dataset_ ? out_ : parts_).push_back({subject, iri(ns, predicate), std::move(object), {}});
  }

  void add_document() {
    const Term document = Term::iri(site_.base_iri + std::string(dataset_path.substr(1)));
    say(document, rdf::rdf::ns, "type", iri(void_ns, "DatasetDescription"));
    say(document, foaf_ns, "primaryTopic", dataset_);
  }

  void add_access() {
    const Term endpoint = Term::iri(site_.base_iri + "sparql");
    say(dataset_, rdf::rdf::ns, "type", iri(void_ns, "Dataset"));
    say(dataset_, rdf::rdf::ns, "type", iri(dcat_ns, "Dataset"));
    say(dataset_, dcterms_ns, "title", Term::literal(site_.name));
    say(dataset_, foaf_ns, "homepage", Term::iri(site_.base_iri));
    say(dataset_, void_ns, "sparqlEndpoint", endpoint);
    say(dataset_, void_ns, "uriSpace", Term::literal(site_.base_iri + "id/"));
    for (const auto format : {"Turtle", "JSON-LD", "N-Triples", "RDF_XML"}) {
      say(dataset_, void_ns, "feature", iri(formats_ns, format));
    }
    const Term distribution = Term::iri(dataset_.value + "-sparql");
    say(dataset_, dcat_ns, "distribution", distribution);
    say(distribution, rdf::rdf::ns, "type", iri(dcat_ns, "Distribution"));
    say(distribution, dcat_ns, "accessURL", endpoint);
  }

  void add_counts(const Term& subject, const store::View::PredicateStatistics& statistics) {
    say(subject, void_ns, "triples", number(statistics.quads));
    say(subject, void_ns, "distinctSubjects", number(statistics.distinct_subjects));
    say(subject, void_ns, "distinctObjects", number(statistics.distinct_objects));
  }

  void add_totals() { add_counts(dataset_, source_.view.statistics({})); }

  void add_properties() {
    const std::vector<TermId> predicates = source_.view.predicates();
    const std::vector<Term> terms = source_.view.terms(predicates);
    say(dataset_, void_ns, "properties", number(predicates.size()));
    for (std::size_t i = 0; i < predicates.size(); ++i) {
      const Term part = Term::blank(fmt::format("property{}", i + 1));
      say(dataset_, void_ns, "propertyPartition", part);
      say(part, void_ns, "property", terms[i]);
      add_counts(part, source_.view.statistics(predicates[i]));
      add_vocabulary(terms[i]);
    }
  }

  void add_classes() {
    const auto type = source_.view.find(Term::iri(rdf::rdf::type));
    say(dataset_, void_ns, "classes", number(type ? source_.view.statistics(*type).distinct_objects : 0));
    if (!type) return;
    const std::vector<TermId> classes = classes_of(*type);
    const std::vector<Term> terms = source_.view.terms(classes);
    for (std::size_t i = 0; i < classes.size(); ++i) {
      const Term part = Term::blank(fmt::format("class{}", i + 1));
      say(dataset_, void_ns, "classPartition", part);
      say(part, void_ns, "class", terms[i]);
      say(part, void_ns, "entities", number(source_.view.count({{}, *type, classes[i], {}})));
      add_vocabulary(terms[i]);
    }
  }

  /// The distinct objects of rdf:type; a scan that skips from one to the next.
  [[nodiscard]] std::vector<TermId> classes_of(TermId type) const {
    std::vector<TermId> out;
    const auto scan = source_.view.scan({{{}, type, {}, {}}, store::Order::Posg, source_.readable, false});
    for (store::QuadBatch batch; out.size() < most_classes && scan->next(batch);) {
      for (const TermId object : batch.column(store::Position::Object)) {
        if ((out.empty() || out.back() != object) && out.size() < most_classes) out.push_back(object);
      }
      scan->seek(TermId::from_bits(out.back().bits() + 1));
    }
    return out;
  }

  void add_vocabulary(const Term& term) {
    if (term.is_iri() && !namespace_of(term.value).empty()) vocabularies_.emplace(namespace_of(term.value));
  }

  /// Each named graph is a dataset of its own.
  void add_graphs() {
    std::uint64_t triples = 0;
    for (const TermId graph : source_.view.graphs()) {
      if (!source_.readable.contains(graph)) continue;
      const std::uint64_t quads = source_.view.count({{}, {}, {}, graph});
      triples += quads;
      if (graph == store::default_graph) continue;
      const Term subset = source_.view.term(graph);
      say(dataset_, void_ns, "subset", subset);
      say(subset, rdf::rdf::ns, "type", iri(void_ns, "Dataset"));
      say(subset, void_ns, "triples", number(quads));
    }
    if (!source_.readable.is_all()) say(dataset_, void_ns, "triples", number(triples));
  }

  const Site& site_;
  const Source& source_;
  Term dataset_;
  std::vector<rdf::Quad> out_;    ///< of the dataset
  std::vector<rdf::Quad> parts_;  ///< of what it points at
  std::set<std::string, std::less<>> vocabularies_;
};

}  // namespace

std::string dataset_iri(const Site& site) { return site.base_iri + std::string(dataset_path.substr(1)) + "#dataset"; }

std::vector<rdf::Quad> describe_dataset(const Site& site, const Source& source) {
  return Description(site, source).run();
}

}  // namespace scenograph::publish
