#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "markup/internal/tree.hpp"

namespace scenograph::markup {

/// The attributes of an element that RDFa reads; absent is not the same as empty. Views into the tree.
struct RdfaAttributes {
  using Value = std::optional<std::string_view>;

  explicit RdfaAttributes(const GumboElement& element);

  Value about, content, datatype, datetime, href, lang, name, prefix, property, rel, resource, rev, src, type_of, vocab;
  bool inlist = false;
  std::vector<std::pair<std::string_view, std::string_view>> xmlns;  ///< prefixes declared the XML way
};

}  // namespace scenograph::markup
