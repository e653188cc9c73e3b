#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "base/error.hpp"
#include "publish/json.hpp"
#include "publish/pages.hpp"
#include "server/internal/first_batch.hpp"
#include "server/internal/graph_reply.hpp"
#include "server/internal/query_limits.hpp"
#include "server/internal/reply.hpp"
#include "server/internal/routes.hpp"
#include "server/internal/service_description.hpp"
#include "sparql/query.hpp"
#include "sparql/results/writer.hpp"
#include "sparql/update/run_update.hpp"
#include "syntax/negotiation.hpp"

namespace scenograph::server {

namespace {

using base::Code;
using base::Error;

struct OfferedRows {
  std::string_view media_type;
  sparql::ResultFormat format;
};

/// Media types for rows, preferred first; the general ones are for clients that know no better.
constexpr std::array<OfferedRows, 6> offered_rows = {{
    {"application/sparql-results+json", sparql::ResultFormat::Json},
    {"application/sparql-results+xml", sparql::ResultFormat::Xml},
    {"text/csv", sparql::ResultFormat::Csv},
    {"text/tab-separated-values", sparql::ResultFormat::Tsv},
    {"application/json", sparql::ResultFormat::Json},
    {"application/xml", sparql::ResultFormat::Xml},
}};

/// A request of the protocol, whichever way it came.
struct Operation {
  std::string query;
  std::string update;
  bool is_update = false;
  Parameters parameters;
};

std::array<std::string_view, offered_rows.size()> row_types() {
  std::array<std::string_view, offered_rows.size()> out;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = offered_rows[i].media_type;
  return out;
}

std::vector<std::string> all_values(const Parameters& parameters, const std::string& name) {
  std::vector<std::string> out;
  const auto [from, to] = parameters.equal_range(name);
  for (auto at = from; at != to; ++at) out.push_back(at->second);
  return out;
}

std::string single_value(const Parameters& parameters, const std::string& name) {
  const auto values = all_values(parameters, name);
  if (values.size() > 1) throw Error(Code::BadArgument, fmt::format("\"{}\" is given more than once", name));
  return values.empty() ? "" : values.front();
}

std::string media_type_of(const Request& request) {
  const std::string_view header = request.header("content-type");
  std::string out(header.substr(0, std::min(header.find(';'), header.size())));
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

/// Source: SPARQL 1.1 Protocol, sections 2.1 and 2.2. @return  nullopt for a body of another media type.
std::optional<Operation> read_operation(const Request& request) {
  Operation out;
  out.parameters = request.parameters;
  if (request.method == "POST") {
    const std::string type = media_type_of(request);
    if (type == "application/sparql-query") {
      out.query = request.body;
      return out;
    }
    if (type == "application/sparql-update") {
      out.update = request.body;
      out.is_update = true;
      return out;
    }
    if (type != "application/x-www-form-urlencoded") return std::nullopt;
    out.parameters.merge(parse_form(request.body));
    out.update = single_value(out.parameters, "update");
    out.is_update = out.parameters.contains("update");
  }
  out.query = single_value(out.parameters, "query");
  if (out.is_update && !out.query.empty()) throw Error(Code::BadArgument, "send a query or an update, not both");
  return out;
}

/// Whether the operation asks for prefixes that it does not declare.
bool wants_usual_prefixes(const Operation& operation) {
  const std::string wanted = single_value(operation.parameters, "prefixes");
  if (wanted.empty() || wanted == "usual") return !wanted.empty();
  throw Error(Code::BadArgument, fmt::format("\"prefixes\" may be usual, not \"{}\"", wanted));
}

/// An operation that was let in, registered for as long as this lives.
struct Admission {
  QueryLimits limits;
  std::shared_ptr<RunningQuery> query;  ///< null if too many are running
};

Admission admit(Services& services, const Request& request, const Operation& operation) {
  Admission out;
  out.limits = limits_of(services.options, operation.parameters);
  auto budget = std::make_shared<base::Budget>(out.limits.timeout, out.limits.memory, out.limits.remedies);
  budget->allow_spilling(services.options.spill_folder, services.options.query_spill);
  if (request.client) request.client->cancel_when_gone(budget);
  out.query =
      services.queries.start(operation.is_update ? operation.update : operation.query, request.peer, std::move(budget));
  return out;
}

Response too_busy(const Services& services, const Request& request) {
  return answer_error(services, request, 503,
                      Error(Code::Busy, fmt::format("{} queries are running already; try again in a moment, or raise "
                                                    "--max-queries",
                                                    services.options.max_concurrent_queries)));
}

Response stream_rows(const Services& services, const Request& request, const Operation& operation,
                     std::shared_ptr<sparql::QueryResult> result) {
  const std::string_view wanted = value_of(operation.parameters, "format");
  Response out;
  sparql::ResultFormat format = sparql::ResultFormat::Json;
  if (wanted.empty()) {
    const auto chosen = syntax::negotiate(request.header("accept"), row_types());
    if (!chosen) {
      return answer_error(services, request, 406,
                          Error(Code::Unsupported, fmt::format("the answer can be had as {}; change the Accept header",
                                                               fmt::join(row_types(), ", "))));
    }
    format = offered_rows[*chosen].format;
    out.content_type = offered_rows[*chosen].media_type;
  } else {
    format = sparql::parse_result_format(wanted);
    out.content_type = sparql::media_type(format);
  }
  if (out.content_type.starts_with("text/")) out.content_type += "; charset=utf-8";
  out.stream = [result = std::move(result), format](const base::ByteSink& sink) {
    sparql::write_results(*result, format, sink);
  };
  return out;
}

Response explain(const Operation& operation, const store::Snapshot& snapshot, const sparql::QueryOptions& options,
                 RunningQuery& query) {
  const std::string wanted = single_value(operation.parameters, "explain");
  const auto format = wanted.empty() ? sparql::ExplainFormat::Text : sparql::parse_explain_format(wanted);
  Response out;
  out.content_type = format == sparql::ExplainFormat::Json ? "application/json" : "text/plain; charset=utf-8";
  out.body =
      query.note_failure([&] { return sparql::explain(snapshot, operation.query, options, query.budget(), format); });
  return out;
}

Response answer_query(Services& services, const Request& request, const Operation& operation) {
  Admission admission = admit(services, request, operation);
  if (!admission.query) return too_busy(services, request);
  const store::Snapshot snapshot = services.store.snapshot();
  sparql::QueryOptions options;
  options.readable = services.readable(*snapshot);
  options.default_graphs = all_values(operation.parameters, "default-graph-uri");
  options.named_graphs = all_values(operation.parameters, "named-graph-uri");
  options.base = services.options.base_iri;
  options.usual_prefixes = wants_usual_prefixes(operation);
  options.services = services.endpoints;
  options.max_results = admission.limits.max_results;
  options.max_results_remedy = admission.limits.max_results_remedy;
  if (operation.parameters.contains("explain")) return explain(operation, snapshot, options, *admission.query);
  auto result = admission.query->note_failure(
      [&] { return sparql::run_query(snapshot, operation.query, options, admission.query->budget()); });
  const bool is_rows = result->form() == sparql::QueryForm::Select || result->form() == sparql::QueryForm::Ask;
  std::shared_ptr<sparql::QueryResult> started = read_first_batch(std::move(result), std::move(admission.query));
  Response out = is_rows ? stream_rows(services, request, operation, std::move(started))
                         : stream_graph(services, request, value_of(operation.parameters, "format"),
                                        [started](auto& triples) { return started->next(triples); });
  if (out.status == 200) out.headers.emplace_back("Vary", "Accept");
  return out;
}

Response answer_update(Services& services, const Request& request, const Operation& operation) {
  if (auto refused = refuse_write(services, request)) return *refused;
  const Admission admission = admit(services, request, operation);
  if (!admission.query) return too_busy(services, request);
  sparql::UpdateOptions options;
  options.using_graphs = all_values(operation.parameters, "using-graph-uri");
  options.using_named = all_values(operation.parameters, "using-named-graph-uri");
  options.base = services.options.base_iri;
  options.usual_prefixes = wants_usual_prefixes(operation);
  options.actor = request.peer;
  options.services = services.endpoints;
  options.load = services.load;
  const auto result = admission.query->note_failure(
      [&] { return sparql::run_update(services.store, operation.update, options, admission.query->budget()); });
  admission.query->add_rows(result.inserted + result.removed);
  services.refresh_names();
  publish::JsonWriter json;
  write_commit(json, result);
  json.end_object();
  Response out;
  out.content_type = "application/json";
  out.body = json.take() + "\n";
  return out;
}

/// Whether a browser asks for something to look at, rather than a program for an answer.
bool wants_form(const Request& request) {
  if (request.method == "POST" || request.parameters.contains("format") || request.parameters.contains("update")) {
    return false;
  }
  constexpr std::array<std::string_view, 4> types = {"application/sparql-results+json", "text/html", "text/turtle",
                                                     "text/csv"};
  if (request.parameters.contains("explain")) return false;
  const bool has_query = !request.parameter("query").empty();
  return (!has_query && request.header("accept").empty()) ||
         syntax::negotiate(request.header("accept"), types) == std::size_t{1};
}

Response form(const Services& services, const Request& request) {
  const auto language = language_of(request);
  return html(publish::sparql_page(services.site, request.parameter("query"), language), language);
}

Response answer(Services& services, const Request& request) {
  if (wants_form(request)) return form(services, request);
  if (asks_for_description(request)) return describe_service(services, request);
  const auto operation = read_operation(request);
  if (!operation) {
    return answer_error(services, request, 415,
                        Error(Code::BadArgument,
                              "send the query as application/sparql-query, an update as application/sparql-update, or "
                              "either in a form (application/x-www-form-urlencoded)"));
  }
  if (operation->is_update) return answer_update(services, request, *operation);
  if (operation->query.empty()) {
    throw Error(Code::BadArgument, "there is no query; give it as the parameter \"query\", or POST it");
  }
  return answer_query(services, request, *operation);
}

}  // namespace

void add_sparql_routes(Router& router, Services& services) {
  router.add("/sparql", Router::Match::Exact, {"GET", "POST"}, Router::Cors::Yes,
             [&services](const Request& request) { return answer(services, request); });
}

}  // namespace scenograph::server
