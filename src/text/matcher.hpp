#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "text/query.hpp"
#include "text/stemmer.hpp"

namespace scenograph::text {

/// Holds texts against a query. One thread.
///
/// A word of the query is found where a word of the text is the same once folded, or has the same stem in the text's
/// language. Text without language, or in one that is not stemmed, is folded only.
class Matcher {
 public:
  /// @param language  a tag: text in another language does not match, text without language does; "": any text.
  explicit Matcher(Query query, std::string_view language = "");

  /// @param tag  the text's language, or "". Cost: that of `words_of`, and 1 µs a word that must be stemmed.
  [[nodiscard]] bool matches(std::string_view text, std::string_view tag);

  /// How well the text answers the query: 1 if it has its words, as they are, and no others; 0 if it does not match.
  ///
  /// The mean over all clauses of 1 for a word that is there as it was asked for (but for case and accents), 0.9 for
  /// one of the same stem, 0.8 for one that begins so; times a half and half the share of the text's words that the
  /// query found. It depends on text and query alone: how frequent a word is in all texts would tell of texts that the
  /// caller may not read, and change with every commit.
  [[nodiscard]] double score(std::string_view text, std::string_view tag);

 private:
  using Stems = std::vector<std::string>;

  struct Text {
    Text(std::string_view text, std::string_view tag);

    std::vector<Word> words;
    std::string_view language;  ///< that is stemmed, or ""
    std::vector<Stems> stems;   ///< of each word, once needed
    std::vector<bool> found;    ///< words that the query found
  };

  [[nodiscard]] bool is_of_language(std::string_view tag) const;
  [[nodiscard]] bool has(const Clause& clause, Text& text);
  [[nodiscard]] double find_clause(const Clause& clause, Text& text);
  [[nodiscard]] double find_phrase(const Phrase& phrase, Text& text);
  [[nodiscard]] double phrase_at(const Phrase& phrase, std::size_t at, Text& text);
  [[nodiscard]] double likeness(const Word& wanted, bool is_prefix, std::size_t at, Text& text);
  [[nodiscard]] const Stems& wanted_stems(const Word& wanted, std::string_view language);

  Query query_;
  std::string language_;
  Stemmer stemmer_;
  std::map<std::pair<std::string, std::string_view>, Stems> wanted_;  ///< by written form and language
};

}  // namespace scenograph::text
