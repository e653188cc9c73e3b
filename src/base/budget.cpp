#include "base/budget.hpp"

#include <fmt/format.h>

#include "base/error.hpp"

namespace scenograph::base {

Budget::Budget(std::chrono::milliseconds timeout, std::size_t max_bytes, const Remedies& remedies)
    : timeout_(timeout), max_bytes_(max_bytes), remedies_(remedies) {
  if (timeout.count() > 0) deadline_ = Clock::now() + timeout;
}

void Budget::check() const {
  if (cancelled_.load(std::memory_order_relaxed)) throw Error(Code::Cancelled, "the request was cancelled");
  if (deadline_ == Clock::time_point::max() || Clock::now() < deadline_) return;
  throw Error(Code::Timeout,
              fmt::format("stopped after {} ms, the time allowed ({})", timeout_.count(), remedies_.timeout));
}

void Budget::charge(std::size_t bytes) {
  const std::size_t now = held_.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  if (max_bytes_ != 0 && now > max_bytes_) {
    held_.fetch_sub(bytes, std::memory_order_relaxed);
    throw Error(Code::OutOfMemory, fmt::format("needs more than {} MiB of memory, the amount allowed ({})",
                                               max_bytes_ >> 20U, remedies_.memory));
  }
  std::size_t peak = peak_.load(std::memory_order_relaxed);
  while (now > peak && !peak_.compare_exchange_weak(peak, now, std::memory_order_relaxed)) {
  }
}

}  // namespace scenograph::base
