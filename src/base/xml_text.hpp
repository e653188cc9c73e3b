#pragma once

#include <string>
#include <string_view>

namespace scenograph::base {

/// The text for elements and attributes of XML; characters that XML cannot hold are left out. REQUIRES: UTF-8.
[[nodiscard]] std::string escape_xml(std::string_view text);

}  // namespace scenograph::base
