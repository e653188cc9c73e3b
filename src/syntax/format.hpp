#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace scenograph::syntax {

/// A syntax of RDF. Html is web pages whose scripts hold JSON-LD: read only.
enum class Format : std::uint8_t { NTriples, NQuads, Turtle, TriG, RdfXml, JsonLd, Html };

/// Every format, in the order of preference where a client does not care.
[[nodiscard]] std::span<const Format> all_formats() noexcept;

/// The registered media type, e.g. "text/turtle", without parameters.
[[nodiscard]] std::string_view media_type(Format format) noexcept;

/// The name the command line uses: "ntriples", "nquads", "turtle", "trig", "rdfxml", "jsonld", "html".
[[nodiscard]] std::string_view name_of(Format format) noexcept;

/// The file ending without dot, as addresses of entities use: "nt", "nq", "ttl", "trig", "rdf", "jsonld", "html".
[[nodiscard]] std::string_view extension_of(Format format) noexcept;

/// Whether it can hold named graphs.
[[nodiscard]] bool has_graphs(Format format) noexcept;

/// From a name, an ending or a media type, in any case ("ttl", "Turtle", "text/turtle; charset=utf-8").
/// @throws Error(Code::BadArgument) listing the names.
[[nodiscard]] Format parse_format(std::string_view text);

/// From a media type with or without parameters; application/json, text/plain and application/xml count too.
[[nodiscard]] std::optional<Format> format_of_media_type(std::string_view media_type) noexcept;

/// From a path's ending; ".gz" or ".zst" after it is passed over.
[[nodiscard]] std::optional<Format> format_of_path(std::string_view path) noexcept;

/// A guess from the first bytes of a document; nullopt if they look like none.
[[nodiscard]] std::optional<Format> sniff(std::string_view start);

}  // namespace scenograph::syntax
