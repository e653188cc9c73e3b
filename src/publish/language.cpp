#include "publish/language.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "publish/assets.hpp"

namespace scenograph::publish {

namespace {

using Texts = std::map<std::string_view, std::pair<std::string_view, std::string_view>, std::less<>>;

std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view out = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return out;
}

Texts read_texts() {
  Texts out;
  std::string_view file = find_asset("texts.tsv").value_or("");
  while (!file.empty()) {
    std::string_view line = take_until(file, '\n');
    if (line.empty() || line.front() == '#') continue;
    const std::string_view key = take_until(line, '\t');
    const std::string_view french = take_until(line, '\t');
    out[key] = {french, take_until(line, '\t')};
  }
  return out;
}

const Texts& texts() {
  static const Texts all = read_texts();
  return all;
}

/// The weight in thousandths of one entry of the header, its parameters stripped from `entry`.
int take_weight(std::string_view& entry) {
  std::string_view parameters = entry;
  entry = take_until(parameters, ';');
  const std::size_t at = parameters.find("q=");
  if (at == std::string_view::npos) return 1000;
  double weight = 0;
  std::from_chars(parameters.data() + at + 2, parameters.data() + parameters.size(), weight);
  return static_cast<int>(std::clamp(weight, 0.0, 1.0) * 1000);
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

std::string_view tag_of(Language language) noexcept { return language == Language::French ? "fr" : "en"; }

Language choose_language(std::string_view parameter, std::string_view accept_language) noexcept {
  if (parameter == "en") return Language::English;
  if (parameter == "fr") return Language::French;
  int best = 0;
  Language out = Language::French;
  while (!accept_language.empty()) {
    std::string_view entry = trim(take_until(accept_language, ','));
    const int weight = take_weight(entry);
    const std::string_view primary = trim(entry).substr(0, 2);
    const bool known = primary == "fr" || primary == "en";
    if (!known || weight <= best) continue;
    best = weight;
    out = primary == "en" ? Language::English : Language::French;
  }
  return out;
}

std::string_view find_text(Language language, std::string_view key) {
  const auto at = texts().find(key);
  if (at == texts().end()) return {};
  return language == Language::French ? at->second.first : at->second.second;
}

std::string_view text(Language language, std::string_view key) {
  const std::string_view found = find_text(language, key);
  return found.empty() ? key : found;
}

}  // namespace scenograph::publish
