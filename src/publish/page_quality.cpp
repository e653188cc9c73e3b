#include <fmt/format.h>

#include <array>
#include <cmath>
#include <map>

#include "base/progress.hpp"
#include "publish/dataset.hpp"
#include "publish/internal/quality_data.hpp"

namespace scenograph::publish {

namespace {

constexpr std::array<const char*, 4> metric_keys = {"completeness", "validity", "links", "freshness"};
constexpr std::size_t overall = 4;
constexpr std::size_t shown_advice = 3;

std::string count_text(std::uint64_t count, Language language) {
  std::string out = base::with_thousands(count);
  if (language == Language::English) return out;
  for (std::size_t comma = 0; (comma = out.find(',')) != std::string::npos;) out.replace(comma, 1, "\u202F");
  return out;
}

Data metric_data(const char* key, std::optional<double> score, Language language) {
  Data out = object({{"label", std::string(text(language, fmt::format("quality_{}", key)))},
                     {"what", std::string(text(language, fmt::format("quality_{}_what", key)))},
                     {"percent", score ? percent_text(*score, language) : "–"}});
  set_text(out, "value", score ? fmt::format("{:.2f}", *score) : "");
  return out;
}

DataList rows_of(const Site& site, const std::vector<GroupQuality>& groups, Language language) {
  DataList out;
  for (const GroupQuality& group : groups) {
    Data row = quality_data(group.scores, group.advice, language);
    row.set("name", group.name.empty() ? group.iri : group.name);
    row.set("entities", count_text(group.entities, language));
    row.set("badge", with_language(badge_path(site, group.iri), language));
    set_text(row, "by", group.contributor);
    out.push_back(std::move(row));
  }
  return out;
}

/// Sources without the advice that is given to their contributors already, whose only source they are.
std::vector<GroupQuality> without_repeated_advice(std::vector<GroupQuality> sources) {
  std::map<std::string, int> count;
  for (const GroupQuality& source : sources) ++count[source.contributor];
  for (GroupQuality& source : sources) {
    if (!source.contributor.empty() && count[source.contributor] == 1) source.advice.clear();
  }
  return sources;
}

}  // namespace

Data quality_data(const QualityScores& scores, const std::vector<QualityAdvice>& advice, Language language) {
  Data out = metric_data("overall", scores[overall], language);
  DataList metrics;
  for (std::size_t i = 0; i < metric_keys.size(); ++i) {
    metrics.push_back(metric_data(metric_keys[i], scores[i], language));
  }
  out.set("metrics", Data(std::move(metrics)));
  DataList items;
  for (const QualityAdvice& each : advice) {
    const long points = std::lround(each.gain * 100);
    if (points == 0 || items.size() == shown_advice) break;
    const std::string_view unit = text(language, points == 1 ? "quality_point" : "quality_points");
    items.push_back(object({{"text", each.text}, {"gain", fmt::format("+{}\u00A0{}", points, unit)}}));
  }
  set_list(out, "advice", std::move(items));
  return out;
}

std::string quality_page(const Site& site, const QualityTable& table, Language language) {
  Data data;
  DataList what;
  for (const char* key : metric_keys) what.push_back(metric_data(key, std::nullopt, language));
  data.set("what", Data(std::move(what)));
  set_list(data, "whole", table.whole ? rows_of(site, {*table.whole}, language) : DataList());
  set_list(data, "contributors", rows_of(site, table.contributors, language));
  set_list(data, "sources", rows_of(site, without_repeated_advice(table.sources), language));
  data.set("has_more", table.has_more);
  const bool is_empty = !table.whole && table.contributors.empty() && table.sources.empty();
  data.set("is_empty", is_empty);
  const std::string shown = !table.contributors.empty() ? table.contributors.front().iri
                            : !table.sources.empty()    ? table.sources.front().iri
                                                        : dataset_iri(site);
  set_text(data, "snippet", is_empty ? "" : badge_snippet(site, shown, "/quality", language));
  set_text(data, "badge", is_empty ? "" : with_language(badge_path(site, shown), language));
  Frame frame;
  frame.title = std::string(text(language, "quality_title"));
  frame.description = std::string(text(language, "quality_lead"));
  frame.path = "/quality";
  frame.canonical = site.base_iri + "quality";
  return render_page("quality", site, language, frame, std::move(data));
}

}  // namespace scenograph::publish
