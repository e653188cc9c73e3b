#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "store/verify.hpp"

namespace scenograph::store::internal {

inline constexpr const char* restore_remedy =
    "restore a backup (scenograph restore), or export what can still be read and load it into a new store";
inline constexpr const char* reload_remedy =
    "the quads themselves are sound: export them and load them into a new store, or restore a backup";
inline constexpr const char* rewrite_remedy = "the quads themselves are sound: scenograph compact writes it anew";

inline constexpr const char* index_remedy =
    "nothing is lost: delete the file, it is made anew from the vocabulary when it is next needed";

/// Findings from several threads. Thread-safe.
class Findings {
 public:
  void add(Finding finding) {
    const std::lock_guard lock(mutex_);
    if (++found_ <= VerifyReport::most_findings) kept_.push_back(std::move(finding));
  }

  /// Runs a check; an Error about stored data becomes a finding. @return whether there was none.
  bool guard(const std::string& file, const std::string& affected, const std::function<void()>& check) {
    try {
      check();
      return true;
    } catch (const base::Error& error) {
      using base::Code;
      const bool about_data = error.code() == Code::Corrupt || error.code() == Code::NotFound ||
                              error.code() == Code::Unsupported || error.code() == Code::Io;
      if (!about_data) throw;
      add({file, error.what(), affected, restore_remedy});
      return false;
    }
  }

  [[nodiscard]] std::uint64_t count() const {
    const std::lock_guard lock(mutex_);
    return found_;
  }

  void move_to(VerifyReport& report) {
    const std::lock_guard lock(mutex_);
    report.found = found_;
    report.findings = std::move(kept_);
  }

 private:
  mutable std::mutex mutex_;
  std::uint64_t found_ = 0;
  std::vector<Finding> kept_;
};

}  // namespace scenograph::store::internal
