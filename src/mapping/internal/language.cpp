#include "mapping/internal/language.hpp"

#include <algorithm>

namespace scenograph::mapping::internal {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_letter_or_digit(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

}  // namespace

bool is_language_tag(std::string_view tag) noexcept {
  const std::string_view primary = tag.substr(0, tag.find('-'));
  const bool single = primary == "i" || primary == "x" || primary == "I" || primary == "X";
  if (single && primary.size() == tag.size()) return false;
  if (!single && (primary.size() < 2 || primary.size() > 8)) return false;
  if (!std::all_of(primary.begin(), primary.end(), is_letter)) return false;
  tag.remove_prefix(primary.size());
  while (!tag.empty()) {
    tag.remove_prefix(1);
    const std::string_view part = tag.substr(0, tag.find('-'));
    if (part.empty() || part.size() > 8 || !std::all_of(part.begin(), part.end(), is_letter_or_digit)) return false;
    tag.remove_prefix(part.size());
  }
  return true;
}

}  // namespace scenograph::mapping::internal
