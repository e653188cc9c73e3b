#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"

namespace scenograph::sources::internal {

/// A movable view on a byte source: what lies between `keep` and the read position stays, in one piece.
///
/// Offsets are relative to the kept start. `padding` bytes after the data may be read (simdjson needs them).
class Window {
 public:
  static constexpr std::size_t padding = 64;

  explicit Window(std::unique_ptr<base::ByteSource> source);

  [[nodiscard]] std::string_view data() const { return {buffer_.data() + begin_, end_ - begin_}; }

  /// Reads more behind the data; false at the end of the source. Moves the data: views into it become invalid.
  bool grow();

  /// Lets go of the first `bytes` of the data, which are counted into `line` and `column`.
  void drop(std::size_t bytes);

  [[nodiscard]] bool at_end() const { return at_end_; }

  /// 1-based place of the offset in the source; column in bytes.
  [[nodiscard]] std::uint64_t line_of(std::size_t offset) const;
  [[nodiscard]] std::uint64_t column_of(std::size_t offset) const;

 private:
  std::unique_ptr<base::ByteSource> source_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool at_end_ = false;
  std::uint64_t line_ = 1;    // of begin_
  std::uint64_t column_ = 1;  // of begin_
};

}  // namespace scenograph::sources::internal
