#pragma once

#include <string>
#include <string_view>

#include "publish/language.hpp"

namespace scenograph::publish {

/// "24,50 €", "€24.50", "gratuit": cents only where there are any. An amount that is no number stays as it is.
///
/// @param currency  an ISO 4217 code; empty is taken for EUR.
[[nodiscard]] std::string price_text(std::string_view amount, std::string_view currency, Language language);

/// "8 – 22 €", "€8 – €22"; "à partir de 8 €" where one end is empty; one price where both are the same.
[[nodiscard]] std::string price_text(std::string_view low, std::string_view high, std::string_view currency,
                                     Language language);

}  // namespace scenograph::publish
