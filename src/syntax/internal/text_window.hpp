#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "syntax/reader.hpp"

namespace scenograph::syntax {

/// A document seen through a window that slides: what is being parsed lies in one piece, and nothing before it is kept.
/// Knows the place of every byte in it. A byte order mark is passed over.
///
/// Readers hold `at`, the place up to which they have parsed; it and the pointers that functions take or return are
/// good until the next `more`, which moves the text and `at` with it.
class TextWindow {
 public:
  /// Both must outlive this.
  TextWindow(base::ByteSource& source, const ReadOptions& options) : source_(source), options_(options) {}

  const char* at = nullptr;

  /// Where the text at hand ends. `scan_padding` bytes after it may be loaded.
  [[nodiscard]] const char* end() const { return end_; }

  /// Gets more text after `end`. Text from `mark` on stays.
  /// @param pass_bad  whether to go on with bytes that are not UTF-8, one at a time.
  /// @return  false at the end of the input.
  /// @throws  Error(Code::BadSyntax) if bytes that are not UTF-8 are next; Error(Code::TooLarge) if more than max_line
  ///          bytes are kept; what the source throws.
  bool more(bool pass_bad = false);

  /// Lets go of the text before `place`.
  void mark(const char* place) { mark_ = place; }

  /// The text from the mark up to `place`.
  [[nodiscard]] std::string_view since_mark(const char* place) const {
    return {mark_, static_cast<std::size_t>(place - mark_)};
  }

  /// @throws  Error(Code::TooLarge) if there are more than max_line bytes between the mark and `place`.
  void check_length(const char* place) const {
    if (static_cast<std::size_t>(place - mark_) > options_.max_line) throw too_long();
  }

  [[nodiscard]] base::Where where(const char* place) const;

 private:
  [[nodiscard]] base::Error too_long() const;
  void slide();
  void fill();
  void judge();

  base::ByteSource& source_;
  const ReadOptions& options_;
  std::vector<char> buffer_;
  const char* mark_ = nullptr;
  const char* end_ = nullptr;  // of the text that is known to be UTF-8
  std::size_t filled_ = 0;     // bytes in the buffer
  bool begun_ = false;
  bool ended_ = false;
  bool bad_ = false;        // what comes after end_ is not UTF-8
  std::uint64_t line_ = 1;  // of the buffer's first byte
  std::uint64_t column_ = 1;
  char before_ = '\0';  // the byte before it
};

}  // namespace scenograph::syntax
