#include "conformance/http_test.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/bytes.hpp"
#include "base/utf8.hpp"
#include "canon/compare.hpp"
#include "conformance/data.hpp"
#include "rdf/vocab.hpp"
#include "server/http_client.hpp"
#include "server/test_server.hpp"
#include "sparql/results/reader.hpp"
#include "support/nquads.hpp"
#include "syntax/reader.hpp"

namespace scenograph::conformance {

namespace {

namespace http = server::tests;

constexpr std::string_view sd = "http://www.w3.org/ns/sparql-service-description#";
constexpr std::string_view authority = "www.example";
constexpr std::string_view token = "conformance";

http::TestServer make_server() {
  server::ServerOptions options;
  options.base_iri = fmt::format("http://{}/", authority);
  options.write_token = token;
  return http::TestServer({}, options);
}

std::string_view local_name(std::string_view iri) { return iri.substr(iri.find_last_of("#/") + 1); }

std::string value_at(const Graph& manifest, const rdf::Term& node, const std::string& name) {
  return manifest.object(node, std::string(ht::ns) + name).value;
}

std::map<std::string, std::string> headers_of(const Graph& manifest, const rdf::Term& message) {
  std::map<std::string, std::string> out;
  for (const rdf::Term& header : manifest.list(manifest.object(message, ht::headers))) {
    out[value_at(manifest, header, "fieldName")] = value_at(manifest, header, "fieldValue");
  }
  return out;
}

std::string to_utf16(std::string_view text) {
  std::string out = "\xFE\xFF";
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code = base::next_code_point(text, at);
    out += {static_cast<char>(code >> 8U), static_cast<char>(code & 0xFFU)};
  }
  return out;
}

/// The text of a body, in the encoding it says. Lines of a multipart form end as the form wants them to.
std::string body_of(const Graph& manifest, const rdf::Term& message, bool is_form) {
  const rdf::Term body = manifest.object(message, ht::body);
  const std::string text = manifest.object(body, cnt::chars).value;
  if (manifest.object(body, cnt::encoding).value == "UTF-16") return to_utf16(text);
  if (!is_form) return text;
  std::string out;
  for (const char c : text) out += c == '\n' && !out.ends_with('\r') ? std::string("\r\n") : std::string(1, c);
  return out;
}

bool has_status(int status, std::string_view name) {
  static const std::map<std::string_view, int> names = {{"OK", 200},
                                                        {"Created", 201},
                                                        {"Accepted", 202},
                                                        {"NoContent", 204},
                                                        {"BadRequest", 400},
                                                        {"Forbidden", 403},
                                                        {"NotFound", 404},
                                                        {"Conflict", 409},
                                                        {"MethodNotAllowed", 405},
                                                        {"NotAcceptable", 406},
                                                        {"UnsupportedMediaType", 415},
                                                        {"InternalServerError", 500}};
  if (name.starts_with("StatusCode") && name.ends_with("xx")) return status / 100 == name[10] - '0';
  const auto known = names.find(name);
  return known != names.end() && known->second == status;
}

std::vector<rdf::Quad> rdf_of(const std::string& text, std::string_view content_type) {
  const auto format = syntax::format_of_media_type(content_type);
  if (!format) throw std::runtime_error(fmt::format("«{}» is no media type of RDF", content_type));
  std::vector<rdf::Quad> out;
  const auto source = base::open_text(text);
  syntax::ReadOptions options;
  options.base = fmt::format("http://{}/", authority);
  syntax::read(*source, *format, options, [&out](const rdf::Quad& quad) { out.push_back(quad); });
  return out;
}

/// The answer read as results. @return its boolean
std::optional<bool> read_as_results(const http::Answer& answer) {
  const auto format = sparql::parse_result_format(answer.headers.at("content-type"));
  const auto reader =
      sparql::read_results(base::open_text(answer.body), format, "answer", std::make_shared<base::Budget>());
  sparql::SolutionRow row;
  while (reader->next(row)) {
  }
  return reader->boolean();
}

class Play {
 public:
  explicit Play(const Graph& manifest) : manifest_(manifest) {}

  std::string run(const Test& test) {
    http::TestServer server = make_server();
    load_graphs(server.store(), manifest_, test.node);
    for (const rdf::Term& request :
         manifest_.list(manifest_.object(manifest_.object(test.node, mf::action), ht::requests))) {
      const http::Answer answer = send(server, request);
      const std::string wrong = check(answer, manifest_.object(request, ht::response));
      if (wrong.empty()) continue;
      return fmt::format("{} {}: {}", value_at(manifest_, request, "methodName"),
                         value_at(manifest_, request, "absolutePath"), wrong);
    }
    return {};
  }

 private:
  http::Answer send(const http::TestServer& server, const rdf::Term& request) const {
    http::Call call;
    call.method = value_at(manifest_, request, "methodName");
    call.target = fill(value_at(manifest_, request, "absolutePath"));
    for (const auto& [from, to] : {std::pair<std::string, std::string>{"/sparql/", "/sparql"}, {"/gsp", "/graphs"}}) {
      if (call.target.starts_with(from)) call.target.replace(0, from.size(), to);
    }
    call.headers = headers_of(manifest_, request);
    const auto type = call.headers.find("content-type");
    const bool is_form = type != call.headers.end() && type->second.starts_with("multipart/");
    call.body = fill(body_of(manifest_, request, is_form));
    call.headers["authorization"] = fmt::format("Bearer {}", token);
    return http::call(server.port(), call);
  }

