#include "store/internal/verify/tasks.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace scenograph::store::internal {

namespace {

class Pool {
 public:
  Pool(std::vector<Task> tasks, std::size_t threads) : tasks_(std::move(tasks)) {
    for (const Task& task : tasks_) total_ += task.weight;
    running_ = std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(tasks_.size(), 1));
    for (std::size_t i = running_; i > 0; --i) threads_.emplace_back([this] { serve(); });
  }

  ~Pool() {
    {
      const std::lock_guard lock(mutex_);
      next_ = tasks_.size();
    }
    for (std::thread& thread : threads_) thread.join();
  }

  void wait(const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    constexpr auto interval = std::chrono::milliseconds(200);
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, interval, [this] { return running_ == 0; })) {
      if (!progress) continue;
      const std::uint64_t done = done_;
      lock.unlock();
      progress(done, total_);
      lock.lock();
    }
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void serve() {
    std::unique_lock lock(mutex_);
    while (next_ < tasks_.size()) {
      Task& task = tasks_[next_++];
      lock.unlock();
      std::exception_ptr failure;
      try {
        task.run();
      } catch (...) {
        failure = std::current_exception();
      }
      lock.lock();
      done_ += task.weight;
      if (failure) {
        if (!failure_) failure_ = failure;
        next_ = tasks_.size();
      }
    }
    --running_;
    changed_.notify_all();
  }

  std::vector<Task> tasks_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t next_ = 0;
  std::size_t running_ = 0;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
  std::exception_ptr failure_;
  std::vector<std::thread> threads_;
};

}  // namespace

void run_tasks(std::vector<Task> tasks, std::size_t threads,
               const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  std::stable_sort(tasks.begin(), tasks.end(), [](const Task& a, const Task& b) { return a.weight > b.weight; });
  Pool(std::move(tasks), threads).wait(progress);
}

}  // namespace scenograph::store::internal
