#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "store/internal/load/quad_keys.hpp"

namespace scenograph::store::internal {

/// Sorters that are not in use, with the memory they have: having it anew from the operating system, zeroed, costs as
/// much as sorting. Thread-safe.
template <typename Key>
class SorterPool {
 public:
  /// A sorter for as long as this lives.
  class Lease {
   public:
    explicit Lease(SorterPool& pool) : pool_(&pool), sorter_(pool.take()) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() { pool_->put_back(std::move(sorter_)); }

    StableSorter<Key>& operator*() { return *sorter_; }

   private:
    SorterPool* pool_;
    std::unique_ptr<StableSorter<Key>> sorter_;
  };

  /// Gives all memory back.
  void clear() { free_.clear(); }

 private:
  std::unique_ptr<StableSorter<Key>> take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return std::make_unique<StableSorter<Key>>();
    auto sorter = std::move(free_.back());
    free_.pop_back();
    return sorter;
  }

  void put_back(std::unique_ptr<StableSorter<Key>> sorter) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(sorter));
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<StableSorter<Key>>> free_;
};

}  // namespace scenograph::store::internal
