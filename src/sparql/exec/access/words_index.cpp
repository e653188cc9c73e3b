#include "sparql/exec/access/words_index.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "sparql/exec/access/id_sets.hpp"
#include "text/stemmer.hpp"

namespace scenograph::sparql {

namespace {

using store::KeyRange;
using store::TermId;

std::string word_key(std::string_view folded) { return std::string("=").append(folded); }

std::string stem_key(std::string_view language, std::string_view stem) {
  return std::string(language).append(":").append(stem);
}

/// Most words come again and again: their keys are remembered.
class WordKeys final : public store::KeyMaker {
 public:
  void make_keys(const rdf::TermView& literal, std::vector<std::string>& keys) override {
    keys.clear();
    const std::string_view language = text::stemmed_language(literal.language);
    for (const text::Word& word : text::words_of(literal.value)) {
      const auto& known = keys_of(word, language);
      keys.insert(keys.end(), known.begin(), known.end());
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  }

 private:
  const std::vector<std::string>& keys_of(const text::Word& word, std::string_view language) {
    auto& known = known_[language];
    if (known.size() >= most_known) known.clear();
    const auto [at, is_new] = known.try_emplace(word.lower);
    if (!is_new) return at->second;
    at->second.push_back(word_key(word.folded));
    if (language.empty()) return at->second;
    for (const std::string& stem : stemmer_.stems(word, language)) at->second.push_back(stem_key(language, stem));
    return at->second;
  }

  static constexpr std::size_t most_known = std::size_t{1} << 15U;

  text::Stemmer stemmer_;
  std::unordered_map<std::string_view, std::unordered_map<std::string, std::vector<std::string>>> known_;
};

class WordsAnalyser final : public store::TermAnalyser {
 public:
  std::string_view name() const override { return words_index; }
  std::uint32_t version() const override { return 1; }
  const store::LiteralKinds& kinds() const override { return kinds_; }
  std::unique_ptr<store::KeyMaker> make_key_maker() const override { return std::make_unique<WordKeys>(); }

 private:
  store::LiteralKinds kinds_{true, true, {}};
};

/// Looks words up.
class Search {
 public:
  Search(const store::TermIndex& index, std::string_view language, base::Budget& budget)
      : index_(index), budget_(budget) {
    const std::string_view one = text::stemmed_language(language);
    if (!one.empty()) {
      languages_ = {one};
    } else if (language.empty()) {
      languages_.assign(text::stemmed_languages().begin(), text::stemmed_languages().end());
    }
  }

  [[nodiscard]] std::optional<std::vector<TermId>> run(const text::Query& query) {
    std::optional<std::vector<TermId>> found;
    for (const text::Clause& clause : query.clauses) {
      if (clause.is_negated) continue;
      auto ids = find(clause);
      if (!ids) return std::nullopt;
      found = found ? common_ids(*found, *ids) : *std::move(ids);
    }
    return found;
  }

 private:
  using Ids = std::optional<std::vector<TermId>>;

  Ids find(const text::Clause& clause) {
    std::vector<TermId> all;
    for (const text::Phrase& phrase : clause.phrases) {
      const Ids ids = find(phrase);
      if (!ids) return std::nullopt;
      all.insert(all.end(), ids->begin(), ids->end());
    }
    sort_ids(all);
    return all;
  }

  Ids find(const text::Phrase& phrase) {
    Ids found;
    for (std::size_t i = 0; i < phrase.words.size(); ++i) {
      Ids ids = find(phrase.words[i], phrase.is_prefix && i + 1 == phrase.words.size());
      if (!ids) return std::nullopt;
      found = found ? common_ids(*found, *ids) : std::move(ids);
    }
    return found;
  }

  Ids find(const text::Word& word, bool is_prefix) {
    budget_.check();
    std::vector<KeyRange> ranges;
    if (is_prefix) {
      ranges.push_back(KeyRange::starting_with(word_key(word.folded)));
    } else {
      ranges.push_back(KeyRange::exactly(word_key(word.folded)));
      for (const std::string_view language : languages_) {
        for (const std::string& stem : stemmer_.stems(word, language)) {
          ranges.push_back(KeyRange::exactly(stem_key(language, stem)));
        }
      }
    }
    std::vector<TermId> ids;
    base::Charge held(budget_);
    for (const KeyRange& range : ranges) {
      if (!index_.find(range, ids)) return std::nullopt;
      held.set(ids.capacity() * sizeof(TermId));
    }
    sort_ids(ids);
    return ids;
  }

  const store::TermIndex& index_;
  base::Budget& budget_;
  std::vector<std::string_view> languages_;
  text::Stemmer stemmer_;
};

}  // namespace

std::shared_ptr<const store::TermAnalyser> make_words_analyser() { return std::make_shared<WordsAnalyser>(); }

std::optional<std::vector<TermId>> find_words(const store::TermIndex& index, const text::Query& query,
                                              std::string_view language, base::Budget& budget) {
  return Search(index, language, budget).run(query);
}

}  // namespace scenograph::sparql
