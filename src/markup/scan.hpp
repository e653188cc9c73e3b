#pragma once

#include <string_view>

namespace scenograph::markup {

/// Which kinds of structured data a web page may have. False is sure; true may be a word in a text or a script.
struct Kinds {
  bool scripts = false;              ///< of JSON-LD
  bool microdata = false;            ///< attributes that say a type or a property of an item
  bool rdfa = false;                 ///< attributes that make triples; Open Graph's `<meta property="og:…">` is RDFa
  bool misnamed_open_graph = false;  ///< `<meta name="og:…">`, which is RDFa only by intent

  /// Whether anything but scripts may be there, which takes the page's tree to read.
  [[nodiscard]] bool tree() const { return microdata || rdfa || misnamed_open_graph; }
  [[nodiscard]] bool any() const { return scripts || tree(); }
};

/// One pass over the page as bytes, without regard to tags: at each equals sign it looks at the name before it.
[[nodiscard]] Kinds scan_kinds(std::string_view html) noexcept;

}  // namespace scenograph::markup
