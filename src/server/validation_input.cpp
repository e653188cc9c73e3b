#include "server/internal/validation_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "server/internal/multipart.hpp"

namespace scenograph::server {

namespace {

using base::Code;
using base::Error;
using syntax::Format;

constexpr std::string_view blanks = " \t\r\n";

bool is_form(std::string_view content_type) { return content_type.starts_with("application/x-www-form-urlencoded"); }

std::string_view trim(std::string_view text) {
  const std::size_t start = text.find_first_not_of(blanks);
  return start == std::string_view::npos ? std::string_view()
                                         : text.substr(start, text.find_last_not_of(blanks) + 1 - start);
}

/// Whether senders give the media type to what they know nothing of.
bool is_vague(std::string_view content_type) {
  constexpr std::array<std::string_view, 5> vague = {"", "text/plain", "application/octet-stream", "application/gzip",
                                                     "application/zstd"};
  const std::string_view type = trim(content_type.substr(0, content_type.find(';')));
  return std::find(vague.begin(), vague.end(), type) != vague.end();
}

std::string take(Parameters& parameters, std::string_view name) {
  std::string out(value_of(parameters, name));
  const auto [first, last] = parameters.equal_range(name);
  parameters.erase(first, last);
  return out;
}

/// The parts of a form: files become documents, the others parameters.
void take_parts(const Request& request, ValidationInput& out) {
  for (const FormPart& part : form_parts(request.body, request.header("content-type"))) {
    if (part.file_name.empty()) {
      if (part.name != "file") out.parameters.emplace(part.name, part.body);
    } else if (part.name == "shapes") {
      out.shapes = {std::string(part.body), part.content_type, part.file_name, true};
    } else {
      out.document = {std::string(part.body), part.content_type, part.file_name, true};
    }
  }
}

}  // namespace

Format SentDocument::format() const {
  if (!is_vague(content_type)) {
    if (const auto by_type = syntax::format_of_media_type(content_type)) return *by_type;
    throw Error(Code::Unsupported,
                fmt::format("{} is of media type \"{}\": send a web page, JSON-LD or other RDF", name, content_type));
  }
  if (const auto by_ending = syntax::format_of_path(name)) return *by_ending;
  if (const auto by_content = syntax::sniff(text)) return *by_content;
  if (trim(text).starts_with('<')) return Format::Html;  // a piece of a page
  throw Error(
      Code::Unsupported,
      fmt::format("cannot tell the syntax of {}: send a web page, JSON-LD or other RDF, and its Content-Type, such "
                  "as text/html, application/ld+json or text/turtle",
                  name));
}

ValidationInput read_validation_input(const Request& request) {
  const std::string_view type = request.header("content-type");
  ValidationInput out;
  out.parameters = request.parameters;
  if (is_multipart(type)) {
    take_parts(request, out);
  } else if (is_form(type)) {
    out.parameters.merge(parse_form(request.body));
  } else {
    out.document = {request.body, std::string(type), "the document", false};
  }
  if (std::string shapes = take(out.parameters, "shapes"); !out.shapes && !trim(shapes).empty()) {
    out.shapes = {std::move(shapes), {}, "shapes", false};
  }
  const std::string address = take(out.parameters, "address");
  std::string pasted = take(out.parameters, "input");
  if (!trim(out.document.text).empty()) return out;
  out.address = trim(address);
  out.is_pasted = out.address.empty();
  if (out.is_pasted) out.document = {std::move(pasted), {}, "the document", false};
  if (out.is_pasted && trim(out.document.text).empty()) {
    throw Error(
        Code::BadArgument,
        "there is nothing to validate: send a document as the body, with its Content-Type, or a form with one of "
        "the fields file, address and input");
  }
  return out;
}

}  // namespace scenograph::server
