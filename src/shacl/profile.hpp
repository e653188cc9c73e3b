#pragma once

#include <span>
#include <string_view>

#include "base/bytes.hpp"
#include "rdf/term.hpp"
#include "shacl/shapes.hpp"

namespace scenograph::shacl {

/// Writes what the shapes ask for, for people who prepare data: Markdown with a section for each shape that has a
/// target, and in it a table of fields: what they are called, the property, whether it is required, recommended or
/// welcome, how many values, of which form, an example, and why. After them come the classes, the properties and the
/// lists of concepts of `model`, in its order.
///
/// @param model     ontologies (RDFS, OWL) and concept schemes (SKOS); may be empty. What it notes of a target
///                  (skos:scopeNote) stands above the fields.
/// @param language  "fr" or "en"
void write_profile(const Shapes& shapes, std::span<const rdf::Quad> model, std::string_view language,
                   const base::ByteSink& sink);

}  // namespace scenograph::shacl
