#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/budget.hpp"
#include "store/term_index.hpp"
#include "text/query.hpp"

// The index of words. A literal has the key "=" and a word for each of its words as they are folded, and, if its
// language is one that can be stemmed, the language's code, ":" and a stem for each of their stems.

namespace scenograph::sparql {

inline constexpr std::string_view words_index = "words";

[[nodiscard]] std::shared_ptr<const store::TermAnalyser> make_words_analyser();

/// Ids of literals, ascending, among which are all that match the query in some language: only the order of words is
/// not looked at, nor what must not be there.
///
/// @param language  as `text::Matcher` takes it.
/// @return          nullopt if the index cannot tell: the query asks for no word, or a file is damaged.
[[nodiscard]] std::optional<std::vector<store::TermId>> find_words(const store::TermIndex& index,
                                                                   const text::Query& query, std::string_view language,
                                                                   base::Budget& budget);

}  // namespace scenograph::sparql
