#include "store/internal/index/late_terms.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "store/internal/entries.hpp"
#include "store/internal/index/index_file.hpp"
#include "store/internal/term_bytes.hpp"

namespace scenograph::store::internal {

namespace {

/// Read at once: some 20 ms.
constexpr std::size_t terms_at_once = 4096;

/// A part not even so many times as large as the next is merged with it.
constexpr std::size_t least_growth = 4;

std::uint64_t epoch_of(const State& state) { return read_meta(state.txn.get(), state.tables, meta::log_start); }

std::uint64_t first_vocabulary_of(const State& state) {
  const auto& vocabularies = state.files->manifest.vocabularies;
  return vocabularies.empty() ? 0 : vocabularies.front().number;
}

}  // namespace

/// Only a compaction gives numbers anew; loads take further ones.
bool LateTerms::holds_for(const State& state) const {
  return epoch_ == epoch_of(state) && (first_vocabulary_ == 0 || first_vocabulary_ == first_vocabulary_of(state));
}

bool LateTerms::is_complete_for(const State& state) const {
  return holds_for(state) && end_ >= state.memory->next_term;
}

bool LateTerms::is_ahead_of(const LateTerms& others, const State& state) const {
  return holds_for(state) && end_ > others.end_;
}

std::shared_ptr<const LateTerms> LateTerms::read_on(const State& state, const TermAnalyser& analyser,
                                                    const std::shared_ptr<const LateTerms>& before) {
  if (before && before->is_complete_for(state)) return before;
  const bool goes_on = before && before->holds_for(state);
  auto terms = goes_on ? std::make_shared<LateTerms>(*before) : std::make_shared<LateTerms>();
  terms->epoch_ = epoch_of(state);
  terms->first_vocabulary_ = first_vocabulary_of(state);
  terms->add(terms->read_terms(state, analyser));
  return terms;
}

/// Moves `end_` on.
LateTerms::Part LateTerms::read_terms(const State& state, const TermAnalyser& analyser) {
  std::unordered_map<std::string, std::vector<std::uint64_t>> numbers;
  Part part;
  std::size_t count = 0;
  const auto maker = analyser.make_key_maker();
  std::vector<std::string> keys;
  const auto take = [&](std::uint64_t number, std::string_view bytes) {
    const rdf::TermView term = view_term_bytes(bytes);
    if (!is_any(term, analyser.kinds())) return;
    maker->make_keys(term, keys);
    for (const std::string& key : keys) numbers[key].push_back(number);
    part.size += keys.size();
  };
  const auto is_enough = [&] { return ++count > terms_at_once; };
  const std::uint64_t end = state.memory->next_term;
  const Cursor cursor = open_cursor(state.txn.get(), state.tables.terms);
  std::uint64_t from = end_;
  MDB_val key = value_of(from);
  MDB_val bytes{};
  for (MDB_cursor_op step = MDB_SET_RANGE;
       found(mdb_cursor_get(cursor.get(), &key, &bytes, step), "cannot read the dictionary"); step = MDB_NEXT) {
    if (is_enough()) break;
    take(number_of(key), bytes_of(bytes));
    end_ = number_of(key) + 1;
  }
  for (end_ = count > terms_at_once ? end_ : std::max(end_, state.memory->first_term); end_ < end && !is_enough();
       ++end_) {
    if (const auto text = state.memory->terms->bytes_of(end_)) take(end_, *text);
  }
  part.entries.reserve(numbers.size());
  for (auto& [word, those] : numbers) {
    those.shrink_to_fit();
    part.entries.push_back({word, std::move(those)});
  }
  std::sort(part.entries.begin(), part.entries.end(), [](const Entry& a, const Entry& b) { return a.key < b.key; });
  return part;
}

LateTerms::Part LateTerms::merge(const Part& older, Part newer) {
  Part out;
  out.size = older.size + newer.size;
  out.entries.reserve(older.entries.size() + newer.entries.size());
  auto at = newer.entries.begin();
  for (const Entry& entry : older.entries) {
    for (; at != newer.entries.end() && at->key < entry.key; ++at) out.entries.push_back(std::move(*at));
    out.entries.push_back(entry);
    if (at == newer.entries.end() || at->key != entry.key) continue;
    auto& numbers = out.entries.back().numbers;
    numbers.insert(numbers.end(), at->numbers.begin(), at->numbers.end());
    ++at;
  }
  std::move(at, newer.entries.end(), std::back_inserter(out.entries));
  return out;
}

void LateTerms::add(Part part) {
  while (!parts_.empty() && parts_.back()->size < least_growth * part.size) {
    part = merge(*parts_.back(), std::move(part));
    parts_.pop_back();
  }
  if (part.size > 0) parts_.push_back(std::make_shared<const Part>(std::move(part)));
}

void LateTerms::find(const KeyRange& range, std::uint64_t end, std::vector<std::uint64_t>& out) const {
  for (const auto& part : parts_) {
    auto at = std::lower_bound(part->entries.begin(), part->entries.end(), range.from,
                               [](const Entry& entry, const std::string& key) { return entry.key < key; });
    for (; at != part->entries.end() && at->key < range.to; ++at) {
      std::copy_if(at->numbers.begin(), at->numbers.end(), std::back_inserter(out),
                   [end](std::uint64_t number) { return number < end; });
    }
  }
}

}  // namespace scenograph::store::internal
