#include "base/budget.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/error.hpp"
#include "base/file.hpp"

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

void Budget::allow_spilling(std::filesystem::path folder, std::uint64_t max_bytes, std::size_t from) {
  spill_folder_ = std::move(folder);
  max_spill_ = max_bytes;
  spill_from_ = from > 0 ? from : max_bytes_ / spilling_share;
}

std::unique_ptr<ScratchFile> Budget::make_scratch_file() const {
  make_folder(spill_folder_);
  return std::make_unique<ScratchFile>(spill_folder_);
}

void Budget::charge_spill(std::uint64_t bytes) {
  if (spilled_.fetch_add(bytes, std::memory_order_relaxed) + bytes <= max_spill_) return;
  throw Error(Code::OutOfMemory,
              fmt::format("needs more than {} MiB of disk for what does not fit in memory, the amount "
                          "allowed ({})",
                          max_spill_ >> 20U, remedies_.spill));
}

}  // namespace scenograph::base
