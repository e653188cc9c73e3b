#include "server/internal/graph_reply.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "base/error.hpp"
#include "jsonld/any_syntax.hpp"
#include "server/internal/reply.hpp"
#include "syntax/format.hpp"
#include "syntax/negotiation.hpp"

namespace scenograph::server {

namespace {

using base::Code;
using base::Error;

struct OfferedGraph {
  std::string_view media_type;
  syntax::Format format;
};

constexpr std::array<OfferedGraph, 6> offered_graphs = {{
    {"text/turtle", syntax::Format::Turtle},
    {"application/n-triples", syntax::Format::NTriples},
    {"application/rdf+xml", syntax::Format::RdfXml},
    {"application/ld+json", syntax::Format::JsonLd},
    {"application/xml", syntax::Format::RdfXml},
    {"text/plain", syntax::Format::NTriples},
}};

std::array<std::string_view, offered_graphs.size()> graph_types() {
  std::array<std::string_view, offered_graphs.size()> out;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = offered_graphs[i].media_type;
  return out;
}

void write_all(const TripleSource& next, syntax::Format format, const base::ByteSink& sink) {
  const auto writer = jsonld::make_any_writer(format, sink);
  std::vector<rdf::Triple> triples;
  while (next(triples)) {
    for (const auto& triple : triples) writer->write({triple.subject, triple.predicate, triple.object, {}});
  }
  writer->finish();
}

}  // namespace

Response stream_graph(const Services& services, const Request& request, std::string_view format, TripleSource triples) {
  Response out;
  syntax::Format syntax = syntax::Format::Turtle;
  if (format.empty()) {
    const auto chosen = syntax::negotiate(request.header("accept"), graph_types());
    if (!chosen) {
      return answer_error(services, request, 406,
                          Error(Code::Unsupported, fmt::format("the answer can be had as {}; change the Accept header",
                                                               fmt::join(graph_types(), ", "))));
    }
    syntax = offered_graphs[*chosen].format;
    out.content_type = offered_graphs[*chosen].media_type;
  } else {
    syntax = syntax::parse_format(format);
    out.content_type = syntax::media_type(syntax);
  }
  if (out.content_type.starts_with("text/")) out.content_type += "; charset=utf-8";
  out.stream = [triples = std::move(triples), syntax](const base::ByteSink& sink) { write_all(triples, syntax, sink); };
  return out;
}

}  // namespace scenograph::server
