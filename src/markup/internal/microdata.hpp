#pragma once

#include "markup/internal/values.hpp"

namespace scenograph::markup {

/// Writes the items of a page: those that are no property of another, in document order, and those they lead to.
///
/// Source: Microdata to RDF (W3C Note, second edition), section 6; HTML Microdata (W3C Note), sections 5.2 to 5.4,
/// which lets any element give its value as `content`.
void read_microdata(const Tree& tree, Output& output);

}  // namespace scenograph::markup
