#pragma once

#include <string>
#include <vector>

namespace scenograph::lenient {

/// The rows of docs/lenient.md, in Markdown: one for each repair.
[[nodiscard]] std::vector<std::string> table_rows();

}  // namespace scenograph::lenient
