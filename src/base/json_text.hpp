#pragma once

#include <string>
#include <string_view>

namespace scenograph::base {

/// Appends `text` as a JSON string with its quotes. REQUIRES: UTF-8.
void append_json_string(std::string& out, std::string_view text);

}  // namespace scenograph::base
