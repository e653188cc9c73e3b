#pragma once

#include <string_view>
#include <vector>

#include "text/words.hpp"

namespace scenograph::text {

/// Words that must follow each other.
struct Phrase {
  std::vector<Word> words;  ///< one or more
  bool is_prefix = false;   ///< the last word is only how a word begins
};

/// One of its phrases must be in the text; none of them, if it is negated.
struct Clause {
  std::vector<Phrase> phrases;  ///< one or more
  bool is_negated = false;
};

/// All of the clauses must hold.
///
/// In text: `opéra paris` (both words), `"opéra de paris"` (next to each other), `op*` (words that begin so), `-paris`
/// (not there), `opéra OR ballet`. Whatever stands together between spaces is a phrase: `l'opéra`, `Saint-Denis`.
struct Query {
  std::vector<Clause> clauses;

  /// Whether it asks for any word to be there.
  [[nodiscard]] bool is_positive() const;
};

/// Words of a query at most: each is held against each word of a text.
inline constexpr std::size_t most_query_words = 1000;

/// A query without words has no clauses. @throws Error(Code::TooLarge) past `most_query_words`.
[[nodiscard]] Query parse_query(std::string_view text);

}  // namespace scenograph::text
