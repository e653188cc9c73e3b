#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "base/scratch_file.hpp"

namespace scenograph::base {

/// What to do about a limit that is reached, for the end of the message.
struct Remedies {
  std::string_view timeout = "raise it with --timeout, or narrow the request";
  std::string_view memory = "raise it with --query-memory";
  std::string_view spill = "raise it with --query-spill";
};

/// What one request may spend: wall time, memory, and disk for what does not fit in it. Long loops call `check` about
/// once a batch (1–4 Ki rows).
///
/// Thread-safe: any thread may cancel; the request's own threads check and charge.
class Budget {
 public:
  using Clock = std::chrono::steady_clock;

  /// No limits, but can still be cancelled.
  Budget() = default;

  /// @param timeout    from now; zero means none.
  /// @param max_bytes  memory that may be charged at once; 0 means none.
  /// @param remedies   texts that outlive this.
  Budget(std::chrono::milliseconds timeout, std::size_t max_bytes, const Remedies& remedies = {});

  Budget(const Budget&) = delete;
  Budget& operator=(const Budget&) = delete;

  /// @throws  Error(Code::Cancelled) after `cancel`; Error(Code::Timeout) past the deadline, with the remedy.
  void check() const;

  /// Adds `bytes` to what is held. @throws Error(Code::OutOfMemory) past the limit, with the remedy.
  void charge(std::size_t bytes);

  /// Gives back what `charge` took.
  void release(std::size_t bytes) noexcept { held_.fetch_sub(bytes, std::memory_order_relaxed); }

  /// Lets intermediate results go to scratch files in a folder, made when it is first needed. To be called before work
  /// begins.
  ///
  /// @param max_bytes  that may be written in all.
  /// @param from       of what one operator holds, the bytes past which it spills; 0: a quarter of the memory.
  void allow_spilling(std::filesystem::path folder, std::uint64_t max_bytes, std::size_t from = 0);

  /// Whether what an operator holds is so much of the memory that it ought to write it to disk, and may: less, once all
  /// of them hold half of the memory.
  [[nodiscard]] bool should_spill(std::size_t bytes) const noexcept {
    if (max_spill_ == 0 || spill_from_ == 0) return false;
    return bytes > (max_bytes_ > 0 && held() > max_bytes_ / 2 ? spill_from_ / 4 : spill_from_);
  }

  /// A scratch file for that. @throws Error(Code::Io, Code::DiskFull, Code::Denied, Code::ReadOnly)
  [[nodiscard]] std::unique_ptr<ScratchFile> make_scratch_file() const;

  /// Counts bytes written to scratch files. @throws Error(Code::OutOfMemory) past the limit, with the remedy.
  void charge_spill(std::uint64_t bytes);
  [[nodiscard]] std::uint64_t spilled() const noexcept { return spilled_.load(std::memory_order_relaxed); }

  void cancel() noexcept { cancelled_.store(true, std::memory_order_relaxed); }

  [[nodiscard]] std::size_t held() const noexcept { return held_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::size_t peak() const noexcept { return peak_.load(std::memory_order_relaxed); }

 private:
  static constexpr std::size_t spilling_share = 4;

  std::atomic<bool> cancelled_ = false;
  std::chrono::milliseconds timeout_{0};
  Clock::time_point deadline_ = Clock::time_point::max();
  std::size_t max_bytes_ = 0;
  Remedies remedies_;
  std::atomic<std::size_t> held_ = 0;
  std::atomic<std::size_t> peak_ = 0;
  std::filesystem::path spill_folder_;
  std::uint64_t max_spill_ = 0;
  std::size_t spill_from_ = 0;  ///< bytes; 0: never
  std::atomic<std::uint64_t> spilled_ = 0;
};

/// Memory charged to a budget for as long as this lives. The budget must outlive it.
class Charge {
 public:
  explicit Charge(Budget& budget) : budget_(&budget) {}
  Charge(Charge&& other) noexcept : budget_(other.budget_), bytes_(other.bytes_) { other.bytes_ = 0; }
  Charge(const Charge&) = delete;
  Charge& operator=(const Charge&) = delete;
  Charge& operator=(Charge&&) = delete;
  ~Charge() { budget_->release(bytes_); }

  /// Charges the difference to the new total. @throws Error(Code::OutOfMemory)
  void set(std::size_t bytes) {
    if (bytes > bytes_) budget_->charge(bytes - bytes_);
    if (bytes < bytes_) budget_->release(bytes_ - bytes);
    bytes_ = bytes;
  }
  void add(std::size_t bytes) { set(bytes_ + bytes); }
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

 private:
  Budget* budget_;
  std::size_t bytes_ = 0;
};

}  // namespace scenograph::base
