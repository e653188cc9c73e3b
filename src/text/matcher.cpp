#include "text/matcher.hpp"

#include <algorithm>
#include <utility>

namespace scenograph::text {

namespace {

constexpr double as_asked = 1;
constexpr double same_stem = 0.9;
constexpr double same_beginning = 0.8;

std::string lower_case(std::string_view tag) {
  std::string out(tag);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

}  // namespace

Matcher::Matcher(Query query, std::string_view language) : query_(std::move(query)), language_(lower_case(language)) {}

/// Source: RFC 4647, section 3.3.1 (basic filtering).
bool Matcher::is_of_language(std::string_view tag) const {
  if (language_.empty() || tag.empty()) return true;
  const std::string own = lower_case(tag);
  return own.starts_with(language_) && (own.size() == language_.size() || own[language_.size()] == '-');
}

Matcher::Text::Text(std::string_view text, std::string_view tag)
    : words(words_of(text)), language(stemmed_language(tag)), stems(words.size()), found(words.size()) {}

bool Matcher::matches(std::string_view text, std::string_view tag) {
  if (query_.clauses.empty() || !is_of_language(tag)) return false;
  Text read(text, tag);
  return std::all_of(query_.clauses.begin(), query_.clauses.end(),
                     [&](const Clause& clause) { return has(clause, read) != clause.is_negated; });
}

/// Words as they were asked for are looked for first: they need no stems.
bool Matcher::has(const Clause& clause, Text& text) {
  const auto any_place = [&](const Phrase& phrase) {
    for (std::size_t at = 0; at + phrase.words.size() <= text.words.size(); ++at) {
      if (phrase_at(phrase, at, text) > 0) return true;
    }
    return false;
  };
  const std::string_view language = std::exchange(text.language, {});
  const bool as_written = std::any_of(clause.phrases.begin(), clause.phrases.end(), any_place);
  text.language = language;
  if (as_written || language.empty()) return as_written;
  return std::any_of(clause.phrases.begin(), clause.phrases.end(), any_place);
}

double Matcher::score(std::string_view text, std::string_view tag) {
  if (query_.clauses.empty() || !is_of_language(tag)) return 0;
  Text read(text, tag);
  double sum = 0;
  for (const Clause& clause : query_.clauses) {
    const double found = find_clause(clause, read);
    if ((found > 0) == clause.is_negated) return 0;
    sum += clause.is_negated ? 1 : found;
  }
  const double all = static_cast<double>(std::max<std::size_t>(read.words.size(), 1));
  const double share = static_cast<double>(std::count(read.found.begin(), read.found.end(), true)) / all;
  return sum / static_cast<double>(query_.clauses.size()) * (0.5 + share / 2);
}

double Matcher::find_clause(const Clause& clause, Text& text) {
  double best = 0;
  for (const Phrase& phrase : clause.phrases) best = std::max(best, find_phrase(phrase, text));
  return best;
}

/// The best place counts; all places are marked as found.
double Matcher::find_phrase(const Phrase& phrase, Text& text) {
  double best = 0;
  for (std::size_t at = 0; at + phrase.words.size() <= text.words.size(); ++at) {
    const double here = phrase_at(phrase, at, text);
    if (here > 0) std::fill_n(text.found.begin() + static_cast<std::ptrdiff_t>(at), phrase.words.size(), true);
    best = std::max(best, here);
  }
  return best;
}

double Matcher::phrase_at(const Phrase& phrase, std::size_t at, Text& text) {
  double sum = 0;
  for (std::size_t i = 0; i < phrase.words.size(); ++i) {
    const bool is_prefix = phrase.is_prefix && i + 1 == phrase.words.size();
    const double here = likeness(phrase.words[i], is_prefix, at + i, text);
    if (here == 0) return 0;
    sum += here;
  }
  return sum / static_cast<double>(phrase.words.size());
}

double Matcher::likeness(const Word& wanted, bool is_prefix, std::size_t at, Text& text) {
  const Word& word = text.words[at];
  if (word.folded == wanted.folded) return as_asked;
  if (is_prefix) return word.folded.starts_with(wanted.folded) ? same_beginning : 0;
  if (text.language.empty()) return 0;
  Stems& stems = text.stems[at];
  if (stems.empty()) stems = stemmer_.stems(word, text.language);
  const Stems& others = wanted_stems(wanted, text.language);
  const bool shared = std::any_of(stems.begin(), stems.end(), [&](const std::string& stem) {
    return std::find(others.begin(), others.end(), stem) != others.end();
  });
  return shared ? same_stem : 0;
}

const Matcher::Stems& Matcher::wanted_stems(const Word& wanted, std::string_view language) {
  const auto [at, is_new] = wanted_.try_emplace({wanted.lower, language});
  if (is_new) at->second = stemmer_.stems(wanted, language);
  return at->second;
}

}  // namespace scenograph::text
