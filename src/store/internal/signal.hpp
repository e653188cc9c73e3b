#pragma once

#include <condition_variable>
#include <mutex>

namespace scenograph::store::internal {

/// Wakes a thread that waits for news. Thread-safe.
class Signal {
 public:
  void raise() {
    {
      const std::lock_guard lock(mutex_);
      raised_ = true;
    }
    wake_.notify_one();
  }

  /// Returns once it has been raised since the last time.
  void wait() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return raised_; });
    raised_ = false;
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  bool raised_ = false;
};

}  // namespace scenograph::store::internal
