#pragma once

#include <cstdint>

#include "base/bytes.hpp"
#include "syntax/reader.hpp"

namespace scenograph::syntax {

/// Refuses to hand on more than `options.max_bytes`.
class LimitedSource : public base::ByteSource {
 public:
  /// Both must outlive this.
  LimitedSource(base::ByteSource& source, const ReadOptions& options) : source_(source), options_(options) {}

  /// @throws  Error(Code::TooLarge)
  [[nodiscard]] std::size_t read(std::span<char> buffer) override;

 private:
  base::ByteSource& source_;
  const ReadOptions& options_;
  std::uint64_t done_ = 0;
};

}  // namespace scenograph::syntax
