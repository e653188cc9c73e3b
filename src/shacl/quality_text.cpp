#include <fmt/format.h>

#include <cmath>

#include "base/progress.hpp"
#include "shacl/quality.hpp"

namespace scenograph::shacl {

namespace {

std::string count_text(std::uint64_t count, bool is_french) {
  std::string out = base::with_thousands(count);
  if (!is_french) return out;
  for (std::size_t comma = 0; (comma = out.find(',')) != std::string::npos;) out.replace(comma, 1, "\u202F");
  return out;
}

}  // namespace

std::string_view improvement_name(const QualityWeights& weights, const Improvement& improvement,
                                  std::string_view language) {
  if (!improvement.rule) return pick(weights.mending, language);
  const QualityRule& rule = weights.rules[*improvement.rule];
  const std::string_view name = pick(rule.names, language);
  return name.empty() ? std::string_view(rule.id.value) : name;
}

std::string improvement_text(const QualityWeights& weights, const Improvement& improvement, std::string_view language) {
  const bool is_french = language.starts_with("fr");
  const bool is_one = improvement.entities == 1;
  std::string_view what = is_french ? (is_one ? "fiche" : "fiches") : (is_one ? "entry" : "entries");
  if (improvement.rule) {
    const QualityClass& its_class = weights.classes[weights.rules[*improvement.rule].of_class];
    const std::string_view name = pick(is_one ? its_class.names : its_class.plurals, language);
    if (!name.empty()) what = name;
  }
  return fmt::format("{} {} {} {}", improvement_name(weights, improvement, language), is_french ? "sur" : "on",
                     count_text(improvement.entities, is_french), what);
}

std::string score_text(double score, std::string_view language) {
  if (std::isnan(score)) return "–";
  std::string out = fmt::format("{:.2f}", score);
  if (language.starts_with("fr")) out[out.find('.')] = ',';
  return out;
}

}  // namespace scenograph::shacl
