#pragma once

#include <vector>

#include "shacl/shapes.hpp"

namespace scenograph::shacl {

/// What a constraint asks for, as one sentence in English and one in French, for shapes without sh:message.
[[nodiscard]] std::vector<Message> default_messages(const Constraint& constraint);

}  // namespace scenograph::shacl
