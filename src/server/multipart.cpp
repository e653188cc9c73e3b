#include "server/internal/multipart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "jsonld/any_syntax.hpp"
#include "rdf/term.hpp"
#include "syntax/format.hpp"

namespace scenograph::server {

namespace {

using base::Code;
using base::Error;

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// The value of a parameter such as `; boundary="x"`, "" if it is not there.
std::string parameter_of(std::string_view header, std::string_view name) {
  const std::string wanted = fmt::format("{}=", name);
  const std::string folded = lower(header);
  for (std::size_t at = folded.find(wanted); at != std::string::npos; at = folded.find(wanted, at + 1)) {
    if (at == 0 || (folded[at - 1] != ';' && folded[at - 1] != ' ')) continue;
    std::string_view value = header.substr(at + wanted.size());
    if (value.starts_with('"')) return std::string(value.substr(1, value.substr(1).find('"')));
    return std::string(value.substr(0, value.find_first_of("; ")));
  }
  return {};
}

FormPart read_part(std::string_view text) {
  FormPart out;
  while (!text.starts_with("\r\n")) {
    const std::size_t end = text.find("\r\n");
    if (end == std::string_view::npos) throw Error(Code::BadSyntax, "a part of the form has no end of its headers");
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 2);
    const std::size_t colon = std::min(line.find(':'), line.size());
    const std::string header = lower(line.substr(0, colon));
    std::string_view value = line.substr(std::min(colon + 1, line.size()));
    while (value.starts_with(' ')) value.remove_prefix(1);
    if (header == "content-type") out.content_type = value;
    if (header == "content-disposition") {
      out.name = parameter_of(value, "name");
      out.file_name = parameter_of(value, "filename");
    }
  }
  out.body = text.substr(2);
  return out;
}

void append_part(std::string& out, const FormPart& part, std::size_t number, const std::string& base) {
  const std::string& name = part.file_name.empty() ? part.name : part.file_name;
  auto format = syntax::format_of_media_type(part.content_type);
  if (!format) format = syntax::format_of_path(name);
  constexpr std::array<syntax::Format, 4> of_one_graph = {syntax::Format::Turtle, syntax::Format::NTriples,
                                                          syntax::Format::RdfXml, syntax::Format::JsonLd};
  if (!format || std::find(of_one_graph.begin(), of_one_graph.end(), *format) == of_one_graph.end()) {
    throw Error(Code::Unsupported,
                fmt::format("the part \"{}\" is no RDF of one graph: say which in its Content-Type", name));
  }
  const auto scoped = [number](rdf::Term term) {
    if (term.is_blank()) term.value = fmt::format("p{}.{}", number, term.value);
    return term;
  };
  syntax::ReadOptions options;
  options.base = base;
  options.source_name = name;
  const auto source = base::open_text(part.body);
  jsonld::read_any(*source, *format, options, [&](const rdf::Quad& quad) {
    if (!quad.graph.is_default_graph()) {
      throw Error(Code::BadData, fmt::format("the part \"{}\" names the graph {}", name, quad.graph.value));
    }
    rdf::append_ntriples(out, scoped(quad.subject));
    out += ' ';
    rdf::append_ntriples(out, quad.predicate);
    out += ' ';
    rdf::append_ntriples(out, scoped(quad.object));
    out += " .\n";
  });
}

}  // namespace

bool is_multipart(std::string_view content_type) {
  return lower(content_type.substr(0, content_type.find(';'))) == "multipart/form-data";
}

std::vector<FormPart> form_parts(std::string_view body, std::string_view content_type) {
  const std::string boundary = parameter_of(content_type, "boundary");
  if (boundary.empty()) throw Error(Code::BadSyntax, "multipart/form-data needs a boundary in its Content-Type");
  const std::string mark = "--" + boundary;
  std::vector<FormPart> out;
  std::size_t at = body.find(mark);
  while (true) {
    if (at == std::string_view::npos) throw Error(Code::BadSyntax, "the form ends without its last boundary");
    body.remove_prefix(at + mark.size());
    if (body.starts_with("--")) return out;
    if (!body.starts_with("\r\n")) throw Error(Code::BadSyntax, "a boundary of the form does not end its line");
    body.remove_prefix(2);
    at = body.find("\r\n" + mark);
    out.push_back(read_part(body.substr(0, at)));
    if (at != std::string_view::npos) at += 2;
  }
}

std::string join_parts(std::string_view body, std::string_view content_type, const std::string& base) {
  std::string out;
  std::size_t number = 0;
  for (const FormPart& part : form_parts(body, content_type)) append_part(out, part, number++, base);
  return out;
}

}  // namespace scenograph::server
