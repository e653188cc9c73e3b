#include <fmt/format.h>

#include <string>

#include "base/json_text.hpp"
#include "shacl/internal/origin_text.hpp"
#include "shacl/internal/wording.hpp"
#include "shacl/report.hpp"

namespace scenograph::shacl {

namespace {

using base::json_string;

constexpr std::string_view severity_names[3] = {"violation", "warning", "info"};

// As the JSON of SPARQL results writes a term.
std::string json_of(const rdf::Term& term) {
  const std::string_view type = term.is_iri() ? "uri" : term.is_blank() ? "bnode" : "literal";
  std::string out = fmt::format(R"({{"type":"{}","value":{})", type, json_string(term.value));
  if (!term.language.empty()) out += fmt::format(R"(,"xml:lang":{})", json_string(term.language));
  if (!term.datatype.empty()) out += fmt::format(R"(,"datatype":{})", json_string(term.datatype));
  return out + '}';
}

// {"en": "…", "fr": "…"}; texts without a language under "und".
std::string json_of(const std::vector<Message>& messages) {
  std::string out = "{";
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const auto& [text, language] = messages[i];
    out +=
        fmt::format("{}{}:{}", i == 0 ? "" : ",", json_string(language.empty() ? "und" : language), json_string(text));
  }
  return out + '}';
}

std::string json_of(const Check& check) {
  std::string out =
      fmt::format(R"({{"severity":"{}","severityIri":{},"count":{},"shape":{},"component":{})",
                  severity_names[static_cast<std::size_t>(check.severity)], json_string(check.severity_iri),
                  check.count, json_of(check.source_shape), json_string(check.component_iri));
  if (check.source_constraint) out += fmt::format(R"(,"constraint":{})", json_of(*check.source_constraint));
  if (check.path) out += fmt::format(R"(,"path":{})", json_string(to_string(*check.path)));
  return out + fmt::format(R"(,"names":{},"messages":{}}})", json_of(check.names), json_of(check.messages));
}

std::string json_of(const Report& report, const Result& result) {
  std::string out = fmt::format(R"({{"check":{},"focusNode":{})", result.check, json_of(result.focus_node));
  if (result.value) out += fmt::format(R"(,"value":{})", json_of(*result.value));
  if (!result.messages.empty()) out += fmt::format(R"(,"messages":{})", json_of(result.messages));
  if (const auto it = report.entities.find(result.focus_node); it != report.entities.end()) {
    const Entity& entity = it->second;
    out += fmt::format(R"(,"names":{})", json_of(entity.names));
    if (entity.part_of) out += fmt::format(R"(,"partOf":{})", json_of(*entity.part_of));
    out += json_records(entity.records);
  }
  return out + json_fields(report, result.fields) + '}';
}

}  // namespace

void write_json(const Report& report, const base::ByteSink& sink) {
  sink(fmt::format(R"({{"conforms":{},"stopped":{},"focusNodes":{},"total":{},)", report.conforms, report.stopped,
                   report.focus_nodes, report.total));
  sink(fmt::format(R"("counts":{{"violation":{},"warning":{},"info":{}}},"checks":[)",
                   report.count(Severity::Violation), report.count(Severity::Warning), report.count(Severity::Info)));
  for (std::size_t i = 0; i < report.checks.size(); ++i) {
    sink((i == 0 ? "\n" : ",\n") + json_of(report.checks[i]));
  }
  sink("],\"results\":[");
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    sink((i == 0 ? "\n" : ",\n") + json_of(report, report.results[i]));
  }
  sink("],\"notices\":[");
  for (std::size_t i = 0; i < report.notices.size(); ++i) {
    sink((i == 0 ? "\n" : ",\n") + json_string(report.notices[i].message));
  }
  sink("]}\n");
}

}  // namespace scenograph::shacl
