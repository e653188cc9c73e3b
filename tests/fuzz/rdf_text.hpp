#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "fuzz/fuzz.hpp"
#include "rdf/iri.hpp"
#include "syntax/reader.hpp"
#include "syntax/writer.hpp"

namespace scenograph::fuzz {

/// What became of a text.
struct Reading {
  std::vector<rdf::Quad> quads;
  std::string diagnostics;
  std::string fault;  ///< with its place; empty if there was none

  friend bool operator==(const Reading&, const Reading&) = default;
};

/// Collects what `read`, given options and a sink of quads, makes of a text.
template <typename Read>
Reading collect(syntax::ReadOptions options, const Read& read) {
  Reading reading;
  options.diagnostics = [&](const base::Diagnostic& diagnostic) {
    reading.diagnostics += to_string(diagnostic) + '\n';
  };
  try {
    read(options, [&](const rdf::Quad& quad) { reading.quads.push_back(quad); });
  } catch (const base::Error& error) {
    require(!error.message().empty());
    reading.fault = error.what();
  }
  return reading;
}

inline Reading read_text(std::string_view text, syntax::Format format, const syntax::ReadOptions& options) {
  return collect(options, [&](const syntax::ReadOptions& with_sink, const rdf::QuadSink& sink) {
    const auto source = base::open_text(text);
    syntax::read(*source, format, with_sink, sink);
  });
}

/// The quads sorted, all blank nodes alike: equal for graphs that are equal up to the names of their blank nodes.
inline std::vector<rdf::Quad> without_labels(std::vector<rdf::Quad> quads) {
  for (rdf::Quad& quad : quads) {
    for (rdf::Term* term : {&quad.subject, &quad.object, &quad.graph}) {
      if (term->is_blank()) term->value.clear();
    }
  }
  std::sort(quads.begin(), quads.end());
  return quads;
}

/// The quads as RDF/XML can hold them: without graphs, and without those that have a dot segment in an IRI, which its
/// readers resolve like any reference.
inline std::vector<rdf::Quad> for_rdf_xml(const std::vector<rdf::Quad>& quads) {
  const auto stays = [](const rdf::Term& term) {
    const std::string& iri = term.is_literal() ? term.datatype : term.value;
    return term.is_blank() || iri.empty() || rdf::resolve_iri(iri, iri) == iri;
  };
  std::vector<rdf::Quad> out;
  for (const rdf::Quad& quad : quads) {
    if (stays(quad.subject) && stays(quad.object)) out.push_back({quad.subject, quad.predicate, quad.object, {}});
  }
  return out;
}

/// Writes the quads in a syntax and reads them again: they must be the same, up to the names of blank nodes. Quads that
/// the syntax cannot hold are an answer.
inline void require_round_trip(const std::vector<rdf::Quad>& quads, syntax::Format format,
                               std::size_t arrange_bytes = 0) {
  std::string text;
  syntax::WriteOptions options;
  options.arrange_bytes = arrange_bytes;
  const bool written = answers([&] {
    const auto writer = syntax::make_writer(
        format, [&](std::string_view piece) { text += piece; }, options);
    for (const rdf::Quad& quad : quads) writer->write(quad);
    writer->finish();
  });
  if (!written) return;
  const Reading again = read_text(text, format, {});
  require(again.fault.empty());
  require(without_labels(again.quads) == without_labels(quads));
}

}  // namespace scenograph::fuzz
