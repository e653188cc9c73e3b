#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/quantity.hpp"
#include "ingest/shapes.hpp"
#include "ingest/validate_document.hpp"
#include "jsonld/remote_loader.hpp"
#include "net/fetch.hpp"
#include "publish/pages.hpp"
#include "rdf/iri.hpp"
#include "server/internal/errors.hpp"
#include "server/internal/query_limits.hpp"
#include "server/internal/reply.hpp"
#include "server/internal/routes.hpp"
#include "server/internal/standard_shapes.hpp"
#include "server/internal/validation_input.hpp"
#include "server/internal/validation_reply.hpp"
#include "syntax/compression.hpp"

namespace scenograph::server {

namespace {

using base::Code;
using base::Error;
using syntax::Format;

constexpr std::string_view size_option = "--max-validate";

bool flag(const Parameters& parameters, std::string_view name, bool otherwise) {
  const std::string_view text = value_of(parameters, name);
  if (text.empty()) return otherwise;
  if (text == "true" || text == "false") return text == "true";
  throw Error(Code::BadArgument, fmt::format("the parameter \"{}\" is true or false, not \"{}\"", name, text));
}

/// What a request has validated, from reading it to its report.
class Validation {
 public:
  Validation(Services& services, const net::AllowList& hosts, ValidationInput& input,
             std::shared_ptr<base::Budget> budget)
      : services_(services), hosts_(hosts), input_(input), budget_(std::move(budget)) {}

  [[nodiscard]] Validated run() {
    if (!input_.address.empty()) input_.document = fetch();
    const shacl::Shapes* shapes = &standard_shapes();
    shacl::Shapes own;
    if (input_.shapes) {
      own = read_shapes(*input_.shapes);
      shapes = &own;
    }
    Validated out;
    out.syntax = input_.document.format();
    if (input_.document.is_named) out.title = input_.document.name;
    const bool is_page = out.syntax == Format::Html || out.syntax == Format::JsonLd;
    ingest::RdfInput document = rdf_input(input_.document, out.syntax);
    document.lenient = true;
    document.diagnostics = [&out](const base::Diagnostic& remark) { out.remarks.add(remark); };
    shacl::Options options;
    options.max_results = max_results();
    ingest::DocumentReport checked =
        ingest::validate_document(document, flag(input_.parameters, "clean", is_page), *shapes, options, *budget_);
    out.quads = checked.quads;
    out.report = std::move(checked.report);
    if (out.quads == 0) refuse_unreadable(out.remarks);
    return out;
  }

 private:
  /// The page at the address, from a host that may be asked.
  [[nodiscard]] SentDocument fetch() const {
    const net::FetchPolicy policy{hosts_, services_.options.remote.timeout, services_.options.remote.max_bytes};
    constexpr std::string_view accepted = "text/html, application/ld+json;q=0.9, text/turtle;q=0.8, */*;q=0.1";
    try {
      const net::Fetched page = net::fetch(policy, {input_.address, std::string(accepted), {}}, budget_);
      SentDocument out;
      out.text = base::read_all(*page.body, services_.options.max_validate_bytes, page.url, size_option);
      out.content_type = page.content_type;
      out.name = page.url;
      out.is_named = true;
      return out;
    } catch (const Error& error) {
      if (error.code() != Code::Denied) throw;
      throw Error(Code::Denied, error.message() + "; or paste the page's source instead");
    }
  }

  [[nodiscard]] ingest::RdfInput rdf_input(const SentDocument& document, Format format) const {
    ingest::RdfInput out;
    out.path = document.name;
    out.open = [&document] { return syntax::decompress(base::open_text(document.text), document.name); };
    out.format = format;
    out.base = base_iri();
    out.max_bytes = out.max_document = out.max_line = services_.options.max_validate_bytes;
    out.max_bytes_option = out.max_document_option = size_option;
    out.contexts = make_loader(services_.options.contexts, budget_);
    return out;
  }

  /// Of relative IRIs: what the request says, the page's address, or that of this service.
  [[nodiscard]] std::string base_iri() const {
    const std::string_view given = value_of(input_.parameters, "base");
    if (given.empty()) return input_.address.empty() ? services_.site.base_iri + "validate" : input_.document.name;
    if (const auto reason = rdf::why_not_iri(given)) {
      throw Error(Code::BadArgument, fmt::format("the parameter \"base\" is no absolute IRI: {}", *reason));
    }
    return std::string(given);
  }

