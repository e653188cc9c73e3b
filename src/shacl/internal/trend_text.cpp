#include "shacl/internal/trend_text.hpp"

#include <fmt/format.h>

#include <ctime>

#include "base/json_text.hpp"
#include "base/time.hpp"
#include "shacl/internal/json_parts.hpp"

namespace scenograph::shacl {

namespace {

std::string counted(const std::string_view (&forms)[2], std::uint64_t count) {
  return fmt::format(fmt::runtime(forms[count > 1 ? 1 : 0]), count);
}

/// As `field_name` of a check.
std::string field_of(const EarlierCheck& check, std::string_view language) {
  if (!check.names.empty()) return std::string(pick(check.names, language));
  if (check.path.empty()) return std::string(local_name(check.source_shape.value));
  const bool is_predicate = check.path.starts_with('<') && check.path.find('>') + 1 == check.path.size();
  return is_predicate ? std::string(local_name(std::string_view(check.path).substr(1, check.path.size() - 2)))
                      : check.path;
}

std::string earlier_json(const EarlierCheck& check) {
  std::string out = fmt::format(R"({{"severity":"{}","mended":{},"shape":{},"component":{})",
                                severity_names[static_cast<std::size_t>(check.severity)], check.count,
                                json_of(check.source_shape), base::json_string(check.component_iri));
  if (!check.path.empty()) out += fmt::format(R"(,"path":{})", base::json_string(check.path));
  return out + fmt::format(R"(,"names":{},"messages":{}}})", json_of(check.names), json_of(check.messages));
}

}  // namespace

std::string shown_time(const Wording& words, std::int64_t time_ms) {
  const auto seconds = static_cast<std::time_t>(time_ms / 1000);
  std::tm local{};
  if (::localtime_r(&seconds, &local) == nullptr) return {};
  const auto month = static_cast<unsigned>(local.tm_mon) + 1;
  return fmt::format(fmt::runtime(words.time),
                     shown_date(words, local.tm_year + 1900, month, static_cast<unsigned>(local.tm_mday)),
                     local.tm_hour, local.tm_min);
}

std::string shown_change(const Wording& words, const Trend::Change& change) {
  std::string text;
  if (change.mended > 0) text = counted(words.mended, change.mended);
  if (change.added > 0) text += (text.empty() ? "" : ", ") + counted(words.added, change.added);
  return text;
}

std::string trend_line(const Wording& words, const Trend& trend) {
  const std::string time = trend.since_ms == 0 ? std::string() : shown_time(words, trend.since_ms);
  const std::string since =
      time.empty() ? std::string(words.since_earlier) : fmt::format(fmt::runtime(words.since), time);
  const std::string change = shown_change(words, trend.total);
  return fmt::format("{}{}{}{}", since, words.colon, change.empty() ? words.unchanged : std::string_view(change),
                     trend.exact ? std::string_view() : words.by_counts);
}

std::vector<ChangedCheck> changed_checks(const Wording& words, const Report& report, const Trend& trend) {
  std::vector<ChangedCheck> changed;
  const auto add = [&](std::string field, Severity severity, const Trend::Change& change) {
    if (std::string text = shown_change(words, change); !text.empty()) {
      changed.push_back({std::move(field), severity, std::move(text)});
    }
  };
  for (std::size_t i = 0; i < report.checks.size(); ++i) {
    add(field_name(report.checks[i], words.language), report.checks[i].severity, trend.checks[i]);
  }
  for (const std::uint32_t index : trend.gone) {
    const EarlierCheck& check = trend.earlier[index];
    add(field_of(check, words.language), check.severity, {check.count, check.count, 0});
  }
  return changed;
}

std::string json_trend(const Trend& trend) {
  std::string out = ",\"trend\":{";
  if (trend.since_ms != 0) out += fmt::format("\"since\":{},", base::json_string(base::utc_text(trend.since_ms)));
  out += fmt::format("\"exact\":{},\"before\":{},\"mended\":{},\"new\":{},\"gone\":[", trend.exact, trend.total.before,
                     trend.total.mended, trend.total.added);
  for (std::size_t i = 0; i < trend.gone.size(); ++i) {
    out += (i == 0 ? "\n" : ",\n") + earlier_json(trend.earlier[trend.gone[i]]);
  }
  return out + "]}";
}

std::string json_change(const Trend::Change& change) {
  return fmt::format(",\"trend\":{{\"before\":{},\"mended\":{},\"new\":{}}}", change.before, change.mended,
                     change.added);
}

}  // namespace scenograph::shacl
