#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <vector>

#include "store/bulk_load.hpp"

namespace scenograph::store::internal {

/// What the work after the last quad tells its caller and asks of it. Thread-safe: calls back one at a time.
class Work {
 public:
  explicit Work(const BulkLoadOptions& options) : options_(&options) {}

  /// @throws  what `options.check` throws; Error(Code::Cancelled) once a task that runs beside this one has failed.
  void check();

  /// `share` of the whole was done.
  void advance(double share);

  /// Runs the tasks on two threads, this one and another. @throws  what the first task that failed threw, when all
  /// ended.
  void run(const std::vector<std::function<void()>>& tasks);

 private:
  void run_some(const std::vector<std::function<void()>>& tasks, std::atomic<std::size_t>& next,
                std::exception_ptr& failure) noexcept;

  const BulkLoadOptions* options_;
  std::mutex mutex_;
  double done_ = 0;
  std::atomic<bool> stopped_ = false;
};

}  // namespace scenograph::store::internal
