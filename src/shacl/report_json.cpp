#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/json_text.hpp"
#include "base/time.hpp"
#include "shacl/internal/json_parts.hpp"
#include "shacl/internal/origin_text.hpp"
#include "shacl/internal/trend_text.hpp"
#include "shacl/report.hpp"

namespace scenograph::shacl {

namespace {

using base::json_string;

std::string check_json(const Check& check, const Trend::Change* change) {
  std::string out =
      fmt::format(R"({{"severity":"{}","severityIri":{},"count":{},"shape":{},"component":{})",
                  severity_names[static_cast<std::size_t>(check.severity)], json_string(check.severity_iri),
                  check.count, json_of(check.source_shape), json_string(check.component_iri));
  if (check.source_constraint) out += fmt::format(R"(,"constraint":{})", json_of(*check.source_constraint));
  if (check.path) out += fmt::format(R"(,"path":{})", json_string(to_string(*check.path)));
  if (change != nullptr) out += json_change(*change);
  return out + fmt::format(R"(,"names":{},"messages":{}}})", json_of(check.names), json_of(check.messages));
}

std::string result_json(const Report& report, const Trend* trend, std::size_t index) {
  const Result& result = report.results[index];
  std::string out = fmt::format(R"({{"check":{},"focusNode":{})", result.check, json_of(result.focus_node));
  if (trend != nullptr && trend->exact) out += fmt::format(R"(,"new":{})", trend->is_new[index]);
  if (result.value) out += fmt::format(R"(,"value":{})", json_of(*result.value));
  if (!result.messages.empty()) out += fmt::format(R"(,"messages":{})", json_of(result.messages));
  out += json_annotations(result.annotations);
  if (const auto it = report.entities.find(result.focus_node); it != report.entities.end()) {
    const Entity& entity = it->second;
    out += fmt::format(R"(,"names":{})", json_of(entity.names));
    if (entity.part_of) out += fmt::format(R"(,"partOf":{})", json_of(*entity.part_of));
    out += json_records(entity.records);
  }
  return out + json_fields(report, result.fields) + '}';
}

}  // namespace

void write_json(const Report& report, const base::ByteSink& sink, const ReportOptions& options) {
  const Trend* trend = options.trend;
  sink(fmt::format(R"({{"conforms":{},"stopped":{},"focusNodes":{},"total":{},)", report.conforms, report.stopped,
                   report.focus_nodes, report.total));
  if (options.time_ms != 0) sink(fmt::format(R"("time":{},)", json_string(base::utc_text(options.time_ms))));
  sink(fmt::format(R"("counts":{{"violation":{},"warning":{},"info":{}}})", report.count(Severity::Violation),
                   report.count(Severity::Warning), report.count(Severity::Info)));
  if (trend != nullptr) sink(json_trend(*trend));
  sink(",\"checks\":[");
  for (std::size_t i = 0; i < report.checks.size(); ++i) {
    sink((i == 0 ? "\n" : ",\n") + check_json(report.checks[i], trend == nullptr ? nullptr : &trend->checks[i]));
  }
  sink("],\"results\":[");
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    sink((i == 0 ? "\n" : ",\n") + result_json(report, trend, i));
  }
  sink("],\"notices\":[");
  for (std::size_t i = 0; i < report.notices.size(); ++i) {
    sink((i == 0 ? "\n" : ",\n") + json_string(report.notices[i].message.en));
  }
  sink("]}\n");
}

void write_json_summary(const Report& report, std::int64_t time_ms, std::size_t most_results,
                        const base::ByteSink& sink) {
  sink(fmt::format(R"({{"time":{},"checks":[)", json_string(base::utc_text(time_ms))));
  for (std::size_t i = 0; i < report.checks.size(); ++i) {
    sink((i == 0 ? "\n" : ",\n") + check_json(report.checks[i], nullptr));
  }
  sink("],\"results\":[");
  for (std::size_t i = 0; i < std::min(report.results.size(), most_results); ++i) {
    const Result& result = report.results[i];
    sink(fmt::format(R"({}{{"check":{},"focusNode":{}}})", i == 0 ? "\n" : ",\n", result.check,
                     json_of(result.focus_node)));
  }
  sink("]}\n");
}

}  // namespace scenograph::shacl
