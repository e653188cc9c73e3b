#pragma once

#include <string_view>

namespace scenograph::jsonld {

/// Whether the bundled context takes strings of this schema.org property for addresses.
[[nodiscard]] bool is_schema_iri_property(std::string_view term) noexcept;

}  // namespace scenograph::jsonld
