#include "phrases.hpp"

namespace scenograph::benchmarks {

namespace {

constexpr std::size_t longest_description = 600;

/// Any of them; one time in three, one of those that everybody has.
std::string_view name_of(List names, Random& random) {
  return random.chance(33) ? random.skewed_of(names) : random.one_of(names);
}

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

void append_person(std::string& to, const Words& words, Random& random) {
  to.append(name_of(words.given, random));
  if (random.chance(5)) to.append("-").append(random.one_of(words.given));
  to.append(" ").append(name_of(words.family, random));
  if (random.chance(8)) to.append("-").append(random.one_of(words.family));
}

void append_town(std::string& to, const Words& words, Random& random, std::uint32_t small) {
  if (random.chance(small)) {
    to.append(random.one_of(words.town_starts)).append(random.one_of(words.town_ends));
  } else {
    to.append(random.skewed_of(words.towns).name);
  }
}

void append_pattern(std::string& to, std::string_view pattern, const Words& words, Random& random) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') {
      to.push_back(pattern[i]);
      continue;
    }
    switch (pattern[++i]) {
      case 'N': {
        const std::size_t start = to.size();
        to.append(random.one_of(words.nouns));
        if (is_lower(to[start])) to[start] = static_cast<char>(to[start] - 'a' + 'A');
        break;
      }
      case 'n':
        to.append(random.one_of(words.nouns));
        break;
      case 'c':
        to.append(random.one_of(words.complements));
        break;
      case 'G':
        to.append(name_of(words.given, random));
        break;
      case 'F':
        to.append(name_of(words.family, random));
        break;
      case 'T':
        append_town(to, words, random);
        break;
      default:
        append_person(to, words, random);
    }
  }
}

std::string phrase(List patterns, const Words& words, Random& random) {
  std::string text;
  append_pattern(text, random.one_of(patterns), words, random);
  return text;
}

std::string description(const Words& words, Random& random) {
  if (random.chance(12)) return phrase(words.short_notes, words, random);
  std::string text = phrase(words.sentences, words, random);
  for (std::uint32_t more = random.below(5); more > 0; --more) {
    const std::string next = phrase(words.sentences, words, random);
    if (text.size() + 1 + next.size() > longest_description) break;
    text.append(" ").append(next);
  }
  return text;
}

std::string slug(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (is_lower(c) || (c >= '0' && c <= '9')) {
      result.push_back(c);
    } else if (c >= 'A' && c <= 'Z') {
      result.push_back(static_cast<char>(c - 'A' + 'a'));
    } else if ((c == ' ' || c == '-') && !result.empty() && result.back() != '-') {
      result.push_back('-');
    }
  }
  while (!result.empty() && result.back() == '-') result.pop_back();
  return result;
}

}  // namespace scenograph::benchmarks
