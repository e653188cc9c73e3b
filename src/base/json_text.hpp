#pragma once

#include <string>
#include <string_view>

namespace scenograph::base {

/// Appends `text` as a JSON string with its quotes. REQUIRES: UTF-8.
void append_json_string(std::string& out, std::string_view text);

/// `text` as a JSON string with its quotes. REQUIRES: UTF-8.
[[nodiscard]] std::string json_string(std::string_view text);

/// Appends the escape of two letters that JSON and N-Triples have for the character: of a quotation mark, a backslash,
/// a line feed, a carriage return, a tabulator, a backspace, a form feed. @return false if it is none of them.
bool append_short_escape(std::string& out, char c);

}  // namespace scenograph::base
