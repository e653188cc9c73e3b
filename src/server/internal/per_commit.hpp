#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace scenograph::server {

/// Values made from a snapshot, kept by key until another commit is asked for. Thread-safe; whoever asks for a value
/// while it is being made waits for it.
template <typename Value>
class PerCommit {
 public:
  [[nodiscard]] std::shared_ptr<const Value> get(std::uint64_t commit, const std::string& key,
                                                 const std::function<Value()>& make) {
    const std::lock_guard lock(mutex_);
    if (commit != commit_ || values_.size() >= max_values) values_.clear();
    commit_ = commit;
    auto& value = values_[key];
    if (!value) value = std::make_shared<const Value>(make());
    return value;
  }

 private:
  static constexpr std::size_t max_values = 16;

  std::mutex mutex_;
  std::uint64_t commit_ = 0;
  std::map<std::string, std::shared_ptr<const Value>> values_;
};

}  // namespace scenograph::server
