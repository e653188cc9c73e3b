#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scenograph::jsonld {

struct Link {
  std::string target;  ///< as written, perhaps relative
  std::string rel;     ///< relation types, separated by blanks
  std::string type;    ///< media type; may be empty

  [[nodiscard]] bool has_relation(std::string_view name) const;
};

/// The links of a Link header; what is malformed is passed over. Linear. Source: RFC 8288, section 3.
[[nodiscard]] std::vector<Link> parse_links(std::string_view header);

}  // namespace scenograph::jsonld
