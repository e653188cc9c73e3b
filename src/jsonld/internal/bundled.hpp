#pragma once

#include <span>

#include "base/embedded.hpp"

namespace scenograph::jsonld {

/// ontology/context.jsonld alone.
[[nodiscard]] std::span<const base::EmbeddedFile> bundled_files();

}  // namespace scenograph::jsonld
