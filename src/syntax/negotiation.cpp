#include "syntax/negotiation.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace scenograph::syntax {

namespace {

struct Range {
  std::string type;
  std::string subtype;
  int quality = 1000;  // thousandths
};

constexpr std::string_view blanks = " \t";

std::string_view trim(std::string_view text) {
  const std::size_t start = text.find_first_not_of(blanks);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(blanks) - start + 1);
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

/// "0.5" → 500; nullopt if it is no q-value.
std::optional<int> parse_quality(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  int quality = (text[0] - '0') * 1000;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int unit = 100;
  for (std::size_t i = 2; i < text.size(); ++i, unit /= 10) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    quality += (text[i] - '0') * unit;
  }
  return quality <= 1000 ? std::optional(quality) : std::nullopt;
}

/// The part before the next separator outside of quotes; `text` moves past it.
std::string_view next_part(std::string_view& text, char separator) {
  bool quoted = false;
  std::size_t end = 0;
  for (; end < text.size() && (quoted || text[end] != separator); ++end) {
    if (text[end] == '"') quoted = !quoted;
    if (quoted && text[end] == '\\') ++end;
  }
  const std::string_view part = trim(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

std::optional<Range> parse_range(std::string_view text) {
  const std::string type = lower(next_part(text, ';'));
  const std::size_t slash = type.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == type.size()) return std::nullopt;
  Range range{type.substr(0, slash), type.substr(slash + 1)};
  while (!text.empty()) {
    const std::string parameter = lower(next_part(text, ';'));
    if (!parameter.starts_with("q=")) continue;
    const auto quality = parse_quality(std::string_view(parameter).substr(2));
    if (!quality) return std::nullopt;
    range.quality = *quality;
    break;
  }
  return range;
}

std::optional<std::vector<Range>> parse_accept(std::string_view accept) {
  std::vector<Range> ranges;
  while (!accept.empty()) {
    const std::string_view part = next_part(accept, ',');
    if (part.empty()) continue;
    auto range = parse_range(part);
    if (!range) return std::nullopt;
    ranges.push_back(std::move(*range));
  }
  return ranges;
}

/// The quality of the most specific range that covers `media_type`; 0 if none does.
int quality_of(const std::vector<Range>& ranges, std::string_view media_type) {
  const std::string type = lower(trim(media_type.substr(0, media_type.find(';'))));
  const std::size_t slash = std::min(type.find('/'), type.size());
  int best_precision = 0;
  int quality = 0;
  for (const Range& range : ranges) {
    int precision = 0;
    if (range.type == "*" && range.subtype == "*") precision = 1;
    if (range.type == type.substr(0, slash) && range.subtype == "*") precision = 2;
    if (range.type + "/" + range.subtype == type) precision = 3;
    if (precision > best_precision) {
      best_precision = precision;
      quality = range.quality;
    }
  }
  return quality;
}

}  // namespace

std::optional<std::size_t> negotiate(std::string_view accept, std::span<const std::string_view> offered) {
  if (offered.empty()) return std::nullopt;
  const auto ranges = parse_accept(accept);
  if (!ranges || ranges->empty()) return 0;
  std::optional<std::size_t> best;
  int best_quality = 0;
  for (std::size_t i = 0; i < offered.size(); ++i) {
    const int quality = quality_of(*ranges, offered[i]);
    if (quality > best_quality) {
      best = i;
      best_quality = quality;
    }
  }
  return best;
}

}  // namespace scenograph::syntax
