#include "jsonld/document.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "jsonld/internal/keywords.hpp"
#include "jsonld/internal/link_header.hpp"
#include "markup/scripts.hpp"
#include "rdf/iri.hpp"

namespace scenograph::jsonld {

namespace {

using base::Code;
using base::Error;

constexpr std::string_view json_ld = "application/ld+json";
constexpr std::string_view context_relation = "http://www.w3.org/ns/json-ld#context";
constexpr unsigned most_alternates = 5;

std::string media_type(std::string_view content_type) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  while (!type.empty() && type.back() == ' ') type.remove_suffix(1);
  while (!type.empty() && type.front() == ' ') type.remove_prefix(1);
  return lower_case(type);
}

bool is_json(std::string_view type) { return type == "application/json" || type.ends_with("+json"); }

bool is_page(std::string_view type) { return type == "text/html" || type == "application/xhtml+xml"; }

Error failed(Code code, std::string_view about) { return {code, fmt::format("loading document failed: {}", about)}; }

LoadedDocument find(std::string_view address, const DocumentLoader& loader) {
  std::optional<LoadedDocument> found;
  try {
    if (loader) found = loader(address);
  } catch (const Error& error) {
    throw failed(error.code(), error.message());
  }
  if (!found) {
    throw failed(Code::Denied,
                 fmt::format("{0} is not fetched: put a context's content under @context in the document, "
                             "give a copy with --context-file {0}=FILE, or allow its host with "
                             "--allow-context HOST",
                             address));
  }
  if (found->address.empty()) found->address = address;
  const std::size_t hash = address.find('#');
  if (hash != std::string_view::npos && found->address.find('#') == std::string::npos) {
    found->address += address.substr(hash);
  }
  return std::move(*found);
}

std::vector<Link> links_of(const LoadedDocument& loaded) {
  std::vector<Link> links;
  for (const std::string& header : loaded.links) {
    for (Link& link : parse_links(header)) links.push_back(std::move(link));
  }
  return links;
}

std::string resolved(const LoadedDocument& loaded, const std::string& reference) {
  return loaded.address.empty() ? reference : rdf::resolve_iri(loaded.address, reference);
}

std::string linked_context(const LoadedDocument& loaded) {
  std::string context;
  for (const Link& link : links_of(loaded)) {
    if (!link.has_relation(context_relation)) continue;
    if (!context.empty()) throw data_error("multiple context link headers", loaded.address);
    context = resolved(loaded, link.target);
  }
  return context;
}

/// The address of the JSON-LD that stands for the document; nullopt if none does.
std::optional<std::string> alternate_of(const LoadedDocument& loaded) {
  for (const Link& link : links_of(loaded)) {
    if (link.has_relation("alternate") && media_type(link.type) == json_ld) return resolved(loaded, link.target);
  }
  return std::nullopt;
}

Value parse_script(const markup::Script& script, const std::string& address) {
  try {
    return parse_json(script.text, address);
  } catch (const Error& fault) {
    base::Where where = fault.where();
    if (where.line <= 1) where.column += script.column - 1;
    where.line += script.line - 1;
    throw Error(fault.code(), "invalid script element: " + fault.message(), where);
  }
}

Document read_page(const LoadedDocument& loaded, const DocumentOptions& options) {
  const std::size_t hash = loaded.address.find('#');
  const std::string id = hash == std::string::npos ? std::string() : loaded.address.substr(hash + 1);
  const std::string address = options.base.empty() ? loaded.address.substr(0, hash) : options.base;
  const markup::Page page = markup::find_scripts(loaded.text, address);
  Value::Array nodes;
  for (const markup::Script& script : page.scripts) {
    if (!id.empty() && script.id != id) continue;
    Value json = parse_script(script, loaded.address);
    if (!id.empty() || !options.all_scripts) return {std::move(json), page.base, {}};
    if (json.is_array()) {
      std::move(json.array().begin(), json.array().end(), std::back_inserter(nodes));
    } else {
      nodes.push_back(std::move(json));
    }
  }
  if (!id.empty()) {
    throw failed(Code::BadData, fmt::format("the page has no <script type=\"{}\" id=\"{}\">", json_ld, id));
  }
  if (!options.all_scripts) throw failed(Code::BadData, fmt::format("the page has no <script type=\"{}\">", json_ld));
  return {std::move(nodes), page.base, {}};
}

}  // namespace

Document read_document(const LoadedDocument& given, const DocumentOptions& options) {
  LoadedDocument loaded = given;
  for (unsigned count = 0; count <= most_alternates; ++count) {
    const std::string type = media_type(loaded.content_type);
    if (is_json(type)) {
      std::string context = type == json_ld ? std::string() : linked_context(loaded);
      std::string base = options.base.empty() ? loaded.address : options.base;
      return {parse_json(loaded.text, loaded.address), std::move(base), std::move(context)};
    }
    if (const auto alternate = alternate_of(loaded)) {
      loaded = find(*alternate, options.loader);
      continue;
    }
    if (is_page(type)) return read_page(loaded, options);
    throw failed(Code::BadData, fmt::format("<{}> is of media type {}, which is neither JSON nor HTML", loaded.address,
                                            type.empty() ? "unknown" : type));
  }
  throw failed(Code::BadData, fmt::format("<{}> and others name each other as alternates", given.address));
}

Document load_document(std::string_view address, const DocumentOptions& options) {
  return read_document(find(address, options.loader), options);
}

}  // namespace scenograph::jsonld
