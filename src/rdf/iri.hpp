#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace scenograph::rdf {

/// The five components of an IRI reference, as views into it; absent is not the same as empty (RFC 3986, appendix B).
struct IriParts {
  std::optional<std::string_view> scheme;
  std::optional<std::string_view> authority;
  std::string_view path;
  std::optional<std::string_view> query;
  std::optional<std::string_view> fragment;
};

/// Splits any reference; never fails. Linear.
[[nodiscard]] IriParts split_iri(std::string_view reference) noexcept;

/// Why `iri` is not an absolute IRI an RDF graph may hold, in words for a person; nullopt if it is one. Checks the
/// scheme, characters that RFC 3987 forbids, and percent signs without two hexadecimal digits.
[[nodiscard]] std::optional<std::string> why_not_iri(std::string_view iri);

/// Resolves `reference` against the absolute `base` (RFC 3986, section 5.2, strict; no normalisation beyond it).
[[nodiscard]] std::string resolve_iri(std::string_view base, std::string_view reference);

/// Percent-encodes all but the unreserved characters and ucschar (RFC 6570 simple expansion, as RML templates need).
[[nodiscard]] std::string encode_iri_component(std::string_view text);

}  // namespace scenograph::rdf