  std::string fill(std::string text) const {
    for (const auto& [name, value] : variables_) {
      for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size())) {
        text.replace(at, name.size(), value);
      }
    }
    return text;
  }

  std::string check(const http::Answer& answer, const rdf::Term& expected) {
    const auto statuses = manifest_.objects(expected, mf::expected_status);
    const bool is_status = std::any_of(statuses.begin(), statuses.end(), [&](const rdf::Term& status) {
      return has_status(answer.status, local_name(status.value));
    });
    if (!statuses.empty() && !is_status) {
      return fmt::format("status {}, not {}: {}", answer.status, local_name(statuses.front().value), answer.body);
    }
    const rdf::Term location = manifest_.object(expected, mf::expected_location);
    if (location.is_literal()) {
      if (answer.headers.count("location") == 0) return "there is no Location";
      variables_[location.value] = answer.headers.at("location");
    }
    if (std::string wrong = check_format(answer, expected); !wrong.empty()) return wrong;
    return check_body(answer, expected);
  }

  std::string check_format(const http::Answer& answer, const rdf::Term& expected) const {
    const std::string format = manifest_.object(expected, mf::expected_format).value;
    if (format == "RDF") static_cast<void>(rdf_of(answer.body, answer.headers.at("content-type")));
    if (format != "boolean" && format != "tabular") return {};
    const auto boolean = read_as_results(answer);
    if (boolean.has_value() != (format == "boolean")) return fmt::format("the answer is not {}", format);
    const rdf::Term wanted = manifest_.object(expected, mf::expected_boolean);
    if (wanted.is_literal() && (wanted.value == "true") != boolean) return "the boolean should be the other one";
    return {};
  }

  std::string check_body(const http::Answer& answer, const rdf::Term& expected) const {
    const auto headers = headers_of(manifest_, expected);
    const auto type = headers.find("content-type");
    if (type == headers.end()) return {};
    const std::string got = answer.headers.at("content-type");
    if (got.substr(0, got.find(';')) != type->second.substr(0, type->second.find(';'))) {
      return fmt::format("the content type is {}, not {}", got, type->second);
    }
    if (manifest_.object(expected, ht::body).is_default_graph()) return {};
    const auto mine = rdf_of(answer.body, got);
    const auto wanted = rdf_of(fill(body_of(manifest_, expected, false)), type->second);
    if (canon::isomorphic(mine, wanted)) return {};
    return "got\n" + tests::to_nquads(mine) + "expected\n" + tests::to_nquads(wanted);
  }

  const Graph& manifest_;
  std::map<std::string, std::string> variables_;
};

/// Subjects that have a property, and objects that a property has.
std::set<rdf::Term> objects_of(const std::vector<rdf::Quad>& quads, std::string_view predicate) {
  std::set<rdf::Term> out;
  for (const rdf::Quad& quad : quads) {
    if (quad.predicate.value == std::string(sd).append(predicate)) out.insert(quad.object);
  }
  return out;
}

/// What of the vocabulary's schema the description breaks: each property must exist there, and have values of its kind.
std::string check_schema(const std::vector<rdf::Quad>& quads) {
  static const std::map<std::string_view, rdf::TermType> kinds = {{"endpoint", rdf::TermType::Iri},
                                                                  {"supportedLanguage", rdf::TermType::Iri},
                                                                  {"feature", rdf::TermType::Iri},
                                                                  {"defaultEntailmentRegime", rdf::TermType::Iri},
                                                                  {"resultFormat", rdf::TermType::Iri},
                                                                  {"inputFormat", rdf::TermType::Iri},
                                                                  {"extensionFunction", rdf::TermType::Iri},
                                                                  {"name", rdf::TermType::Iri},
                                                                  {"defaultDataset", rdf::TermType::BlankNode},
                                                                  {"defaultGraph", rdf::TermType::BlankNode},
                                                                  {"namedGraph", rdf::TermType::BlankNode},
                                                                  {"graph", rdf::TermType::BlankNode}};
  for (const rdf::Quad& quad : quads) {
    if (!quad.predicate.value.starts_with(sd)) continue;
    const auto kind = kinds.find(local_name(quad.predicate.value));
    if (kind == kinds.end() || quad.object.type != kind->second) return "unfit: " + tests::to_nquads({quad});
  }
  const auto has_type = [&quads](const rdf::Term& node, std::string_view type) {
    return std::any_of(quads.begin(), quads.end(), [&](const rdf::Quad& quad) {
      return quad.subject == node && quad.predicate.value == rdf::rdf::type &&
             quad.object.value == std::string(sd).append(type);
    });
  };
  for (const auto& [predicate, type] : {std::pair{"defaultDataset", "Dataset"},
                                        {"defaultGraph", "Graph"},
                                        {"namedGraph", "NamedGraph"},
                                        {"graph", "Graph"}}) {
    for (const rdf::Term& node : objects_of(quads, predicate)) {
      if (!has_type(node, type)) return fmt::format("an object of sd:{} is no sd:{}", predicate, type);
    }
  }
  return {};
}

}  // namespace

std::string run_http_test(const Test& test, const Graph& manifest) { return Play(manifest).run(test); }

std::string run_description_test(const Test& test) {
  http::TestServer server = make_server();
  const http::Answer answer = http::get(server.port(), "/sparql", {{"accept", "text/turtle, application/rdf+xml"}});
  if (answer.status != 200) return fmt::format("status {}", answer.status);
  const auto quads = rdf_of(answer.body, answer.headers.at("content-type"));
  const std::string_view name = local_name(test.node.value);
  if (name == "returns-rdf") return quads.empty() ? "the description is empty" : "";
  if (name == "has-endpoint-triple") {
    const bool is_there =
        objects_of(quads, "endpoint").count(rdf::Term::iri(fmt::format("http://{}/sparql", authority))) == 1;
    return is_there ? "" : "there is no such endpoint";
  }
  if (name == "conforms-to-schema") return check_schema(quads);
  return fmt::format("what «{}» checks is told in words alone", name);
}

}  // namespace scenograph::conformance
