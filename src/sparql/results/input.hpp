#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/budget.hpp"
#include "base/bytes.hpp"
#include "base/error.hpp"

namespace scenograph::sparql::results {

/// A document of results, character by character, with the memory of the row being read charged to a budget.
class Input {
 public:
  static constexpr int end = -1;

  Input(std::unique_ptr<base::ByteSource> source, std::string name, std::shared_ptr<base::Budget> budget);

  /// The next byte without taking it; `end` at the end.
  [[nodiscard]] int peek() {
    if (at_ == filled_ && !fill()) return end;
    return static_cast<unsigned char>(buffer_[at_]);
  }

  /// Takes the next byte; `end` at the end.
  int take() {
    const int out = peek();
    if (out == end) return end;
    ++at_;
    if (out == '\n') ++line_;
    return out;
  }

  [[nodiscard]] std::uint64_t line() const { return line_; }

  /// The bytes that were read but not taken, at most 16 KiB, taken; empty at the end.
  [[nodiscard]] std::string_view take_piece();

  /// Charges what a row holds; `clear_row` before the next.
  void charge_row(std::size_t bytes) { row_.add(bytes); }
  void clear_row() { row_.set(0); }

  /// @throws Error(Code::BadData) at the line reached, or at the place given.
  [[noreturn]] void fail(const std::string& message) const;
  [[noreturn]] void fail(const std::string& message, std::uint64_t line, std::uint64_t column) const;

 private:
  bool fill();

  std::unique_ptr<base::ByteSource> source_;
  std::string name_;
  std::shared_ptr<base::Budget> budget_;
  base::Charge row_;
  std::array<char, std::size_t{16} << 10U> buffer_{};
  std::size_t at_ = 0;
  std::size_t filled_ = 0;
  std::uint64_t line_ = 1;
};

}  // namespace scenograph::sparql::results
