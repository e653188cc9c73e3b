#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "publish/site.hpp"
#include "search/name_index.hpp"
#include "store/store.hpp"

namespace scenograph::publish {

/// A snapshot and what of it the reader of a page may see. References must outlive the call they are given to.
struct Source {
  const store::View& view;
  const store::GraphSet& readable;
};

// HTML pages, complete documents in UTF-8. Templates are web/templates/, texts web/texts.tsv.

/// Name, counts by kind, the next events, and a search box.
[[nodiscard]] std::string home_page(const Site& site, const Source& source, Language language);

/// Everything about one entity, laid out by its type, with JSON-LD for search engines; nullopt if nothing is said of
/// it.
[[nodiscard]] std::optional<std::string> entity_page(const Site& site, const Source& source, std::string_view iri,
                                                     Language language);

/// A card for other sites to show in a frame, such as OpenRefine; nullopt if nothing is said of it.
[[nodiscard]] std::optional<std::string> preview_page(const Site& site, const Source& source, std::string_view iri,
                                                      Language language);

/// Entities whose names resemble `query`; the search form alone if that is empty.
[[nodiscard]] std::string search_page(const Site& site, const Source& source, const search::NameIndex& names,
                                      std::string_view query, Language language);

/// A form for SPARQL queries with examples, whose results show below it.
[[nodiscard]] std::string sparql_page(const Site& site, std::string_view query, Language language);

/// A form that has a JSON-LD document processed.
[[nodiscard]] std::string jsonld_page(const Site& site, Language language);

/// What went wrong with a request, for `error_page`.
struct Failure {
  int status = 500;
  std::string_view advice_key;  ///< of the text that says what to do; empty: that of the status
  std::string_view detail;      ///< in English; may be empty
  std::string path = "/";       ///< of the request, without the language, to show it in the other one
};

/// What went wrong, in the reader's language, and what to do about it.
[[nodiscard]] std::string error_page(const Site& site, const Failure& failure, Language language);

/// What the Content-Security-Policy header of these pages should say. @param framed  whether other sites may show it
[[nodiscard]] std::string_view content_security_policy(bool framed) noexcept;

}  // namespace scenograph::publish
