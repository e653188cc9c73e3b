#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.hpp"
#include "jsonld/document.hpp"
#include "jsonld/json.hpp"
#include "rdf/term.hpp"

namespace scenograph::jsonld {

enum class RdfDirection : std::uint8_t { None, I18nDatatype, CompoundLiteral };

struct ProcessorOptions {
  std::string base;                          ///< base IRI of the document; may be empty
  DocumentLoader loader = bundled_document;  ///< of contexts
  std::optional<Value> expand_context;       ///< a context put before that of the document
  bool json_ld_1_0 = false;                  ///< refuse what version 1.1 brought
  bool compact_arrays = true;                ///< an array of one is written as its element
  bool compact_to_relative = true;           ///< IRIs are written relative to the base
  bool wrap_graph = false;                   ///< compact: even a lone node stands under @graph
  bool generalized_rdf = false;              ///< to_rdf: predicates may be blank nodes
  bool use_native_types = false;             ///< from_rdf: booleans and numbers as JSON has them
  bool use_lists = true;                     ///< from_rdf: well-formed RDF lists as @list
  bool use_rdf_type = false;                 ///< from_rdf: rdf:type as a property rather than @type
  RdfDirection rdf_direction = RdfDirection::None;
  std::size_t max_terms = 10'000'000;          ///< of contexts, counted whenever one is worked in
  std::string max_terms_option = "max_terms";  ///< what raises it, for messages
  std::shared_ptr<base::Budget> budget;        ///< checked at every node; null: none
};

// All throw Error(Code::BadData) that begins with the error code of the JSON-LD API ("invalid local context: …"),
// Error(Code::Denied) for a remote context that the loader does not know, Error(Code::TooLarge) for contexts
// that include each other without end or have more terms than `max_terms`, and what the budget throws.
//
// Source: JSON-LD 1.1 Processing Algorithms and API.

/// The options for a document: its base unless there is one, and the context that a Link header gives it.
[[nodiscard]] ProcessorOptions with_document(ProcessorOptions options, const Document& document);

/// The document with its context worked in: an array of node objects.
[[nodiscard]] Value expand(const Value& document, const ProcessorOptions& options = {});

/// An expanded document written in the terms of `context` (a context, or an object with one under @context).
[[nodiscard]] Value compact(const Value& expanded, const Value& context, const ProcessorOptions& options = {});

/// An expanded document without nesting: each node once, sorted by name, with all that is said of it; blank nodes are
/// named anew.
[[nodiscard]] Value flatten(const Value& expanded);

/// The flags of a frame that its own keywords override.
struct FrameOptions {
  std::string embed = "@once";     ///< or @always, @never
  bool is_explicit = false;        ///< leave out properties that the frame does not name
  bool require_all = false;        ///< a node matches if it has all properties of the frame, not just one
  bool omit_default = false;       ///< leave out properties of the frame that the node lacks
  std::optional<bool> omit_graph;  ///< a lone node does not stand under @graph; absent: so in version 1.1
  std::optional<bool>
      prune_blank_names;               ///< names of blank nodes used but once are left out; absent: so in version 1.1
  std::size_t max_steps = 10'000'000;  ///< nodes looked at and written, all told
  std::string max_steps_option = "max_steps";  ///< what raises it, for messages
};

/// What an expanded document says in the shape and the terms of a frame.
///
/// @throws Error(Code::TooLarge) past `max_steps`, and where nodes nest more than 256 deep; else as above, with the
///         codes "invalid frame" and "invalid @embed value".
///
/// Source: JSON-LD 1.1 Framing.
[[nodiscard]] Value frame(const Value& expanded, const Value& frame, const FrameOptions& frame_options,
                          const ProcessorOptions& options = {});

/// The quads of an expanded document; those that are no RDF (relative IRIs, blank predicates unless `generalized_rdf`,
/// names of blank nodes that N-Quads cannot write) are left out. @return how many blank nodes it made up: their labels
/// are those of `syntax::made_up_label` for 1 up to that
std::uint64_t to_rdf(const Value& expanded, const ProcessorOptions& options, const rdf::QuadSink& sink);

/// The quads of a document of JSON: those of `to_rdf(expand(parse_json(…)))` but for the names of blank nodes, sooner,
/// and in the order of the text. What contexts mean is kept for later documents of the process, unless there is another
/// loader than `bundled_document`. @throws also as `parse_json`; all perhaps after quads.
void read_rdf(std::string_view text, std::string_view source_name, const ProcessorOptions& options,
              const rdf::QuadSink& sink);

/// The quads as an expanded document: nodes sorted by name, named graphs under @graph.
[[nodiscard]] Value from_rdf(const std::vector<rdf::Quad>& quads, const ProcessorOptions& options = {});

}  // namespace scenograph::jsonld
