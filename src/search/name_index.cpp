#include "search/name_index.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>

#include "base/checked_sort.hpp"
#include "search/fold.hpp"
#include "search/internal/name_reader.hpp"
#include "search/internal/similarity.hpp"

namespace scenograph::search {

namespace {

constexpr std::size_t rescored = 256;         // names whose likeness is worked out in full
constexpr std::size_t max_suffixes = 20'000;  // entries a prefix lookup looks at
constexpr std::size_t max_limit = 1000;

/// Where a word of a name starts.
struct WordStart {
  std::uint32_t name;
  std::uint32_t offset;  ///< in bytes of the folded name
};

class Index final : public NameIndex {
 public:
  Index(NamedEntities&& entities, const std::stop_token& stop) : entities_(std::move(entities)) {
    fold_names(stop);
    fill_postings(stop);
    fill_word_starts(stop);
    close_types();
  }

  std::vector<Candidate> lookup(std::string_view name, const LookupOptions& options) const override;
  std::vector<Candidate> suggest(std::string_view prefix, const LookupOptions& options) const override;
  std::size_t names() const override { return entities_.names.size(); }
  std::size_t entities() const override { return entities_.iris.size(); }

 private:
  struct Scored {
    double score;
    std::uint32_t name;
  };

  void fold_names(const std::stop_token& stop);
  void fill_postings(const std::stop_token& stop);
  void fill_word_starts(const std::stop_token& stop);
  void close_types();

  std::vector<bool> allowed_sets(const LookupOptions& options) const;
  bool is_allowed(std::uint32_t name, const std::vector<bool>& sets) const {
    return sets.empty() || sets[entities_.type_sets[entities_.names[name].entity]];
  }
  std::span<const std::uint32_t> postings(Gram gram) const;
  std::vector<Scored> nearest(const std::vector<Gram>& grams, const std::vector<bool>& sets) const;
  double weight(std::string_view word) const;
  std::string_view suffix(const WordStart& start) const {
    return std::string_view(folded_[start.name]).substr(start.offset);
  }
  double prefix_score(std::string_view prefix, const WordStart& start) const;
  std::vector<Candidate> best_of(std::vector<Scored> scored, std::size_t limit) const;

