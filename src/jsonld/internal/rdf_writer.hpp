#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "jsonld/processor.hpp"
#include "rdf/term.hpp"

namespace scenograph::jsonld {

/// Writes expanded JSON-LD as quads, in document order; the node map of the specification is left out.
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 8.
class RdfWriter {
 public:
  /// Both must outlive this.
  RdfWriter(const ProcessorOptions& options, const rdf::QuadSink& sink) : options_(options), sink_(sink) {}

  using Subject = std::optional<rdf::Term>;  // absent: no RDF can be made of it

  void write_nodes(const Value& nodes, const Subject& graph);

  /// What the entries of a node, its name aside, say of it.
  void write_entries(const Value::Object& node, const Subject& subject, const Subject& graph);

  /// Writes what a value says; @return what stands for it.
  [[nodiscard]] Subject write_object(const Value& value, const Subject& graph);

  void emit(const Subject& subject, const Subject& predicate, const Subject& object, const Subject& graph);

  [[nodiscard]] static Subject resource(std::string_view name);

  /// A number without datatype or with that of its term ("" for none).
  [[nodiscard]] static rdf::Term write_number(const Value& value, const std::string& datatype);

  /// A blank node that none of the document is.
  [[nodiscard]] rdf::Term made_up();

  /// How many of those there are.
  [[nodiscard]] std::uint64_t labels() const { return labels_; }

 private:
  Subject write_node(const Value& node, const Subject& graph);
  void write_reverse(const Subject& object, const Value::Object& properties, const Subject& graph);
  Subject write_list(const Value::Array& items, const Subject& graph);
  Subject write_literal(const Value& object, const Subject& graph);
  rdf::Term write_directed(const std::string& text, const Value* language, const std::string& direction,
                           const Subject& graph);

  const ProcessorOptions& options_;
  const rdf::QuadSink& sink_;
  std::uint64_t labels_ = 0;
};

/// Whether N-Triples can write it. Source: RDF 1.1 N-Triples, LANGTAG.
[[nodiscard]] bool is_language_tag(std::string_view tag);

}  // namespace scenograph::jsonld
