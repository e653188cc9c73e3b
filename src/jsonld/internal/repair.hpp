#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scenograph::jsonld {

struct Repair {
  std::size_t offset = 0;  ///< in the text as it was
  std::string what;        ///< a sentence without final full stop
};

/// JSON with the usual faults of hand-made web pages mended: comments, trailing commas, line breaks and tabs in
/// strings, escapes JSON does not know, and quotes written as HTML entities. Linear. @param repairs  gets one entry a
/// change
[[nodiscard]] std::string repair_json(std::string_view text, std::vector<Repair>& repairs);

}  // namespace scenograph::jsonld
