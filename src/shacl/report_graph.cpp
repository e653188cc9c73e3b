#include <fmt/format.h>

#include <string>
#include <unordered_map>

#include "rdf/vocab.hpp"
#include "shacl/internal/shapes_graph.hpp"
#include "shacl/report.hpp"

namespace scenograph::shacl {

namespace {

class GraphReport {
 public:
  GraphReport(const Report& report, const rdf::QuadSink& sink) : report_(report), sink_(sink) {}

  void write() {
    const rdf::Term node = rdf::Term::blank("report");
    add(node, rdf::rdf::type, rdf::Term::iri(sh("ValidationReport")));
    add(node, sh("conforms"), rdf::Term::literal(report_.conforms ? "true" : "false", rdf::xsd::boolean));
    for (const auto& result : report_.results) {
      const rdf::Term made = fresh();
      add(node, sh("result"), made);
      write_result(made, result);
    }
  }

 private:
  rdf::Term fresh() { return rdf::Term::blank(fmt::format("report{}", ++last_)); }

  void add(const rdf::Term& subject, std::string_view predicate, const rdf::Term& object) {
    sink_({subject, rdf::Term::iri(predicate), object, {}});
  }

  void write_result(const rdf::Term& node, const Result& result) {
    const Check& check = report_.check_of(result);
    add(node, rdf::rdf::type, rdf::Term::iri(sh("ValidationResult")));
    add(node, sh("focusNode"), result.focus_node);
    if (check.path) add(node, sh("resultPath"), path(*check.path));
    if (result.value) add(node, sh("value"), *result.value);
    for (const auto& message : report_.messages_of(result)) {
      add(node, sh("resultMessage"),
          message.language.empty() ? rdf::Term::literal(message.text)
                                   : rdf::Term::lang_literal(message.text, message.language));
    }
    add(node, sh("resultSeverity"), rdf::Term::iri(check.severity_iri));
    add(node, sh("sourceConstraintComponent"), rdf::Term::iri(check.component_iri));
    if (check.source_constraint) add(node, sh("sourceConstraint"), *check.source_constraint);
    add(node, sh("sourceShape"), check.source_shape);
    for (const auto& [property, value] : result.annotations) add(node, property, value);
  }

  rdf::Term path(const Path& path_of) {
    switch (path_of.kind) {
      case Path::Kind::Predicate:
        return path_of.predicate;
      case Path::Kind::Sequence:
        return list(path_of.parts);
      case Path::Kind::Alternative:
        return wrapper("alternativePath", list(path_of.parts));
      case Path::Kind::Inverse:
        return wrapper("inversePath", path(path_of.parts.front()));
      case Path::Kind::ZeroOrMore:
        return wrapper("zeroOrMorePath", path(path_of.parts.front()));
      case Path::Kind::OneOrMore:
        return wrapper("oneOrMorePath", path(path_of.parts.front()));
      case Path::Kind::ZeroOrOne:
        return wrapper("zeroOrOnePath", path(path_of.parts.front()));
    }
    return {};
  }

  rdf::Term wrapper(std::string_view predicate, const rdf::Term& part) {
    const rdf::Term node = fresh();
    add(node, sh(predicate), part);
    return node;
  }

  rdf::Term list(const std::vector<Path>& parts) {
    rdf::Term rest = rdf::Term::iri(rdf::rdf::nil);
    for (auto it = parts.rbegin(); it != parts.rend(); ++it) {
      const rdf::Term member = path(*it);
      const rdf::Term node = fresh();
      add(node, rdf::rdf::first, member);
      add(node, rdf::rdf::rest, rest);
      rest = node;
    }
    return rest;
  }

  const Report& report_;
  const rdf::QuadSink& sink_;
  std::uint64_t last_ = 0;
};

}  // namespace

void write_graph(const Report& report, const rdf::QuadSink& sink) { GraphReport(report, sink).write(); }

}  // namespace scenograph::shacl
