#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace scenograph::publish {

struct NodeFrame;

/// A property as a page writes it.
struct FrameProperty {
  std::string key;                          ///< the term of schema.org, or the IRI in full
  bool is_address = false;                  ///< the context takes its strings for IRIs
  std::shared_ptr<const NodeFrame> values;  ///< what is told of things that are its values; null: as for `whole_frame`
};

/// What is told of a thing: a JSON-LD frame, worked out once.
struct NodeFrame {
  bool is_explicit = true;                                       ///< no property that is not among these is told
  std::map<std::string, FrameProperty, std::less<>> properties;  ///< by IRI
};

/// The term of schema.org for an IRI of its vocabulary that has one, else the IRI.
[[nodiscard]] std::string schema_term(std::string_view iri);

/// A property without a frame.
[[nodiscard]] FrameProperty plain_property(std::string_view iri);

/// Tells all: blank nodes and parts whole, other things by `linked_frame`.
[[nodiscard]] const NodeFrame& whole_frame();

/// What is told of an entity that has a page of its own.
[[nodiscard]] const NodeFrame& linked_frame();

/// The frame of the first type that has one among web/frames, else `whole_frame`. Thread-safe.
///
/// The files are JSON-LD frames, to be taken with the options explicit = true, embed = @always and requireAll = false
/// of JSON-LD 1.1 Framing. Of its keywords they use @context ("https://schema.org"), @type at the top, and "@id": {},
/// which nested frames with properties need: without it a thing of which nothing is known would be left out.
[[nodiscard]] const NodeFrame& frame_for(const std::vector<std::string>& types);

/// @throws Error(Code::BadData) for what the files must not hold. @param types  gets the IRIs under @type
[[nodiscard]] NodeFrame parse_frame(std::string_view text, std::string_view name, std::vector<std::string>& types);

}  // namespace scenograph::publish
