#pragma once

#include <xxhash.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace scenograph::store::internal {

static_assert(std::endian::native == std::endian::little, "runs are little-endian and read in place");

inline constexpr std::uint64_t run_magic = 0x4E55522D4E454353;  // "SCEN-RUN"
inline constexpr std::uint32_t run_version = 1;

struct BlockFileHeader {
  std::uint64_t magic;
  std::uint32_t version;
  std::uint32_t order;
};

struct BlockFileFooter {
  std::uint64_t rows;
  std::uint64_t blocks;
  std::uint64_t blocks_end;      ///< where the last block ends
  std::uint64_t index_at;        ///< the next multiple of 8
  std::uint64_t index_checksum;  ///< of the bytes from `blocks_end` to the footer
  std::uint32_t version;
  std::uint32_t order;
  std::uint64_t checksum;  ///< of what precedes it in the footer
  std::uint64_t magic;
};

static_assert(sizeof(BlockFileHeader) == 16 && sizeof(BlockFileFooter) == 64);

[[nodiscard]] inline std::uint64_t checksum_of(std::span<const std::byte> bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

[[nodiscard]] inline std::uint64_t checksum_of(const BlockFileFooter& footer) {
  return checksum_of(std::as_bytes(std::span(&footer, 1)).first(offsetof(BlockFileFooter, checksum)));
}

}  // namespace scenograph::store::internal
