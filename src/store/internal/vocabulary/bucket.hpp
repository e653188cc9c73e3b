#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "store/internal/vocabulary/codec.hpp"
#include "store/internal/vocabulary/layout.hpp"

// A bucket: up to 16 terms without what their group shares, each but the first without what it shares with the one
// before. The bytes may be anything: what is no bucket is refused, nothing outside it is read.

namespace scenograph::store::internal::vocabulary {

/// REQUIRES: packing_padding readable bytes after `end`.
struct Bucket {
  const char* begin = nullptr;
  const char* end = nullptr;
  std::size_t terms = 0;
  Codec codec;
};

/// One term of a bucket as it is stored.
struct Entry {
  std::uint64_t shared;  ///< with the term before
  std::uint64_t length;  ///< of the rest, as its codec counts
  const char* code;
};

/// Reads at `from`, which moves past it. @return false if there is no whole entry before `end`.
[[nodiscard]] inline bool read_entry(const char*& from, const char* end, const Codec& codec, Entry& entry) {
  if (from == end) return false;
  const auto lengths = static_cast<unsigned char>(*from++);
  entry.length = lengths & 15U;
  entry.shared = lengths >> 4U;
  std::uint64_t more = 0;
  if (entry.shared == nibble_escape) {
    if (!read_varint(from, end, more)) return false;
    entry.shared += more;
  }
  if (entry.length == nibble_escape) {
    if (!read_varint(from, end, more)) return false;
    entry.length += more;
  }
  const std::uint64_t size = codec.code_bytes(entry.length);
  if (size > static_cast<std::uint64_t>(end - from)) return false;
  entry.code = from;
  from += size;
  return true;
}

void append_entry(std::string& out, std::uint64_t shared, std::uint64_t length, std::string_view code);

/// Reads a bucket from front to back; what lies between the terms asked for is skipped.
class BucketReader {
 public:
  BucketReader() = default;
  explicit BucketReader(const Bucket& bucket) : bucket_(bucket), from_(bucket.begin) {}

  /// The first term that it can still read; `rewind` makes that 0.
  [[nodiscard]] std::size_t next() const { return next_; }
  void rewind() { *this = BucketReader(bucket_); }

  /// Has the processor fetch what most buckets are no longer than.
  void fetch() const {
    constexpr std::size_t line = 64;
    for (std::size_t at = 0; at < 4 * line; at += line) __builtin_prefetch(bucket_.begin + at);
  }

  /// Writes a term's bytes over those of the term before: in `buffer` from `base` on, which grows as needed.
  ///
  /// REQUIRES: next() <= index < bucket.terms; the bytes that the last call wrote are still there.
  /// @return  false if the bucket is damaged.
  [[nodiscard]] bool read(std::size_t index, std::string& buffer, std::size_t base);

  /// Of the term read last.
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  Bucket bucket_;
  const char* from_ = nullptr;
  std::size_t next_ = 0;
  std::size_t size_ = 0;
};

/// Appends a term's bytes. REQUIRES: index < bucket.terms. @return false if the bucket is damaged.
[[nodiscard]] bool append_rest(const Bucket& bucket, std::size_t index, std::string& out);

struct Place {
  std::size_t index = 0;  ///< of the first term that is not less; bucket.terms if there is none
  bool equal = false;
};

/// @return  false if the bucket is damaged.
[[nodiscard]] bool find_rest(const Bucket& bucket, std::string_view rest, Place& place);

}  // namespace scenograph::store::internal::vocabulary
