#pragma once

#include <xxhash.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

// The bytes of a vocabulary file, as docs/format-vocabulary.md describes them. All numbers are little-endian.

namespace scenograph::store::internal::vocabulary {

static_assert(std::endian::native == std::endian::little, "vocabulary files are read in place");

inline constexpr std::uint64_t magic = 0x42'41'43'4F'56'47'43'53;  // "SCGVOCAB"
inline constexpr std::uint32_t format_version = 1;

inline constexpr std::size_t bucket_terms = 16;
inline constexpr std::size_t group_terms = 512;
inline constexpr std::size_t page_bytes = 8192;   ///< what one checksum covers
inline constexpr std::size_t sample_bytes = 4;    ///< of each bucket's head
inline constexpr std::size_t nibble_escape = 15;  ///< a length of this or more goes on in a varint

struct Header {
  std::uint64_t magic = vocabulary::magic;
  std::uint32_t version = format_version;
  std::uint32_t reserved = 0;
  std::uint64_t first_number = 0;
  std::uint64_t checksum = 0;  ///< of the fields before it, in this version and all later ones
};
static_assert(sizeof(Header) == 32);

/// One of `groups` + 1; the last one says where things end.
struct DirectoryEntry {
  std::uint64_t data = 0;       ///< offset of the group in the file
  std::uint64_t separator = 0;  ///< offset of its separator in the file
  std::uint64_t term = 0;       ///< terms before the group
};
static_assert(sizeof(DirectoryEntry) == 24);

/// Starts a group; letters, prefix, bucket offsets, samples and buckets follow.
struct GroupHeader {
  std::uint32_t table = 0;         ///< its symbol table counted from 1; 0 if it has none
  std::uint16_t offset_bytes = 0;  ///< width of a bucket offset: 2, 4 or 8
  std::uint16_t letters = 0;       ///< that its text is packed with; 0 if it is not packed
  std::uint64_t prefix_bytes = 0;  ///< what all terms of the group share
};
static_assert(sizeof(GroupHeader) == 16);

struct Footer {
  std::uint64_t terms = 0;
  std::uint64_t groups = 0;
  std::uint64_t tables = 0;
  std::uint64_t tables_offset = 0;
  std::uint64_t directory_offset = 0;
  std::uint64_t separators_offset = 0;
  std::uint64_t checksums_offset = 0;
  std::uint64_t checksums_checksum = 0;
  std::uint64_t magic = vocabulary::magic;
  std::uint64_t checksum = 0;  ///< of the fields before it
};
static_assert(sizeof(Footer) == 80);

[[nodiscard]] inline std::uint64_t checksum_of(const void* bytes, std::size_t size) { return XXH3_64bits(bytes, size); }

/// Of a header or footer: everything before its last field.
template <typename Struct>
[[nodiscard]] std::uint64_t checksum_of(const Struct& fields) {
  return checksum_of(&fields, sizeof fields - sizeof fields.checksum);
}

template <typename Value>
[[nodiscard]] Value load(const char* from) {
  Value value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

template <typename Value>
[[nodiscard]] std::string_view as_bytes(const Value& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

/// 7 bits a byte, the lowest first; the highest bit says that more follow.
inline void append_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7U) out.push_back(static_cast<char>((value & 0x7FU) | 0x80U));
  out.push_back(static_cast<char>(value));
}

/// Reads at `from`, which moves past it. @return false if it does not end before `end` or does not fit.
[[nodiscard]] inline bool read_varint(const char*& from, const char* end, std::uint64_t& value) {
  value = 0;
  for (unsigned shift = 0; from != end && shift < 63; shift += 7) {
    const auto byte = static_cast<unsigned char>(*from++);
    value |= std::uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

/// The first bytes of a head after its group's prefix, as a number that orders as they do.
[[nodiscard]] inline std::uint32_t sample_of(std::string_view rest) {
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, rest.data(), rest.size() < sample_bytes ? rest.size() : sample_bytes);
  return __builtin_bswap32(bytes);
}

[[nodiscard]] inline std::size_t shared_bytes(std::string_view a, std::string_view b) {
  const std::size_t most = a.size() < b.size() ? a.size() : b.size();
  std::size_t at = 0;
  for (; at + sizeof(std::uint64_t) <= most; at += sizeof(std::uint64_t)) {
    const std::uint64_t differ = load<std::uint64_t>(a.data() + at) ^ load<std::uint64_t>(b.data() + at);
    if (differ != 0) return at + static_cast<std::size_t>(std::countr_zero(differ)) / 8;
  }
  while (at < most && a[at] == b[at]) ++at;
  return at;
}

}  // namespace scenograph::store::internal::vocabulary
