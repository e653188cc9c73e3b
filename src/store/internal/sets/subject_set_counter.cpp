#include <algorithm>
#include <unordered_map>

#include "store/internal/sets/subject_sets.hpp"

namespace scenograph::store::internal {

namespace {

/// Members of all sets in memory, and of one.
constexpr std::size_t most_counted = std::size_t{1} << 20U;
constexpr std::size_t most_of_one = 512;

constexpr std::uint64_t rows_per_kept = 16;
constexpr std::uint64_t fewest_kept = 1024;
constexpr std::uint64_t most_kept = std::uint64_t{1} << 16U;

/// Predicates, 0, classes: no id is 0.
using Key = std::vector<std::uint64_t>;

struct KeyHash {
  std::size_t operator()(const Key& key) const noexcept {
    std::uint64_t hash = key.size();
    for (const std::uint64_t id : key) hash = (hash ^ (hash >> 29U)) * 0xBF58476D1CE4E5B9ULL + id;
    hash = (hash ^ (hash >> 32U)) * 0x94D049BB133111EBULL;
    return static_cast<std::size_t>(hash ^ (hash >> 29U));
  }
};

struct Count {
  std::uint64_t subjects = 0;
  std::vector<std::uint64_t> triples;
};

using Entry = std::pair<const Key, Count>;

/// The more frequent first; sets as frequent as each other in an order that does not depend on how they came.
bool is_before(const Entry* a, const Entry* b) {
  return a->second.subjects != b->second.subjects ? a->second.subjects > b->second.subjects : a->first < b->first;
}

SubjectSet to_set(const Entry& entry) {
  const auto& [key, count] = entry;
  SubjectSet set;
  set.subjects = count.subjects;
  for (std::size_t i = 0; i < count.triples.size(); ++i) set.predicates.push_back({key[i], count.triples[i]});
  set.classes.assign(key.begin() + static_cast<std::ptrdiff_t>(count.triples.size()) + 1, key.end());
  return set;
}

}  // namespace

class SubjectSetCounter::Table {
 public:
  void add(const Key& key, const std::vector<std::uint64_t>& triples) {
    const auto [at, is_new] = counts_.try_emplace(key);
    Count& count = at->second;
    if (is_new) {
      count.triples.resize(triples.size());
      members_ += key.size();
    }
    ++count.subjects;
    for (std::size_t i = 0; i < triples.size(); ++i) count.triples[i] += triples[i];
    if (members_ > most_counted) forget_rare();
  }

  /// The most frequent sets, with at most so many members together.
  [[nodiscard]] std::vector<const Entry*> frequent(std::size_t most) const {
    std::vector<const Entry*> entries;
    entries.reserve(counts_.size());
    for (const Entry& entry : counts_) entries.push_back(&entry);
    std::sort(entries.begin(), entries.end(), is_before);
    std::size_t members = 0;
    const auto end = std::find_if(entries.begin(), entries.end(), [&](const Entry* entry) {
      members += entry->first.size();
      return members > most;
    });
    entries.erase(end, entries.end());
    return entries;
  }

 private:
  void forget_rare() {
    std::unordered_map<Key, Count, KeyHash> kept;
    members_ = 0;
    for (const Entry* entry : frequent(most_counted / 2)) {
      kept.insert(*entry);
      members_ += entry->first.size();
    }
    counts_ = std::move(kept);
  }

  std::unordered_map<Key, Count, KeyHash> counts_;
  std::size_t members_ = 0;
};

SubjectSetCounter::SubjectSetCounter(std::uint64_t type) : type_(type), table_(std::make_unique<Table>()) {}

SubjectSetCounter::~SubjectSetCounter() = default;

void SubjectSetCounter::add(std::span<const Row> rows) {
  rows_ += rows.size();
  for (const Row& row : rows) {
    const bool same_subject = row[0] == last_[0];
    if (!same_subject) end_subject();
    if (!same_subject || row[1] != last_[1]) {
      key_.push_back(row[1]);
      triples_.push_back(1);
      if (row[1] == type_) classes_.push_back(row[2]);
    } else if (row[2] != last_[2]) {
      ++triples_.back();
      if (row[1] == type_) classes_.push_back(row[2]);
    }
    last_ = row;
  }
}

void SubjectSetCounter::end_subject() {
  if (key_.empty()) return;
  ++subjects_;
  if (key_.size() + classes_.size() <= most_of_one) {
    key_.push_back(0);
    key_.insert(key_.end(), classes_.begin(), classes_.end());
    table_->add(key_, triples_);
  }
  key_.clear();
  triples_.clear();
  classes_.clear();
}

SubjectSets SubjectSetCounter::finish() {
  end_subject();
  SubjectSets out;
  out.subjects = subjects_;
  for (const Entry* entry : table_->frequent(std::clamp(rows_ / rows_per_kept, fewest_kept, most_kept))) {
    out.sets.push_back(to_set(*entry));
  }
  return out;
}

}  // namespace scenograph::store::internal
