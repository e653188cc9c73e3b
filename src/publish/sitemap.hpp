#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "publish/pages.hpp"
#include "publish/site.hpp"

namespace scenograph::publish {

/// The pages of a site that search engines should know: one for each entity under `<base>id/` that has a type, parts
/// left out.
class Sitemap {
 public:
  static constexpr std::size_t max_urls = 50'000;  ///< in a file, as the protocol allows

  /// Cost: one pass over the types and dates of modification.
  [[nodiscard]] static Sitemap read(const Site& site, const Source& source);

  /// How many files there are; at least one.
  [[nodiscard]] std::size_t files() const { return pages_.empty() ? 1 : (pages_.size() + max_urls - 1) / max_urls; }

  /// File number `number`, from 1 on, as XML. REQUIRES: 1 ≤ number ≤ files(). A page has `lastmod` only where the data
  /// gives a date: dcterms:modified or schema:dateModified.
  ///
  /// Source: sitemaps.org protocol 0.9.
  [[nodiscard]] std::string file(std::size_t number) const;

  /// The list of the files.
  [[nodiscard]] std::string index() const;

 private:
  struct Page {
    std::string address;
    std::string modified;  ///< empty if it is not known

    friend auto operator<=>(const Page&, const Page&) = default;
  };

  std::string base_;
  std::vector<Page> pages_;
};

/// What crawlers may fetch: everything but the query endpoints. Names the sitemap.
[[nodiscard]] std::string robots_txt(const Site& site);

}  // namespace scenograph::publish
