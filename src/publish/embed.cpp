#include <fmt/format.h>

#include "publish/json_ld.hpp"

namespace scenograph::publish {

namespace {

/// For an attribute in double quotes.
std::string escape_attribute(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string embed_snippet(const Site& site, std::string_view iri) {
  return fmt::format("<script async src=\"{}embed.js\" data-iri=\"{}\"></script>", escape_attribute(site.base_iri),
                     escape_attribute(iri));
}

}  // namespace scenograph::publish
