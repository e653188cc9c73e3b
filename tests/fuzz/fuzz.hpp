#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/error.hpp"

// What fuzz targets share. A target ends the program where something it promises does not hold.

namespace scenograph::fuzz {

inline void require(bool holds) {
  if (!holds) std::abort();
}

/// Runs `action`, which may refuse its input by an Error that says why; any other exception ends the program.
/// @return whether it did not refuse.
template <typename Action>
bool answers(const Action& action) {
  try {
    action();
    return true;
  } catch (const base::Error& error) {
    require(!error.message().empty());
    return false;
  }
}

/// As `answers`, for stored bytes: the only Error allowed is that they are damaged, or of an unknown version.
template <typename Action>
bool answers_or_corrupt(const Action& action) {
  try {
    action();
    return true;
  } catch (const base::Error& error) {
    require(error.code() == base::Code::Corrupt || error.code() == base::Code::Unsupported);
    return false;
  }
}

/// An input read from its front: a few numbers that steer a target, then a text.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

  [[nodiscard]] bool empty() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }

  /// The next byte; 0 past the end.
  unsigned byte() {
    if (rest_.empty()) return 0;
    const auto value = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }

  /// The next three bytes as a number.
  std::size_t number() {
    const std::size_t high = byte();
    const std::size_t middle = byte();
    return high << 16U | middle << 8U | byte();
  }

  /// What comes before the next `mark`, or all; moves past the mark.
  std::string_view until(std::string_view mark) {
    const std::size_t end = rest_.find(mark);
    const std::string_view text = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + mark.size());
    return text;
  }

 private:
  std::string_view rest_;
};

}  // namespace scenograph::fuzz
