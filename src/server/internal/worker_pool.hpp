#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace scenograph::server {

/// Threads that take tasks from one queue, first in first out. A task is given its worker's number.
class WorkerPool {
 public:
  using Task = std::function<void(std::size_t worker)>;

  explicit WorkerPool(std::size_t workers);
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Ends the tasks that are queued, then the threads.
  ~WorkerPool();

  void add(Task task);

 private:
  void work(std::size_t worker);

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> tasks_;
  bool ended_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace scenograph::server
