#pragma once

#include <atomic>
#include <cstddef>
#include <memory>

namespace scenograph::server {

/// How many of something may go on at once. Thread-safe; never waits.
class Slots {
 public:
  explicit Slots(std::size_t count) : count_(count) {}
  Slots(const Slots&) = delete;
  Slots& operator=(const Slots&) = delete;

  /// Holds one slot as long as it lives. Must not outlive the Slots.
  class Slot {
   public:
    explicit Slot(Slots& slots) : slots_(&slots) {}
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;
    ~Slot() { slots_->taken_.fetch_sub(1); }

   private:
    Slots* slots_;
  };

  /// Null if all are taken.
  [[nodiscard]] std::shared_ptr<Slot> take() {
    if (taken_.fetch_add(1) < count_) return std::make_shared<Slot>(*this);
    taken_.fetch_sub(1);
    return nullptr;
  }

 private:
  std::size_t count_;
  std::atomic<std::size_t> taken_ = 0;
};

}  // namespace scenograph::server
