#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scenograph::jsonld {

// The terms of schema.org (ontology/schema-org-terms.txt). Names are local: "startDate", "Event".

enum class SchemaKind : std::uint8_t { Class, Property };

/// "name" of "http://schema.org/name" and of the same with https; nullopt for other IRIs.
[[nodiscard]] std::optional<std::string_view> schema_local_name(std::string_view iri) noexcept;

/// Annotations such as "query-input" are properties too.
[[nodiscard]] bool is_schema_term(SchemaKind kind, std::string_view name);

/// The term that is written so but for case, blanks, hyphens and low lines; "" for none.
[[nodiscard]] std::string_view schema_term_in_other_case(SchemaKind kind, std::string_view name);

/// The only term that is one letter away (one more, one less, another, or two in the other order); "" for none or
/// several, and for names of less than five letters. Takes time by the number of terms.
[[nodiscard]] std::string_view schema_term_nearby(SchemaKind kind, std::string_view name);

/// A term that may have been meant, as French sites call it or two letters away; "" for none.
[[nodiscard]] std::string_view schema_term_suggested(SchemaKind kind, std::string_view name);

}  // namespace scenograph::jsonld
