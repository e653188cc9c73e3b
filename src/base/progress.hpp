#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace scenograph::base {

/// Shows how far long work has come, on standard error when that is a terminal, at most five times a second:
/// "load agenda.nt  1,250,000 rows  412 k/s  63 %  0:04 left". One thread.
class Progress {
 public:
  /// @param what         the work, e.g. "load agenda.nt"
  /// @param unit         what is counted, in the plural, e.g. "triples"
  /// @param total_bytes  size of the input if known, for the time left; else 0
  Progress(std::string what, std::string unit, std::uint64_t total_bytes = 0);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Wipes the line.
  ~Progress();

  /// Cheap: looks at the clock once in 256 calls.
  void update(std::uint64_t done, std::uint64_t bytes_read = 0);

  /// For work that is told of in large steps: looks at the clock each time.
  void update_now(std::uint64_t done, std::uint64_t bytes_read = 0);

 private:
  void show(std::uint64_t done, std::uint64_t bytes_read);

  std::string what_;
  std::string unit_;
  std::uint64_t total_bytes_;
  bool terminal_;
  bool shown_ = false;
  std::uint32_t calls_ = 0;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point next_;
};

/// 1234567 as "1,234,567".
[[nodiscard]] std::string with_thousands(std::uint64_t number);

}  // namespace scenograph::base
