#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rdf/term.hpp"
#include "shacl/shapes.hpp"

// The blocks {?name} and {$name} in messages of SHACL-SPARQL (SHACL, section 5.3.2).

namespace scenograph::shacl {

/// What stands for a variable; nullopt leaves the block as it is.
using Words = std::function<std::optional<std::string>(std::string_view name)>;

/// The text with words in the place of blocks. Cost: linear.
[[nodiscard]] std::string fill_in(std::string_view text, const Words& words);
[[nodiscard]] std::vector<Message> fill_in(const std::vector<Message>& messages, const Words& words);

/// A term as messages show it: the text of a literal, an IRI as it is.
[[nodiscard]] std::string words_of(const rdf::Term& term);

}  // namespace scenograph::shacl
