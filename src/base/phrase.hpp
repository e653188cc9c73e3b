#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace scenograph::base {

/// Fixed words in both languages of the people who read reports.
struct PhraseView {
  std::string_view en;
  std::string_view fr;
};

/// One thing said in English and in French. Without final full stop.
struct Phrase {
  std::string en;
  std::string fr;  ///< empty where only the English words of a program are known, such as those of a parser

  Phrase() = default;
  Phrase(std::string english, std::string french) : en(std::move(english)), fr(std::move(french)) {}
  Phrase(PhraseView words) : en(words.en), fr(words.fr) {}

  [[nodiscard]] static Phrase english(std::string words) { return {std::move(words), {}}; }

  /// What is said in "fr"; in English where there is no French, and for any other language.
  [[nodiscard]] const std::string& in(std::string_view language) const {
    return language == "fr" && !fr.empty() ? fr : en;
  }

  Phrase& operator+=(const Phrase& more) {
    en += more.en;
    fr += more.fr;
    return *this;
  }

  friend auto operator<=>(const Phrase&, const Phrase&) = default;
};

/// What was done, and the reason that a program gave for it in English only: "the line was passed over: no full stop".
[[nodiscard]] Phrase explained(PhraseView done, std::string_view why);

}  // namespace scenograph::base
