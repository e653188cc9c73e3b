#pragma once

#include <string_view>

#include "base/bytes.hpp"
#include "shacl/shapes.hpp"

namespace scenograph::shacl {

/// Writes what the shapes ask for, for people who prepare data: Markdown with a section for each shape that has a
/// target, and in it a table of fields: what they are called, the property, whether it is required, recommended or
/// welcome, how many values, of which form, and why.
///
/// @param language  "fr" or "en"
void write_profile(const Shapes& shapes, std::string_view language, const base::ByteSink& sink);

}  // namespace scenograph::shacl
