#pragma once

#include <string_view>

#include "syntax/format.hpp"

namespace scenograph::syntax {

/// Which of Turtle, TriG and N-Quads a document of this family is, by its first statement that is no declaration;
/// Turtle, which N-Triples is part of, if that does not tell.
///
/// @param start  its first bytes.
[[nodiscard]] Format sniff_statement(std::string_view start);

}  // namespace scenograph::syntax
