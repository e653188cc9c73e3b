#include "text/query.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"

namespace scenograph::text {

namespace {

constexpr std::string_view spaces = " \t\r\n";

/// What stands between spaces, or within quotation marks.
struct Piece {
  std::string_view text;
  bool is_negated = false;
  bool is_prefix = false;
  bool is_or = false;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool next(Piece& piece) {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(spaces), rest_.size()));
    if (rest_.empty()) return false;
    piece = {};
    if (rest_.size() > 1 && rest_.front() == '-' && spaces.find(rest_[1]) == std::string_view::npos) {
      piece.is_negated = true;
      rest_.remove_prefix(1);
    }
    const bool quoted = rest_.front() == '"';
    if (quoted) rest_.remove_prefix(1);
    piece.text = take(std::min(quoted ? rest_.find('"') : rest_.find_first_of(" \t\r\n\""), rest_.size()));
    if (quoted && !rest_.empty()) rest_.remove_prefix(1);
    piece.is_or = !quoted && !piece.is_negated && piece.text == "OR";
    if (quoted && rest_.starts_with('*')) {
      piece.is_prefix = true;
      rest_.remove_prefix(1);
    }
    piece.is_prefix = piece.is_prefix || (!quoted && piece.text.size() > 1 && piece.text.ends_with('*'));
    return true;
  }

 private:
  std::string_view take(std::size_t size) {
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
};

}  // namespace

bool Query::is_positive() const {
  return std::any_of(clauses.begin(), clauses.end(), [](const Clause& clause) { return !clause.is_negated; });
}

Query parse_query(std::string_view text) {
  Query query;
  Reader reader(text);
  std::size_t words = 0;
  bool joins = false;  // an OR came before
  for (Piece piece; reader.next(piece);) {
    if (piece.is_or) {
      joins = !query.clauses.empty();
      continue;
    }
    Phrase phrase{words_of(piece.text), piece.is_prefix};
    if (phrase.words.empty()) continue;
    words += phrase.words.size();
    if (words > most_query_words) {
      throw base::Error(base::Code::TooLarge,
                        fmt::format("a text query has more than {} words: ask for fewer", most_query_words));
    }
    if (!joins || piece.is_negated || query.clauses.back().is_negated) {
      query.clauses.push_back({{}, piece.is_negated});
    }
    query.clauses.back().phrases.push_back(std::move(phrase));
    joins = false;
  }
  return query;
}

}  // namespace scenograph::text
