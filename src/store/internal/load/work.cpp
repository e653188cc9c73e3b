#include "store/internal/load/work.hpp"

#include <algorithm>
#include <exception>
#include <thread>

#include "base/error.hpp"

namespace scenograph::store::internal {

void Work::check() {
  if (stopped_) throw base::Error(base::Code::Cancelled, "the load was stopped");
  if (!options_->check) return;
  const std::lock_guard lock(mutex_);
  options_->check();
}

void Work::advance(double share) {
  const std::lock_guard lock(mutex_);
  done_ = std::min(1.0, done_ + share);
  if (options_->progress) options_->progress(done_);
}

void Work::run(const std::vector<std::function<void()>>& tasks) {
  std::atomic<std::size_t> next = 0;
  std::exception_ptr failure;
  {
    std::jthread other;
    if (tasks.size() > 1) other = std::jthread([&] { run_some(tasks, next, failure); });
    run_some(tasks, next, failure);
  }
  if (failure) std::rethrow_exception(failure);
}

void Work::run_some(const std::vector<std::function<void()>>& tasks, std::atomic<std::size_t>& next,
                    std::exception_ptr& failure) noexcept {
  try {
    for (std::size_t task = next++; task < tasks.size(); task = next++) {
      check();
      tasks[task]();
    }
  } catch (...) {
    const std::lock_guard lock(mutex_);
    if (!failure) failure = std::current_exception();
    stopped_ = true;
  }
}

}  // namespace scenograph::store::internal
