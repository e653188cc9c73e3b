#pragma once

#include <memory>

#include "search/name_index.hpp"
#include "store/store.hpp"

namespace scenograph::search {

/// Holds the latest index and builds the next one on a thread of its own, while lookups go on with the one there is:
/// what they find may lag behind the latest commit. Thread-safe.
///
/// The thread starts with the first `refresh` and rests after each index for as long as that took, so that a stream of
/// commits leaves it half a processor at most.
class IndexCache {
 public:
  explicit IndexCache(IndexOptions options = {});

  /// Gives up the index that is being built.
  ~IndexCache();
  IndexCache(const IndexCache&) = delete;
  IndexCache& operator=(const IndexCache&) = delete;

  /// Gives up every index that is being built, and any asked for from now on. Returns at once.
  void stop() noexcept;

  /// Asks for an index of this snapshot, unless there is one or a later one is asked for. Returns at once. A build that
  /// fails is logged, and the index before it stays.
  void refresh(store::Snapshot snapshot, store::GraphSet readable);

  /// The index there is, if all its graphs are readable still; it is refreshed if it is not of this snapshot. Without
  /// one, waits until it is built.
  ///
  /// @throws  what building throws, where it had to wait for that; Error(Code::Cancelled) after `stop`.
  [[nodiscard]] std::shared_ptr<const NameIndex> get(const store::Snapshot& snapshot, const store::GraphSet& readable);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace scenograph::search
