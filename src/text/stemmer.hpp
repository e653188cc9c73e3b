#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/words.hpp"

namespace scenograph::text {

/// Languages whose words can be stemmed, as primary subtags (BCP 47), sorted: "ar" … "yi".
[[nodiscard]] std::span<const std::string_view> stemmed_languages();

/// The one of them that the language tag begins with ("fr" of "FR-ca"; "no" also of "nb" and "nn"), or "".
[[nodiscard]] std::string_view stemmed_language(std::string_view tag);

/// Reduces words to their stems. One thread.
///
/// Source: Snowball (M. F. Porter), algorithms of libstemmer 2.2.
class Stemmer {
 public:
  Stemmer();
  ~Stemmer();
  Stemmer(const Stemmer&) = delete;
  Stemmer& operator=(const Stemmer&) = delete;

  /// What two words of a language must share to be forms of the same word: the stem of the word as it is written, and
  /// that of the word without accents, which people leave out; both without accents. One or two. About 1 µs.
  ///
  /// @param language  one that `stemmed_language` gave, not empty.
  [[nodiscard]] std::vector<std::string> stems(const Word& word, std::string_view language);

 private:
  struct Languages;
  std::unique_ptr<Languages> languages_;
};

}  // namespace scenograph::text
