#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scenograph::markup {

/// One <script type="application/ld+json"> of a web page.
struct Script {
  std::string text;
  std::string id;          ///< of the element; may be empty
  std::uint64_t line = 1;  ///< of the page, where `text` begins
  std::uint64_t column = 1;
};

struct Page {
  std::string base;  ///< that of <base href>, resolved against the page's address
  std::vector<Script> scripts;
};

/// The JSON-LD scripts of a web page, in document order. Linear: the page is scanned for them; only the tags found are
/// parsed as HTML. @param address  of the page; may be empty
[[nodiscard]] Page find_scripts(std::string_view html, std::string_view address);

}  // namespace scenograph::markup