  NamedEntities entities_;
  std::vector<std::string> folded_;         // of each name
  std::vector<std::uint16_t> gram_counts_;  // of each name
  std::vector<Gram> grams_;                 // ascending; names of grams_[i] are posted_[starts_[i]..starts_[i + 1])
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> posted_;
  std::vector<WordStart> word_starts_;  // ascending by the text from there on
  std::unordered_map<std::string, std::uint32_t> word_counts_;
  std::vector<std::set<std::string>> closed_sets_;  // NamedEntities::sets with superclasses
};

void Index::fold_names(const std::stop_token& stop) {
  folded_.reserve(entities_.names.size());
  for (const NameRow& name : entities_.names) {
    stop_if_asked(stop);
    folded_.push_back(fold(name.text));
  }
}

/// Counts first, so that nothing but the postings themselves is held for each gram of each name.
void Index::fill_postings(const std::stop_token& stop) {
  std::unordered_map<Gram, std::uint32_t> places;  // names that have the gram; then where the next one is posted
  gram_counts_.reserve(folded_.size());
  for (const std::string& name : folded_) {
    stop_if_asked(stop);
    const auto grams = grams_of(name);
    gram_counts_.push_back(static_cast<std::uint16_t>(grams.size()));
    for (const Gram gram : grams) ++places[gram];
  }
  grams_.reserve(places.size());
  for (const auto& [gram, count] : places) grams_.push_back(gram);
  base::checked_sort(grams_.begin(), grams_.end(), [&stop] { stop_if_asked(stop); });
  std::uint32_t total = 0;
  starts_.reserve(grams_.size() + 1);
  for (const Gram gram : grams_) {
    starts_.push_back(total);
    total += std::exchange(places[gram], total);
  }
  starts_.push_back(total);
  posted_.resize(total);
  for (std::uint32_t name = 0; name < folded_.size(); ++name) {
    stop_if_asked(stop);
    for (const Gram gram : grams_of(folded_[name])) posted_[places[gram]++] = name;
  }
}

void Index::fill_word_starts(const std::stop_token& stop) {
  for (std::uint32_t name = 0; name < folded_.size(); ++name) {
    stop_if_asked(stop);
    std::set<std::string_view> distinct;
    for (const auto word : words_of(folded_[name])) {
      word_starts_.push_back({name, static_cast<std::uint32_t>(word.data() - folded_[name].data())});
      if (distinct.insert(word).second) ++word_counts_[std::string(word)];
    }
  }
  const auto precedes = [this](const WordStart& a, const WordStart& b) {
    const int order = suffix(a).compare(suffix(b));
    return order != 0 ? order < 0 : std::pair(a.name, a.offset) < std::pair(b.name, b.offset);
  };
  base::checked_sort(
      word_starts_.begin(), word_starts_.end(), [&stop] { stop_if_asked(stop); }, precedes);
}

void Index::close_types() {
  for (const auto& types : entities_.sets) {
    std::set<std::string> closed;
    std::vector<std::string> open = types;
    while (!open.empty()) {
      const std::string type = std::move(open.back());
      open.pop_back();
      if (!closed.insert(type).second) continue;
      const auto above = entities_.superclasses.find(type);
      if (above != entities_.superclasses.end()) open.insert(open.end(), above->second.begin(), above->second.end());
    }
    closed_sets_.push_back(std::move(closed));
  }
}

/// Which type sets pass the filters; empty if there are none.
std::vector<bool> Index::allowed_sets(const LookupOptions& options) const {
  std::vector<bool> out;
  if (options.types.empty() && options.without.empty()) return out;
  for (const auto& closed : closed_sets_) {
    const auto holds = [&](const std::string& type) { return closed.contains(type); };
    const bool is_wanted = options.types.empty() || std::any_of(options.types.begin(), options.types.end(), holds);
    out.push_back(is_wanted && std::none_of(options.without.begin(), options.without.end(), holds));
  }
  if (out.empty()) out.push_back(false);
  return out;
}

std::span<const std::uint32_t> Index::postings(Gram gram) const {
  const auto at = std::lower_bound(grams_.begin(), grams_.end(), gram);
  if (at == grams_.end() || *at != gram) return {};
  const auto index = static_cast<std::size_t>(at - grams_.begin());
  return std::span(posted_).subspan(starts_[index], starts_[index + 1] - starts_[index]);
}

/// The names that share most trigrams with the given ones (Dice), at most `rescored` of them, in no order.
std::vector<Index::Scored> Index::nearest(const std::vector<Gram>& grams, const std::vector<bool>& sets) const {
  std::vector<std::uint16_t> shared(folded_.size(), 0);
  std::vector<std::uint32_t> touched;
  for (const Gram gram : grams) {
    for (const std::uint32_t name : postings(gram)) {
      if (shared[name]++ == 0) touched.push_back(name);
    }
  }
  std::vector<Scored> out;
  for (const std::uint32_t name : touched) {
    if (!is_allowed(name, sets)) continue;
    const auto total = static_cast<double>(grams.size() + gram_counts_[name]);
    out.push_back({2.0 * shared[name] / total, name});
  }
  if (out.size() > rescored) {
    const auto better = [](const Scored& a, const Scored& b) {
      return a.score != b.score ? a.score > b.score : a.name < b.name;
    };
    std::nth_element(out.begin(), out.begin() + rescored, out.end(), better);
    out.resize(rescored);
  }
  return out;
}

/// Inverse document frequency of a word among the names; articles weigh next to nothing in any case.
double Index::weight(std::string_view word) const {
  const auto known = word_counts_.find(std::string(word));
  const double count = known == word_counts_.end() ? 0 : known->second;
  const double rarity = std::log((static_cast<double>(folded_.size()) + 2) / (count + 1));
  static constexpr std::string_view articles[] = {"a",  "d",   "de", "des", "du", "l",  "la",
                                                  "le", "les", "of", "the", "un", "une"};
  const bool is_article = std::binary_search(std::begin(articles), std::end(articles), word);
  return is_article ? 0.2 : std::max(rarity, 0.5);
}

std::vector<Candidate> Index::best_of(std::vector<Scored> scored, std::size_t limit) const {
  std::sort(scored.begin(), scored.end(), [](const Scored& a, const Scored& b) {
    return a.score != b.score ? a.score > b.score : a.name < b.name;  // names ascend by the IRI of their entity
  });
  std::vector<Candidate> out;
  std::set<std::uint32_t> seen;
  for (const auto& [score, name] : scored) {
    if (out.size() == std::min(limit, max_limit)) break;
    const NameRow& row = entities_.names[name];
    if (!seen.insert(row.entity).second) continue;
    out.push_back({entities_.iris[row.entity], row.text, entities_.sets[entities_.type_sets[row.entity]],
                   std::round(score * 10) / 10});
  }
  return out;
}

std::vector<Candidate> Index::lookup(std::string_view name, const LookupOptions& options) const {
  const std::string wanted = fold(name);
  if (wanted.empty()) return {};
  const auto weigh = [this](std::string_view word) { return weight(word); };
  std::vector<Scored> scored = nearest(grams_of(wanted), allowed_sets(options));
  for (Scored& entry : scored) entry.score = likeness(wanted, folded_[entry.name], entry.score, weigh);
  std::erase_if(scored, [&](const Scored& entry) { return entry.score < options.min_score; });
  return best_of(std::move(scored), options.limit);
}

/// 100 for the whole name; names that start with the prefix before those that hold it further on; short before long.
double Index::prefix_score(std::string_view prefix, const WordStart& start) const {
  const std::string& name = folded_[start.name];
  if (name == prefix) return 100;
  const double share = static_cast<double>(prefix.size()) / static_cast<double>(name.size());
  return (start.offset == 0 ? 60 : 30) + 30 * share;
}

std::vector<Candidate> Index::suggest(std::string_view prefix, const LookupOptions& options) const {
  const std::string wanted = fold(prefix);
  if (wanted.empty()) return {};
  const auto sets = allowed_sets(options);
  auto at = std::lower_bound(word_starts_.begin(), word_starts_.end(), wanted,
                             [this](const WordStart& start, const std::string& text) { return suffix(start) < text; });
  std::vector<Scored> scored;
  for (std::size_t looked = 0; at != word_starts_.end() && looked < max_suffixes; ++at, ++looked) {
    if (!suffix(*at).starts_with(wanted)) break;
    if (is_allowed(at->name, sets)) scored.push_back({prefix_score(wanted, *at), at->name});
  }
  if (scored.empty()) return lookup(prefix, options);
  return best_of(std::move(scored), options.limit);
}

}  // namespace

std::shared_ptr<const NameIndex> NameIndex::build(const store::View& view, const store::GraphSet& readable,
                                                  const IndexOptions& options) {
  return std::make_shared<Index>(read_names(view, readable, options), options.stop);
}

}  // namespace scenograph::search
