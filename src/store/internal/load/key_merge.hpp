#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "store/internal/load/pages.hpp"
#include "store/internal/load/scratch.hpp"

namespace scenograph::store::internal {

/// Ascending keys, in memory or in a scratch file.
template <typename Key>
class SortedKeys {
 public:
  /// Given back when they were read.
  explicit SortedKeys(PageArray<Key> keys) : keys_(std::move(keys)) {}
  /// Those that lie from `begin` to `end` in the file.
  SortedKeys(std::shared_ptr<const base::ScratchFile> file, std::uint64_t begin, std::uint64_t end)
      : file_(std::move(file)), offset_(begin), end_(end) {}

  /// The next keys, valid until the next call; empty at the end.
  [[nodiscard]] std::span<const Key> next() {
    if (file_ == nullptr && std::exchange(given_, true)) keys_.clear();
    if (file_ == nullptr) return keys_.span();
    keys_.resize(std::min<std::size_t>(buffered, (end_ - offset_) / sizeof(Key)));
    if (file_->read(offset_, keys_.data(), keys_.bytes()) != keys_.bytes()) throw base::broken_scratch();
    offset_ += keys_.bytes();
    return keys_.span();
  }

 private:
  static constexpr std::size_t buffered = std::size_t{1} << 13U;

  PageArray<Key> keys_;
  bool given_ = false;
  std::shared_ptr<const base::ScratchFile> file_;
  std::uint64_t offset_ = 0;
  std::uint64_t end_ = 0;
};

/// Several ascending sequences as one, without duplicates.
template <typename Key>
class KeyMerge {
 public:
  explicit KeyMerge(std::vector<SortedKeys<Key>> sources) : sources_(std::move(sources)) {
    for (auto& source : sources_) {
      const std::span<const Key> keys = source.next();
      if (!keys.empty()) heads_.push_back({keys.data(), keys.data() + keys.size(), &source});
    }
    std::make_heap(heads_.begin(), heads_.end(), [](const Head& a, const Head& b) { return *b.at < *a.at; });
  }

  [[nodiscard]] bool at_end() const { return heads_.empty(); }

  /// Appends keys until `out` holds `most` or there are no more.
  void fill(PageArray<Key>& out, std::size_t most) {
    while (!heads_.empty() && out.size() < most) {
      Head& head = heads_.front();
      const Key key = *head.at++;
      if (last_ != key) out.push_back(key);
      last_ = key;
      if (head.at == head.end && !refill(head)) continue;
      sift_down();
    }
  }

 private:
  struct Head {
    const Key* at;
    const Key* end;
    SortedKeys<Key>* source;
  };

  /// @return false if the sequence had no more and is gone.
  bool refill(Head& head) {
    const std::span<const Key> keys = head.source->next();
    head.at = keys.data();
    head.end = keys.data() + keys.size();
    if (!keys.empty()) return true;
    head = heads_.back();
    heads_.pop_back();
    if (!heads_.empty()) sift_down();
    return false;
  }

  void sift_down() {
    std::size_t at = 0;
    for (std::size_t child = 1; child < heads_.size(); child = 2 * at + 1) {
      if (child + 1 < heads_.size() && *heads_[child + 1].at < *heads_[child].at) ++child;
      if (!(*heads_[child].at < *heads_[at].at)) return;
      std::swap(heads_[child], heads_[at]);
      at = child;
    }
  }

  std::vector<SortedKeys<Key>> sources_;
  std::vector<Head> heads_;
  std::optional<Key> last_;
};

}  // namespace scenograph::store::internal
