#include "base/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace scenograph::base {

namespace {

constexpr auto interval = std::chrono::milliseconds(200);

void write_to_terminal(const std::string& text) {
  // A progress line that cannot be written is not worth stopping the work for.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

std::string with_thousands(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string grouped;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i != 0 && (digits.size() - i) % 3 == 0) grouped += ',';
    grouped += digits[i];
  }
  return grouped;
}

Progress::Progress(std::string what, std::string unit, std::uint64_t total_bytes)
    : what_(std::move(what)),
      unit_(std::move(unit)),
      total_bytes_(total_bytes),
      terminal_(::isatty(STDERR_FILENO) == 1),
      start_(std::chrono::steady_clock::now()),
      next_(start_ + interval) {}

Progress::~Progress() {
  if (shown_) write_to_terminal("\r\x1b[K");
}

void Progress::update(std::uint64_t done, std::uint64_t bytes_read) {
  if (++calls_ % 256 == 0) update_now(done, bytes_read);
}

void Progress::update_now(std::uint64_t done, std::uint64_t bytes_read) {
  if (!terminal_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + interval;
  show(done, bytes_read);
}

void Progress::show(std::uint64_t done, std::uint64_t bytes_read) {
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  std::string line = fmt::format("\r\x1b[K{}  {} {}  {:.0f} k/s", what_, with_thousands(done), unit_,
                                 static_cast<double>(done) / seconds / 1000);
  if (total_bytes_ != 0 && bytes_read != 0 && bytes_read <= total_bytes_) {
    const double part = static_cast<double>(bytes_read) / static_cast<double>(total_bytes_);
    const auto left = static_cast<std::uint64_t>(seconds / part - seconds);
    line += fmt::format("  {:.0f} %  {}:{:02} left", part * 100, left / 60, left % 60);
  }
  write_to_terminal(line);
  shown_ = true;
}

}  // namespace scenograph::base
