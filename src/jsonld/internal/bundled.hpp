#pragma once

#include <span>
#include <string_view>

#include "base/embedded.hpp"

namespace scenograph::jsonld {

/// ontology/context.jsonld alone.
[[nodiscard]] std::span<const base::EmbeddedFile> bundled_files();

/// Whether `bundled_document` knows the address.
[[nodiscard]] bool is_bundled(std::string_view address);

}  // namespace scenograph::jsonld
