#include "publish/internal/prices.hpp"

#include <fmt/format.h>

#include <optional>

#include "base/progress.hpp"
#include "rdf/decimal.hpp"

namespace scenograph::publish {

namespace {

/// The amount in hundredths, rounded; nullopt if it is no number, or less than nothing.
std::optional<std::uint64_t> cents_of(std::string_view amount) {
  const auto value = rdf::Decimal::parse(amount);
  if (!value || value->is_negative()) return std::nullopt;
  const auto scaled = rdf::Decimal::multiply(*value, rdf::Decimal::of(100));
  const auto whole = scaled ? scaled->round().to_int64() : std::nullopt;
  return whole ? std::optional(static_cast<std::uint64_t>(*whole)) : std::nullopt;
}

std::string number_text(std::uint64_t cents, Language language) {
  const bool is_french = language == Language::French;
  std::string out = base::with_thousands(cents / 100);
  if (is_french) {
    for (std::size_t comma = 0; (comma = out.find(',')) != std::string::npos;) out.replace(comma, 1, "\u202F");
  }
  if (cents % 100 != 0) out += fmt::format("{}{:02}", is_french ? ',' : '.', cents % 100);
  return out;
}

std::string with_sign(const std::string& number, std::string_view currency, Language language) {
  const bool is_euro = currency.empty() || currency == "EUR";
  const std::string sign = is_euro ? "€" : (currency == "GBP" ? "£" : std::string(currency));
  if (language == Language::French) return number + "\u00A0" + sign;
  return sign + (sign == currency ? "\u00A0" : "") + number;
}

std::string money(std::string_view amount, std::string_view currency, Language language) {
  const auto cents = cents_of(amount);
  return cents ? with_sign(number_text(*cents, language), currency, language) : std::string(amount);
}

}  // namespace

std::string price_text(std::string_view amount, std::string_view currency, Language language) {
  return cents_of(amount) == 0U ? std::string(text(language, "free")) : money(amount, currency, language);
}

std::string price_text(std::string_view low, std::string_view high, std::string_view currency, Language language) {
  if (low.empty() && high.empty()) return "";
  if (low.empty()) return fmt::format("{} {}", text(language, "price_up_to"), money(high, currency, language));
  if (high.empty()) return fmt::format("{} {}", text(language, "price_from"), money(low, currency, language));
  const auto from = cents_of(low);
  if (from && from == cents_of(high)) return price_text(low, currency, language);
  const bool sign_once = language == Language::French && from;
  return (sign_once ? number_text(*from, language) : money(low, currency, language)) + "\u00A0– " +
         money(high, currency, language);
}

}  // namespace scenograph::publish
