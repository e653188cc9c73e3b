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

/// Of "…;q=0.5" past the first semicolon: 500; 1000 where there is no q; nullopt if it is no q-value.
std::optional<int> quality_in(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::string parameter = lower(next_part(parameters, ';'));
    if (parameter.starts_with("q=")) return parse_quality(std::string_view(parameter).substr(2));
  }
  return 1000;
}

std::optional<Range> parse_range(std::string_view text) {
  const std::string type = lower(next_part(text, ';'));
  const std::size_t slash = type.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == type.size()) return std::nullopt;
  const auto quality = quality_in(text);
  if (!quality) return std::nullopt;
  return Range{type.substr(0, slash), type.substr(slash + 1), *quality};
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

Packing negotiate_packing(std::string_view accept_encoding) {
  int any = 0;
  std::optional<int> zstd;
  std::optional<int> gzip;
  int none = 1;  // what is not refused may be sent, but is wished for least
  while (!accept_encoding.empty()) {
    std::string_view part = next_part(accept_encoding, ',');
    const std::string name = lower(next_part(part, ';'));
    const auto quality = quality_in(part);
    if (!quality) return Packing::None;
    if (name == "zstd") zstd = quality;
    if (name == "gzip" || name == "x-gzip") gzip = quality;
    if (name == "identity") none = *quality;
    if (name == "*") any = *quality;
  }
  const int best = std::max(zstd.value_or(any), gzip.value_or(any));
  if (best == 0 || best < none) return Packing::None;
  return zstd.value_or(any) == best ? Packing::Zstd : Packing::Gzip;
}

}  // namespace scenograph::syntax