  [[nodiscard]] shacl::Shapes read_shapes(const SentDocument& document) const {
    shacl::LoadOptions options;
    options.skip_unsupported = flag(input_.parameters, "skip-unsupported", false);
    options.check = [this] { budget_->check(); };
    const std::array inputs = {rdf_input(document, document.format())};
    return ingest::read_shapes(inputs, options);
  }

  [[nodiscard]] std::size_t max_results() const {
    const std::size_t most = services_.options.max_validate_results;
    const std::string_view wanted = value_of(input_.parameters, "max-results");
    const std::size_t count = wanted.empty() ? 0 : base::parse_count("the parameter \"max-results\"", wanted);
    return count == 0 ? most : std::min(most, count);
  }

  /// What was passed over until nothing was left is told as the fault that it is.
  static void refuse_unreadable(const Remarks& remarks) {
    const auto fault = std::find_if(remarks.shown.begin(), remarks.shown.end(), [](const base::Diagnostic& remark) {
      return remark.severity == base::Severity::Error;
    });
    if (fault != remarks.shown.end()) throw Error(Code::BadSyntax, fault->message.en, fault->where);
  }

  Services& services_;
  const net::AllowList& hosts_;
  ValidationInput& input_;
  std::shared_ptr<base::Budget> budget_;
};

Validated validate(Services& services, const Request& request, const net::AllowList& hosts, ValidationInput& input) {
  const QueryLimits limits = limits_of(services.options, input.parameters);
  auto budget = std::make_shared<base::Budget>(limits.timeout, limits.memory, limits.remedies);
  if (request.client) request.client->cancel_when_gone(budget);
  const auto running = services.queries.start("# validation", request.peer, budget);
  if (!running) {
    throw Error(Code::Busy, fmt::format("{} queries are running already; try again in a moment, or raise --max-queries",
                                        services.options.max_concurrent_queries));
  }
  return running->note_failure([&] { return Validation(services, hosts, input, budget).run(); });
}

void check_size(const Services& services, const Request& request) {
  if (request.body.size() <= services.options.max_validate_bytes) return;
  throw Error(
      Code::TooLarge,
      fmt::format("the request is larger than the {} bytes that may be validated here; raise {}, or use scenograph "
                  "validate",
                  services.options.max_validate_bytes, size_option));
}

/// Whether the fault is one of the request, which its sender can mend in the form.
bool can_be_mended(int status) { return status < 500 || status == 502; }

Response answer(Services& services, const Request& request, const net::AllowList& hosts) {
  ValidationForm form;
  form.language = language_of(request);
  form.takes_addresses = !hosts.is_empty();
  std::optional<ReportSyntax> syntax = report_syntax({}, request.header("accept"));
  try {
    check_size(services, request);
    ValidationInput input = read_validation_input(request);
    form.language = publish::choose_language(value_of(input.parameters, "lang"), request.header("accept-language"));
    syntax = report_syntax(value_of(input.parameters, "format"), request.header("accept"));
    if (!syntax) {
      return answer_error(services, request, 406,
                          Error(Code::Unsupported,
                                "a report can be had as HTML, plain text, JSON, SARIF, Turtle, "
                                "JSON-LD, N-Triples or RDF/XML; change the Accept header"));
    }
    if (input.is_pasted) form.input = input.document.text;
    const Validated validated = validate(services, request, hosts, input);
    return validation_reply(services, validated, *syntax, form);
  } catch (const Error& error) {
    const int status = status_of(error.code());
    const bool in_page = syntax && syntax->kind == ReportSyntax::Kind::Page && can_be_mended(status);
    return in_page ? validation_failure(services, error, status, form) : answer_error(services, request, status, error);
  }
}

}  // namespace

void add_validate_routes(Router& router, Services& services) {
  const auto hosts = std::make_shared<const net::AllowList>("--allow-validate", services.options.allow_validate);
  router.add(
      "/validate", Router::Match::Exact, {"GET", "POST"}, Router::Cors::Yes,
      [&services, hosts](const Request& request) {
        if (request.method == "POST") return answer(services, request, *hosts);
        const auto language = language_of(request);
        return html(publish::validation_page(services.site, {!hosts->is_empty(), {}, {}}, nullptr, language), language);
      });
}

}  // namespace scenograph::server
