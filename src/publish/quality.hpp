#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "publish/pages.hpp"

namespace scenograph::publish {

/// 0 to 1: completeness, validity, links, freshness and overall; nullopt of what is not measured.
using QualityScores = std::array<std::optional<double>, 5>;

/// Something to add or to mend.
struct QualityAdvice {
  std::string text;  ///< "an image"; of several entities, "an image on 312 performances"
  double gain = 0;   ///< of the overall score
};

/// How good the data of an entity is.
struct EntityQuality {
  QualityScores scores;
  std::vector<QualityAdvice> advice;  ///< the most worthwhile first
};

/// The means over the entities of a source or a contributor, as they are stored.
struct GroupQuality {
  std::string iri;
  std::string name;         ///< of a contributor or source; empty: the IRI has to do
  std::string contributor;  ///< of a source; may be empty
  std::uint64_t entities = 0;
  QualityScores scores;
  std::vector<QualityAdvice> advice;
};

struct QualityTable {
  std::optional<GroupQuality> whole;
  std::vector<GroupQuality> contributors;  ///< best first, as the sources
  std::vector<GroupQuality> sources;
  bool has_more = false;  ///< than these
};

/// The graph that holds the scores (that of `ingest::store_scores`).
[[nodiscard]] std::string quality_graph(const Site& site);

/// Means that are stored and that the reader may see: of sources that they may read, and of contributors, and the
/// whole, all of whose sources they may read. At most 500 sources and contributors.
[[nodiscard]] QualityTable read_quality(const Site& site, const Source& source, Language language);

/// The mean of one source, contributor or the whole; nullopt if none is stored, or the reader may not see it.
[[nodiscard]] std::optional<GroupQuality> read_quality_of(const Site& site, const Source& source, std::string_view iri,
                                                          Language language);

/// The quality of sources and contributors, as a page.
[[nodiscard]] std::string quality_page(const Site& site, const QualityTable& table, Language language);

/// An entity's name, for the title of its badge; empty if it has none.
[[nodiscard]] std::string entity_name(const Source& source, std::string_view iri, Language language);

/// "82 %"
[[nodiscard]] std::string percent_text(double share, Language language);

/// A badge: an SVG that needs nothing else, with text. @param name  whose quality, for the title; may be empty
[[nodiscard]] std::string quality_badge(std::string_view name, std::optional<double> score, Language language);

/// A line of HTML that shows the badge in another site, with a link to the page it tells of.
[[nodiscard]] std::string badge_snippet(const Site& site, std::string_view iri, const std::string& page,
                                        Language language);

}  // namespace scenograph::publish
