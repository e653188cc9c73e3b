#pragma once

#include "publish/internal/template.hpp"
#include "publish/quality.hpp"

namespace scenograph::publish {

/// {score, percent, metrics: [{label, what, value, percent}], advice: [{text, gain}]} for templates.
[[nodiscard]] Data quality_data(const QualityScores& scores, const std::vector<QualityAdvice>& advice,
                                Language language);

}  // namespace scenograph::publish
