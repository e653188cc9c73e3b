#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// Blank node labels: those of the document and those made up for nodes without one never meet, since a label of the
// document that looks made up (g1) gets one g more (gg1).

namespace scenograph::syntax {

/// Whether N-Triples can write a blank node with this label. `label` is well-formed UTF-8.
[[nodiscard]] bool is_label(std::string_view label);

[[nodiscard]] std::string made_up_label(std::uint64_t number);
[[nodiscard]] std::string document_label(std::string_view label);

}  // namespace scenograph::syntax
