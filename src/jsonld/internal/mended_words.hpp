#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jsonld/json.hpp"

// Single words and addresses of lenient JSON-LD, without the context they stand in.

namespace scenograph::jsonld {

/// Whether a text that is a value needs mending. Fast for those that do not.
[[nodiscard]] bool is_odd_text(std::string_view text) noexcept;

/// Likewise, where it names a thing.
[[nodiscard]] bool is_odd_address(std::string_view text) noexcept;

[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

/// The keyword that "@Type", "@ ID" or "@TYPE" stands for, and (of documents' tops) "context" and "graph"; "" for none.
[[nodiscard]] std::string_view keyword_meant(std::string_view key);

/// "schema:name", with a prefix that contexts usually declare, as an IRI.
[[nodiscard]] std::optional<std::string> declared_prefix(std::string_view name);

/// As `schema_local_name`, with www. too.
[[nodiscard]] std::optional<std::string_view> schema_local_anyhow(std::string_view iri) noexcept;

/// Whether the address, with or without scheme, www. and the like, is at schema.org.
[[nodiscard]] bool is_schema_org_host(std::string_view address);

/// Whether a context's address means schema.org but is not one that `bundled_document` knows.
[[nodiscard]] bool is_misspelt_schema_org(std::string_view address);

/// Whether the text holds tags of HTML.
[[nodiscard]] bool has_markup(std::string_view text) noexcept;

/// Whether it begins and ends as an object or a list does.
[[nodiscard]] bool may_hold_json(std::string_view text) noexcept;

/// The object, or the list of objects or texts, that a text is.
[[nodiscard]] std::optional<Value> json_in(std::string_view text);

/// The web addresses in a text that consists of such, apart by blanks, commas or semicolons; else none.
[[nodiscard]] std::vector<std::string_view> addresses_in(std::string_view text);

/// Whether it is words rather than an address.
[[nodiscard]] bool is_sentence(std::string_view text) noexcept;

/// With a scheme before "www.", and percent-encoded where IRIs need it.
[[nodiscard]] std::string mended_address(std::string_view text);

/// "fr_ca" as "fr-ca".
[[nodiscard]] std::string mended_language(std::string_view tag);

}  // namespace scenograph::jsonld
