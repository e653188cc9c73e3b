#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "store/internal/vocabulary/fsst.hpp"
#include "store/internal/vocabulary/layout.hpp"

// A bucket: up to 16 terms without what their group shares, each but the first without what it shares with the one
// before. The bytes may be anything: what is no bucket is refused, nothing outside it is read.

namespace scenograph::store::internal::vocabulary {

struct Bucket {
  const char* begin = nullptr;
  const char* end = nullptr;
  std::size_t terms = 0;
  const SymbolTable* table = nullptr;  ///< null if bytes are stored as they are
};

/// One term of a bucket as it is stored.
struct Entry {
  std::uint64_t shared = 0;  ///< with the term before
  std::string_view code;     ///< the rest, compressed

  /// No term of this entry is longer.
  [[nodiscard]] std::uint64_t most() const { return shared + SymbolTable::most_bytes_of_code * code.size(); }
};

/// Reads at `from`, which moves past it. @return false if there is no whole entry before `end`.
[[nodiscard]] bool read_entry(const char*& from, const char* end, Entry& entry);

void append_entry(std::string& out, std::uint64_t shared, std::string_view code);

/// Decompresses `code` to `out` until it ends or at least `enough` bytes are there, overwriting up to 8 bytes more.
/// REQUIRES: room for min(enough, 8 * code.size()) + 8 bytes.
/// @return  how many bytes; less than `enough` if there are no more.
[[nodiscard]] std::size_t expand(const SymbolTable* table, std::string_view code, char* out, std::size_t enough);

/// Appends a term's bytes. REQUIRES: index < bucket.terms. @return false if the bucket is damaged.
[[nodiscard]] bool append_rest(const Bucket& bucket, std::size_t index, std::string& out);

struct Place {
  std::size_t index = 0;  ///< of the first term that is not less; bucket.terms if there is none
  bool equal = false;
};

/// @return  false if the bucket is damaged.
[[nodiscard]] bool find_rest(const Bucket& bucket, std::string_view rest, Place& place);

}  // namespace scenograph::store::internal::vocabulary
