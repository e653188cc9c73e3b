#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/phrase.hpp"
#include "publish/site.hpp"
#include "search/name_index.hpp"
#include "store/store.hpp"

namespace scenograph::publish {

/// A snapshot and what of it the reader of a page may see. References must outlive the call they are given to.
struct Source {
  const store::View& view;
  const store::GraphSet& readable;
};

struct EntityQuality;

// HTML pages, complete documents in UTF-8. Templates are web/templates/, texts web/texts.tsv.

/// Name, counts by kind, the next events, and a search box.
[[nodiscard]] std::string home_page(const Site& site, const Source& source, Language language);

/// Everything about one entity, laid out by its type, with JSON-LD for search engines; nullopt if nothing is said of
/// it.
///
/// @param quality  how good its data is; null: not told (publish/quality.hpp)
[[nodiscard]] std::optional<std::string> entity_page(const Site& site, const Source& source, std::string_view iri,
                                                     Language language, const EntityQuality* quality = nullptr);

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

/// The form of `validation_page`.
struct ValidationForm {
  bool takes_addresses = false;
  std::string_view input;    ///< what was pasted, to be mended there
  std::string_view failure;  ///< why nothing was validated, in English; may be empty
  int status = 200;          ///< of the answer; what to do about a failure goes by it
};

/// Something that was repaired, or left out, when a document was read.
struct Repair {
  std::string place;  ///< "3:14", line and column; may be empty, as all but the message
  std::string field;
  std::string found;
  std::string made;
  base::Phrase message;
};

/// What came of a validation.
struct ValidationOutcome {
  enum class Tone : std::uint8_t { Good, Advice, Bad, Nothing };
  Tone tone = Tone::Good;        ///< Nothing: there was nothing to check
  std::string counts;            ///< "3 to fix, 12 suggestions"; unless there was nothing
  std::string name;              ///< of the document: a file's name or an address; may be empty
  std::string_view syntax;       ///< "html"
  std::uint64_t statements = 0;  ///< read
  std::vector<Repair> repairs;
  std::uint64_t more_repairs = 0;  ///< that are not among these
  std::string report;              ///< HTML
};

/// A form that has a document validated, below what came of the last one, if any.
[[nodiscard]] std::string validation_page(const Site& site, const ValidationForm& form,
                                          const ValidationOutcome* outcome, Language language);

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
