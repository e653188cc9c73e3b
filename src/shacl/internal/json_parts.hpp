#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rdf/term.hpp"
#include "shacl/shapes.hpp"
#include "shacl/validate.hpp"

namespace scenograph::shacl {

/// By Severity.
inline constexpr std::string_view severity_names[3] = {"violation", "warning", "info"};

/// A term as the JSON of SPARQL results writes it.
[[nodiscard]] std::string json_of(const rdf::Term& term);

/// {"en": "…", "fr": "…"}; texts without a language under "und".
[[nodiscard]] std::string json_of(const std::vector<Message>& messages);

/// The member "annotations" with a comma before it; "" of none.
[[nodiscard]] std::string json_annotations(const std::vector<Annotation>& annotations);

}  // namespace scenograph::shacl
