#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "jsonld/operation.hpp"
#include "jsonld/remote_loader.hpp"
#include "publish/pages.hpp"
#include "server/internal/query_limits.hpp"
#include "server/internal/reply.hpp"
#include "server/internal/routes.hpp"
#include "syntax/negotiation.hpp"

namespace scenograph::server {

namespace {

using base::Code;
using base::Error;
using jsonld::Operation;

constexpr std::string_view folder = "/jsonld/";
constexpr std::size_t most_steps = 1'000'000;  ///< of framing

/// Parameters that are no options of the JSON-LD API.
constexpr std::array<std::string_view, 9> own_parameters = {
    "context", "expandContext", "format", "frame", "input", "lang", "operation", "query-memory", "timeout"};

bool is_form(const Request& request) {
  return request.header("content-type").starts_with("application/x-www-form-urlencoded");
}

/// A context or frame: JSON, or the address of one.
std::optional<jsonld::Value> json_or_address(const Parameters& parameters, std::string_view name,
                                             const jsonld::DocumentLoader& loader) {
  std::string_view text = value_of(parameters, name);
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return std::nullopt;
  text.remove_prefix(start);
  if (text.front() == '{' || text.front() == '[') return jsonld::parse_json(text, name);
  text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
  if (name != "frame") return jsonld::Value(text);
  jsonld::DocumentOptions options;
  options.loader = loader;
  return jsonld::load_document(text, options).json;
}

syntax::Format format_of(const Parameters& parameters, std::string_view fallback) {
  const std::string_view name = value_of(parameters, "format");
  return syntax::parse_format(name.empty() ? fallback : name);
}

std::string_view format_name(const Request& request) {
  const auto format = syntax::format_of_media_type(request.header("content-type"));
  return format ? syntax::name_of(*format) : "nquads";
}

jsonld::Task task_of(const Services& services, const Request& request, const Parameters& parameters,
                     std::string_view operation, const std::shared_ptr<base::Budget>& budget) {
  jsonld::Task task;
  const auto known = jsonld::parse_operation(operation);
  if (!known) {
    throw Error(Code::NotFound, fmt::format("there is no operation \"{}\"; there are expand, compact, flatten, frame, "
                                            "to-rdf and from-rdf",
                                            operation));
  }
  task.operation = *known;
  task.options.loader = make_loader(services.options.contexts, budget);
  task.options.budget = budget;
  task.options.max_terms_option = "--option maxTerms, on the command line";
  task.framing.max_steps = most_steps;
  task.framing.max_steps_option = "--option maxSteps, on the command line";
  for (const auto& [name, value] : parameters) {
    if (std::find(own_parameters.begin(), own_parameters.end(), name) != own_parameters.end() || value.empty())
      continue;
    if (name == "maxSteps" || name == "maxTerms") {
      throw Error(Code::BadArgument, fmt::format("the server sets {}; use scenograph jsonld --option {}", name, name));
    }
    set_option(task, name, value);
  }
  const bool form = is_form(request);
  task.document.text = form ? std::string(value_of(parameters, "input")) : request.body;
  const std::string_view type = request.header("content-type");
  if (!form && !type.empty() && task.operation != Operation::FromRdf) task.document.content_type = type;
  task.format = format_of(parameters, form || task.operation == Operation::ToRdf ? "nquads" : format_name(request));
  task.context = json_or_address(parameters, "context", task.options.loader);
  task.options.expand_context = json_or_address(parameters, "expandContext", task.options.loader);
  task.frame = json_or_address(parameters, "frame", task.options.loader);
  return task;
}

Response process(Services& services, const Request& request, std::string_view named) {
  if (request.body.size() > services.options.max_jsonld_bytes) {
    throw Error(Code::TooLarge,
                fmt::format("the request is larger than the {} bytes that documents of JSON-LD may have "
                            "here; raise --max-jsonld, or use scenograph jsonld",
                            services.options.max_jsonld_bytes));
  }
  Parameters parameters = request.parameters;
  if (is_form(request)) parameters.merge(parse_form(request.body));
  const QueryLimits limits = limits_of(services.options, parameters);
  auto budget = std::make_shared<base::Budget>(limits.timeout, limits.memory, limits.remedies);
  if (request.client) request.client->cancel_when_gone(budget);
  const std::string operation(named.empty() ? value_of(parameters, "operation") : named);
  const auto running = services.queries.start("# JSON-LD: " + operation, request.peer, budget);
  if (!running) {
    return answer_error(services, request, 503,
                        Error(Code::Busy, fmt::format("{} queries are running already; try again in a moment, or raise "
                                                      "--max-queries",
                                                      services.options.max_concurrent_queries)));
  }
  return running->note_failure([&] {
    const jsonld::Task task = task_of(services, request, parameters, operation, budget);
    Response out;
    run_task(task, [&out](std::string_view piece) { out.body += piece; });
    const bool rdf = task.operation == Operation::ToRdf;
    out.content_type = rdf ? std::string(syntax::media_type(task.format)) : "application/ld+json";
    out.headers = {{"Cache-Control", "no-store"}};
    return out;
  });
}

}  // namespace

void add_jsonld_routes(Router& router, Services& services) {
  using Match = Router::Match;
  router.add("/jsonld", Match::Exact, {"GET", "POST"}, Router::Cors::Yes, [&services](const Request& request) {
    if (request.method == "POST") return process(services, request, {});
    const auto language = language_of(request);
    return html(publish::jsonld_page(services.site, language), language);
  });
  router.add(std::string(folder), Match::Prefix, {"POST"}, Router::Cors::Yes, [&services](const Request& request) {
    return process(services, request, std::string_view(request.path).substr(folder.size()));
  });
}

}  // namespace scenograph::server
