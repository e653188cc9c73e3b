#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/bytes.hpp"

namespace scenograph::syntax {

enum class Packing : std::uint8_t { None, Gzip, Zstd };

/// From "gzip" or "zstd", or their endings "gz" and "zst". @throws Error(Code::BadArgument)
[[nodiscard]] Packing parse_packing(std::string_view name);

/// Packs bytes as they come. One thread.
///
/// Memory: some 300 KiB for gzip, 4 MiB for zstd.
class Packer {
 public:
  virtual ~Packer() = default;

  /// @throws what the sink throws.
  virtual void write(std::string_view bytes) = 0;

  /// Writes what is left. Call it once, last; without it the data is cut short.
  virtual void finish() = 0;
};

enum class Effort : std::uint8_t {
  Usual,  ///< for files
  Little  ///< for what someone waits for: twice as fast, a sixth larger
};

/// @param sink  takes the packed bytes in pieces of up to 64 KiB; for None, what is written as it is.
[[nodiscard]] std::unique_ptr<Packer> make_packer(Packing packing, base::ByteSink sink, Effort effort = Effort::Usual);

}  // namespace scenograph::syntax
