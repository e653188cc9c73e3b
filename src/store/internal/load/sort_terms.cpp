#include "store/internal/load/sort_terms.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <vector>

#include "base/checked_sort.hpp"

namespace scenograph::store::internal {

namespace {

constexpr std::ptrdiff_t small_range = 12;
constexpr std::ptrdiff_t prefetched = 8;
constexpr std::size_t check_every = std::size_t{1} << 16U;

/// A term, and eight of its bytes as a number that compares as they do.
struct Entry {
  std::uint64_t bytes;
  TermTable::Place place;
};

struct Range {
  Entry* begin;
  Entry* end;
  std::size_t depth;  ///< bytes that all terms of the range have in common
};

std::uint64_t bytes_at(std::string_view term, std::size_t depth) {
  std::uint64_t bytes = 0;
  if (depth < term.size()) std::memcpy(&bytes, term.data() + depth, std::min<std::size_t>(8, term.size() - depth));
  return __builtin_bswap64(bytes);
}

/// The first place from `depth` on where two terms differ, at most `limit`.
std::size_t common_length(std::string_view a, std::string_view b, std::size_t depth, std::size_t limit) {
  limit = std::min({limit, a.size(), b.size()});
  while (depth + 8 <= limit) {
    std::uint64_t left = 0;
    std::uint64_t right = 0;
    std::memcpy(&left, a.data() + depth, 8);
    std::memcpy(&right, b.data() + depth, 8);
    if (left != right) return depth + static_cast<std::size_t>(__builtin_ctzll(left ^ right)) / 8;
    depth += 8;
  }
  while (depth < limit && a[depth] == b[depth]) ++depth;
  return depth;
}

class Sorter {
 public:
  Sorter(const TermTable& table, const std::function<void()>& check) : table_(&table), check_(&check) {}

  void sort(Entry* begin, Entry* end) {
    ranges_.push_back({begin, end, 0});
    while (!ranges_.empty()) {
      const Range range = ranges_.back();
      ranges_.pop_back();
      if (range.end - range.begin <= small_range) {
        count(static_cast<std::size_t>(range.end - range.begin));
        insert_sort(range);
      } else {
        split(range);
      }
    }
  }

 private:
  void count(std::size_t size) {
    since_check_ += size;
    if (since_check_ < check_every) return;
    since_check_ = 0;
    (*check_)();
  }

  std::string_view term(const Entry& entry) const { return table_->term(entry.place); }

  void insert_sort(const Range& range) const {
    const auto less = [&](const Entry& a, const Entry& b) {
      return term(a).substr(range.depth) < term(b).substr(range.depth);
    };
    for (Entry* at = range.begin; at != range.end; ++at) {
      const Entry entry = *at;
      Entry* to = at;
      for (; to != range.begin && less(entry, to[-1]); --to) *to = to[-1];
      *to = entry;
    }
  }

  void split(const Range& range) {
    const std::string_view first = term(*range.begin);
    std::size_t depth = first.size();
    for (Entry* at = range.begin; at != range.end && depth > range.depth; ++at) {
      if (at + prefetched < range.end) __builtin_prefetch(&table_->record(at[prefetched].place));
      count(1);
      depth = common_length(first, term(*at), range.depth, depth);
    }
    for (Entry* at = range.begin; at != range.end; ++at) {
      if (at + prefetched < range.end) __builtin_prefetch(&table_->record(at[prefetched].place));
      count(1);
      at->bytes = bytes_at(term(*at), depth);
    }
    base::checked_sort(range.begin, range.end, *check_,
                       [](const Entry& a, const Entry& b) { return a.bytes < b.bytes; });
    for (Entry* begin = range.begin; begin != range.end;) {
      Entry* end = begin + 1;
      while (end != range.end && end->bytes == begin->bytes) ++end;
      if (end - begin > 1) push_equal({begin, end, depth + 8});
      begin = end;
    }
  }

  /// Terms that end here were filled up with zeros: they come before longer ones, by length.
  void push_equal(const Range& range) {
    Entry* longer =
        std::partition(range.begin, range.end, [&](const Entry& entry) { return term(entry).size() <= range.depth; });
    base::checked_sort(range.begin, longer, *check_,
                       [&](const Entry& a, const Entry& b) { return term(a).size() < term(b).size(); });
    if (range.end - longer > 1) ranges_.push_back({longer, range.end, range.depth});
  }

  const TermTable* table_;
  const std::function<void()>* check_;
  std::vector<Range> ranges_;
  std::size_t since_check_ = 0;
};

}  // namespace

PageArray<TermTable::Place> sort_terms(const TermTable& table, const std::function<void()>& check) {
  PageArray<Entry> entries;
  table.for_each([&](TermTable::Place place) {
    if (table.record(place).length != TermTable::inlined) entries.push_back({0, place});
  });
  Sorter(table, check).sort(entries.begin(), entries.end());
  PageArray<TermTable::Place> places(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) places[i] = entries[i].place;
  return places;
}

}  // namespace scenograph::store::internal
