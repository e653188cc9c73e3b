#include "server/internal/validation_reply.hpp"

#include <fmt/format.h>

#include <array>

#include "base/error.hpp"
#include "jsonld/any_syntax.hpp"
#include "publish/json.hpp"
#include "publish/pages.hpp"
#include "server/internal/reply.hpp"
#include "shacl/report.hpp"
#include "syntax/negotiation.hpp"

namespace scenograph::server {

namespace {

using Kind = ReportSyntax::Kind;
using publish::Language;
using publish::ValidationOutcome;
using syntax::Format;

struct Offered {
  std::string_view name;
  std::string_view media_type;
  ReportSyntax syntax;
};

constexpr std::array<Offered, 8> offered = {{
    {"json", "application/json", {Kind::Json, Format::Turtle}},
    {"html", "text/html", {Kind::Page, Format::Turtle}},
    {"text", "text/plain", {Kind::Text, Format::Turtle}},
    {"sarif", "application/sarif+json", {Kind::Sarif, Format::Turtle}},
    {"turtle", "text/turtle", {Kind::Graph, Format::Turtle}},
    {"jsonld", "application/ld+json", {Kind::Graph, Format::JsonLd}},
    {"ntriples", "application/n-triples", {Kind::Graph, Format::NTriples}},
    {"rdfxml", "application/rdf+xml", {Kind::Graph, Format::RdfXml}},
}};

std::array<std::string_view, offered.size()> offered_types() {
  std::array<std::string_view, offered.size()> out;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = offered[i].media_type;
  return out;
}

shacl::ReportOptions report_options(const Validated& validated, Language language) {
  shacl::ReportOptions out;
  out.language = publish::tag_of(language);
  out.title = validated.title;
  out.max_results_option = "--max-validate-results";
  return out;
}

std::string to_json(const base::Diagnostic& remark) {
  constexpr std::array<std::string_view, 3> severities = {"info", "warning", "error"};
  publish::JsonWriter json;
  json.begin_object().key("severity").value(severities[static_cast<std::size_t>(remark.severity)]);
  if (remark.where.line != 0) {
    json.key("line").value(static_cast<std::int64_t>(remark.where.line));
    json.key("column").value(static_cast<std::int64_t>(remark.where.column));
  }
  if (!remark.field.empty()) json.key("field").value(remark.field);
  if (!remark.found.empty()) json.key("found").value(remark.found);
  if (!remark.made.empty()) json.key("made").value(remark.made);
  json.key("messages").begin_object().key("en").value(remark.message.en);
  if (!remark.message.fr.empty()) json.key("fr").value(remark.message.fr);
  json.end_object().end_object();
  return json.take();
}

std::string to_json(const Validated& validated) {
  std::string report;
  shacl::write_json(validated.report, [&report](std::string_view piece) { report += piece; });
  publish::JsonWriter json;
  json.begin_object().key("conforms").value(validated.report.conforms);
  json.key("checked").value(static_cast<std::int64_t>(validated.report.focus_nodes));
  json.key("syntax").value(syntax::name_of(validated.syntax));
  json.key("quads").value(static_cast<std::int64_t>(validated.quads));
  json.key("remarks").begin_array();
  for (const base::Diagnostic& remark : validated.remarks.shown) json.raw(to_json(remark));
  json.end_array();
  json.key("more_remarks").value(static_cast<std::int64_t>(validated.remarks.count - validated.remarks.shown.size()));
  report.pop_back();  // its line break
  json.key("report").raw(report).end_object();
  return json.take() + "\n";
}

std::string to_text(const Validated& validated, Language language) {
  std::string out;
  if (validated.is_checked()) {
    shacl::write_text(validated.report, report_options(validated, language),
                      [&out](std::string_view piece) { out += piece; });
  } else {
    out = fmt::format("{}\n{}\n", text(language, "validate_nothing"), text(language, "validate_nothing_advice"));
  }
  if (validated.remarks.count == 0) return out;
  out += fmt::format("\n{}\n", text(language, "validate_repaired"));
  for (const base::Diagnostic& remark : validated.remarks.shown) {
    out += fmt::format("  - {}\n", to_string(remark, publish::tag_of(language)));
  }
  const std::uint64_t more = validated.remarks.count - validated.remarks.shown.size();
  if (more > 0) out += fmt::format("{} {}\n", text(language, "validate_more_repairs"), more);
  return out;
}

std::string to_graph(const shacl::Report& report, Format format) {
  std::string out;
  const auto writer = jsonld::make_any_writer(format, [&out](std::string_view piece) { out += piece; });
  shacl::write_graph(report, [&writer](const rdf::Quad& quad) { writer->write(quad); });
  writer->finish();
  return out;
}

std::string place_of(const base::Where& where) {
  return where.line == 0 ? std::string() : fmt::format("{}:{}", where.line, where.column);
}

ValidationOutcome::Tone tone_of(const Validated& validated) {
  using Tone = ValidationOutcome::Tone;
  if (!validated.is_checked()) return Tone::Nothing;
  if (validated.report.has(shacl::Severity::Violation)) return Tone::Bad;
  return validated.report.conforms ? Tone::Good : Tone::Advice;
}

ValidationOutcome outcome_of(const Validated& validated, const ValidationForm& form) {
  const shacl::ReportOptions options = report_options(validated, form.language);
  ValidationOutcome out;
  out.tone = tone_of(validated);
  out.counts = shacl::counts_line(validated.report, options.language);
  out.name = validated.title;
  out.syntax = syntax::name_of(validated.syntax);
  out.statements = validated.quads;
  for (const base::Diagnostic& remark : validated.remarks.shown) {
    out.repairs.push_back({place_of(remark.where), remark.field, remark.found, remark.made, remark.message});
  }
  out.more_repairs = validated.remarks.count - validated.remarks.shown.size();
  shacl::write_html_part(validated.report, options, [&out](std::string_view piece) { out.report += piece; });
  return out;
}

Response page(const Services& services, const ValidationForm& form, const publish::ValidationForm& shown,
              const ValidationOutcome* outcome) {
  return html(publish::validation_page(services.site, shown, outcome, form.language), form.language);
}

}  // namespace

std::optional<ReportSyntax> report_syntax(std::string_view format, std::string_view accept) {
  for (const Offered& each : offered) {
    if (format == each.name || format == each.media_type) return each.syntax;
  }
  if (!format.empty()) {
    throw base::Error(base::Code::BadArgument,
                      fmt::format("\"{}\" is no format of a report; there are json, html, text, sarif, turtle, jsonld, "
                                  "ntriples and rdfxml",
                                  format));
  }
  const auto chosen = syntax::negotiate(accept, offered_types());
  return chosen ? std::optional(offered[*chosen].syntax) : std::nullopt;
}

Response validation_reply(const Services& services, const Validated& validated, const ReportSyntax& syntax,
                          const ValidationForm& form) {
  Response out;
  switch (syntax.kind) {
    case Kind::Page: {
      const ValidationOutcome outcome = outcome_of(validated, form);
      out = page(services, form, {form.takes_addresses, form.input, {}}, &outcome);
      break;
    }
    case Kind::Json:
      out.content_type = "application/json";
      out.body = to_json(validated);
      break;
    case Kind::Text:
      out.content_type = "text/plain; charset=utf-8";
      out.body = to_text(validated, form.language);
      break;
    case Kind::Sarif:
      out.content_type = "application/sarif+json";
      shacl::write_sarif(validated.report, report_options(validated, form.language),
                         [&out](std::string_view piece) { out.body += piece; });
      break;
    case Kind::Graph:
      out.content_type = syntax::media_type(syntax.graph);
      out.body = to_graph(validated.report, syntax.graph);
      break;
  }
  out.headers.emplace_back("Cache-Control", "no-store");
  return out;
}

Response validation_failure(const Services& services, const base::Error& error, int status,
                            const ValidationForm& form) {
  Response out = page(services, form, {form.takes_addresses, form.input, error.what(), status}, nullptr);
  out.status = status;
  return out;
}

}  // namespace scenograph::server
