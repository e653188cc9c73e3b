#include "base/utf8.hpp"
#include "fuzz/fuzz.hpp"
#include "text/matcher.hpp"

// Holds untrusted texts against untrusted queries. The first line is a language tag, the second the query, the rest the
// text: a score is from 0 to 1, above 0 exactly if the text matches, and words are bounded and well-formed.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  fuzz::Input input(data, size);
  const std::string_view tag = input.until("\n");
  const std::string_view query = input.until("\n");
  for (const text::Word& word : text::words_of(input.rest())) {
    fuzz::require(!word.folded.empty() && word.folded.size() <= text::most_word_bytes);
    fuzz::require(base::find_invalid_utf8(word.folded) == std::string_view::npos);
    fuzz::require(word.folded.find('\0') == std::string::npos && word.folded.find('\xFF') == std::string::npos);
  }
  fuzz::answers([&] {
    text::Matcher matcher(text::parse_query(query));
    const double score = matcher.score(input.rest(), tag);
    fuzz::require(score >= 0 && score <= 1);
    fuzz::require(matcher.matches(input.rest(), tag) == (score > 0));
  });
  return 0;
}
