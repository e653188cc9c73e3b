#include <algorithm>
#include <array>
#include <optional>

#include "mapping/functions/function.hpp"
#include "rdf/decimal.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::mapping::functions {

namespace {

using internal::fold_key;
using rdf::Decimal;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_from(std::string_view text, std::size_t at) {
  std::size_t size = 0;
  while (at + size < text.size() && is_digit(text[at + size])) ++size;
  return size;
}

/// Reads "1 200,50", "1.200", "12.5" at `at`, which moves past it: groups of three digits are thousands, one or two
/// after a comma or point are decimals.
std::optional<Decimal> read_number(std::string_view text, std::size_t& at) {
  std::size_t size = digits_from(text, at);
  std::string number(text.substr(at, size));
  at += size;
  while (at + 1 < text.size() && std::string_view(" .,'").find(text[at]) != std::string_view::npos) {
    size = digits_from(text, at + 1);
    const bool decimals = (text[at] == '.' || text[at] == ',') && (size == 1 || size == 2);
    if (!decimals && (size != 3 || number.size() > 3 * 4)) break;
    if (decimals) number += '.';
    number += text.substr(at + 1, size);
    at += size + 1;
    if (decimals) break;
  }
  return Decimal::parse(number);
}

// Whether a number before `rest` counts something other than money.
bool counts_other(std::string_view rest) {
  constexpr std::array<std::string_view, 11> units = {"ans",  "an ",  "years", "year",  "%",     "personne",
                                                      "pers", "mois", "min",   "place", "enfant"};
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  return rest == "an" ||
         std::any_of(units.begin(), units.end(), [&](std::string_view unit) { return rest.starts_with(unit); });
}

bool is_free(std::string_view text) {
  constexpr std::array<std::string_view, 6> words = {"gratuit", "entree libre", "acces libre",
                                                     "free",    "offert",       "no charge"};
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

std::vector<Decimal> prices_in(std::string_view raw) {
  const std::string text = fold_key(raw);
  std::vector<Decimal> prices;
  std::size_t at = 0;
  while (at < text.size()) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    const auto number = read_number(text, at);
    if (number && !counts_other(std::string_view(text).substr(at))) prices.push_back(*number);
  }
  if (is_free(text)) prices.emplace_back();
  std::sort(prices.begin(), prices.end());
  return prices;
}

Values price(const Arguments& a, bool highest) {
  const std::vector<Decimal> prices = prices_in(a.text(0));
  if (prices.empty())
    return a.complain(a.text(0), {"not a price; write a number such as 12.50, or gratuit",
                                  "ce n’est pas un prix ; écrivez un nombre comme 12,50, ou gratuit"});
  return {Value{(highest ? prices.back() : prices.front()).to_string(), rdf::xsd::decimal}};
}

Values parse_low(const Arguments& a) { return price(a, false); }
Values parse_high(const Arguments& a) { return price(a, true); }

Values parse_currency(const Arguments& a) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 13> signs = {{{"€", "EUR"},
                                                                                    {"eur", "EUR"},
                                                                                    {"chf", "CHF"},
                                                                                    {"£", "GBP"},
                                                                                    {"gbp", "GBP"},
                                                                                    {"cad", "CAD"},
                                                                                    {"$ ca", "CAD"},
                                                                                    {"$ca", "CAD"},
                                                                                    {"ca$", "CAD"},
                                                                                    {"can$", "CAD"},
                                                                                    {"usd", "USD"},
                                                                                    {"us$", "USD"},
                                                                                    {"$us", "USD"}}};
  const std::string text = fold_key(a.text(0));
  for (const auto& [sign, code] : signs) {
    if (text.find(sign) != std::string::npos) return {Value{std::string(code)}};
  }
  if (a.has(1)) return a.all(1);
  if (text.find('$') == std::string::npos) return {};
  return a.complain(a.text(0), {"which dollar is not said; give the function an else, such as CAD",
                                "on ne sait pas quel dollar ; donnez un else à la fonction, par exemple CAD"});
}

}  // namespace

std::span<const Function> price_functions() {
  static const std::vector<Function> table = {
      {"parse_price", {"value"}, Manner::Each, parse_low},
      {"parse_price_low", {"value"}, Manner::Each, parse_low},
      {"parse_price_high", {"value"}, Manner::Each, parse_high},
      {"parse_currency", {"value", "else?"}, Manner::Each, parse_currency},
  };
  return table;
}

}  // namespace scenograph::mapping::functions
