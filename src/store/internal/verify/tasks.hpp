#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace scenograph::store::internal {

/// A piece of work that needs nothing of the others.
struct Task {
  std::uint64_t weight = 0;  ///< bytes it reads
  std::function<void()> run;
};

/// Runs all, the heaviest first, on `threads` threads; returns when all are done.
///
/// @param progress  as `VerifyOptions::progress`, of weights.
/// @throws          what the first task that fails throws, and what `progress` throws; tasks not begun by then are
///                  left out.
void run_tasks(std::vector<Task> tasks, std::size_t threads,
               const std::function<void(std::uint64_t done, std::uint64_t total)>& progress);

}  // namespace scenograph::store::internal
