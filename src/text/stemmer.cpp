#include "text/stemmer.hpp"

#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <new>

#include "text/fold.hpp"

namespace scenograph::text {

namespace {

constexpr std::array<std::string_view, 28> languages = {"ar", "ca", "da", "de", "el", "en", "es", "eu", "fi", "fr",
                                                        "ga", "hi", "hu", "hy", "id", "it", "lt", "ne", "nl", "no",
                                                        "pt", "ro", "ru", "sr", "sv", "ta", "tr", "yi"};

struct Closer {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

std::size_t place_of(std::string_view language) {
  const auto* const at = std::lower_bound(languages.begin(), languages.end(), language);
  assert(at != languages.end() && *at == language);
  return static_cast<std::size_t>(at - languages.begin());
}

}  // namespace

struct Stemmer::Languages {
  std::array<std::unique_ptr<sb_stemmer, Closer>, languages.size()> stemmers;  ///< null until needed

  std::string stem(std::string_view word, std::string_view language) {
    auto& stemmer = stemmers[place_of(language)];
    if (!stemmer) stemmer.reset(sb_stemmer_new(std::string(language).c_str(), nullptr));
    if (!stemmer) throw std::bad_alloc();
    const sb_symbol* bytes =
        sb_stemmer_stem(stemmer.get(), reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
    if (bytes == nullptr) throw std::bad_alloc();
    const auto size = static_cast<std::size_t>(sb_stemmer_length(stemmer.get()));
    return size == 0 ? std::string(word) : std::string(reinterpret_cast<const char*>(bytes), size);
  }
};

std::span<const std::string_view> stemmed_languages() { return languages; }

std::string_view stemmed_language(std::string_view tag) {
  const std::string_view primary = tag.substr(0, tag.find('-'));
  if (primary.size() != 2) return {};
  std::array<char, 2> letters;
  std::transform(primary.begin(), primary.end(), letters.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  std::string_view language(letters.data(), letters.size());
  if (language == "nb" || language == "nn") language = "no";
  const auto* const at = std::lower_bound(languages.begin(), languages.end(), language);
  return at != languages.end() && *at == language ? *at : std::string_view();
}

Stemmer::Stemmer() : languages_(std::make_unique<Languages>()) {}
Stemmer::~Stemmer() = default;

std::vector<std::string> Stemmer::stems(const Word& word, std::string_view language) {
  std::vector<std::string> out = {languages_->stem(word.folded, language)};
  if (word.lower == word.folded) return out;
  std::string other = fold(languages_->stem(word.lower, language));
  if (other != out.front() && !other.empty()) out.push_back(std::move(other));
  return out;
}

}  // namespace scenograph::text
