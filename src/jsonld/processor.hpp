#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jsonld/json.hpp"
#include "rdf/term.hpp"

namespace scenograph::jsonld {

/// The text of a remote context, given its absolute address; nullopt if it cannot be had.
using ContextLoader = std::function<std::optional<std::string>(std::string_view address)>;

/// Knows the bundled contexts only: schema.org under its usual addresses. No network.
[[nodiscard]] std::optional<std::string> bundled_context(std::string_view address);

enum class RdfDirection : std::uint8_t { None, I18nDatatype, CompoundLiteral };

struct ProcessorOptions {
  std::string base;  ///< base IRI of the document; may be empty
  ContextLoader loader = bundled_context;
  std::optional<Value> expand_context;  ///< a context put before that of the document
  bool json_ld_1_0 = false;             ///< refuse what version 1.1 brought
  bool compact_arrays = true;           ///< an array of one is written as its element
  bool compact_to_relative = true;      ///< IRIs are written relative to the base
  bool use_native_types = false;        ///< from_rdf: booleans and numbers as JSON has them
  bool use_rdf_type = false;            ///< from_rdf: rdf:type as a property rather than @type
  RdfDirection rdf_direction = RdfDirection::None;
};

// All throw Error(Code::BadData) that begins with the error code of the JSON-LD API ("invalid local context: …"),
// Error(Code::Unsupported) for a remote context that the loader does not know, and Error(Code::TooLarge) for contexts
// that include each other without end.
//
// Source: JSON-LD 1.1 Processing Algorithms and API.

/// The document with its context worked in: an array of node objects.
[[nodiscard]] Value expand(const Value& document, const ProcessorOptions& options = {});

/// An expanded document written in the terms of `context` (a context, or an object with one under @context).
[[nodiscard]] Value compact(const Value& expanded, const Value& context, const ProcessorOptions& options = {});

/// The quads of an expanded document; those that are no RDF (relative IRIs, blank predicates, names of blank nodes
/// that N-Quads cannot write) are left out.
void to_rdf(const Value& expanded, const ProcessorOptions& options, const rdf::QuadSink& sink);

/// The quads as an expanded document: nodes sorted by name, RDF lists as @list, named graphs under @graph.
[[nodiscard]] Value from_rdf(const std::vector<rdf::Quad>& quads, const ProcessorOptions& options = {});

}  // namespace scenograph::jsonld
