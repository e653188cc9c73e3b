#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace scenograph::base {

/// The bytes of another source, up to a limit. `source` must outlive this.
class LimitedSource final : public ByteSource {
 public:
  /// @param max_bytes  0: no limit
  /// @param option     that raises the limit, for the message; may be empty
  LimitedSource(ByteSource& source, std::uint64_t max_bytes, std::string_view source_name, std::string_view option)
      : source_(source), max_bytes_(max_bytes), source_name_(source_name), option_(option) {}

  /// @throws Error(Code::TooLarge) past the limit, and what the source throws.
  [[nodiscard]] std::size_t read(std::span<char> buffer) override;

 private:
  ByteSource& source_;
  std::uint64_t max_bytes_;
  std::uint64_t count_ = 0;
  std::string source_name_;
  std::string option_;
};

}  // namespace scenograph::base
