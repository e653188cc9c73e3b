#include "store/internal/vocabulary/bucket.hpp"

#include <algorithm>
#include <array>

namespace scenograph::store::internal::vocabulary {

namespace {

/// The bytes of one entry that a later term shares.
struct Piece {
  Entry entry;
  std::uint64_t upto = 0;  ///< position in the term where they end
};

/// Compares what `code` stands for with `text`. @return what they share; sets `less` if the code's text is less.
std::size_t compare(const SymbolTable* table, std::string_view code, std::string_view text, int& order) {
  constexpr std::size_t step = 64;
  std::array<char, step + 2 * SymbolTable::most_bytes_of_code> buffer;
  const char* from = code.data();
  const char* const end = from + code.size();
  std::size_t shared = 0;
  std::string_view part = code;
  do {
    if (table != nullptr) {
      const char* const stop = decompress(*table, from, end, buffer.data(), step);
      part = {buffer.data(), static_cast<std::size_t>(stop - buffer.data())};
      if (part.empty()) break;
    }
    const std::string_view left = text.substr(shared);
    const std::size_t same = shared_bytes(part, left);
    shared += same;
    if (same < part.size()) {
      const bool greater =
          same == left.size() || static_cast<unsigned char>(part[same]) > static_cast<unsigned char>(left[same]);
      order = greater ? 1 : -1;
      return shared;
    }
  } while (table != nullptr && from != end);
  order = shared == text.size() ? 0 : -1;
  return shared;
}

}  // namespace

bool read_entry(const char*& from, const char* end, Entry& entry) {
  if (from == end) return false;
  const auto lengths = static_cast<unsigned char>(*from++);
  std::uint64_t size = lengths & 15U;
  entry.shared = lengths >> 4U;
  std::uint64_t more = 0;
  if (entry.shared == nibble_escape) {
    if (!read_varint(from, end, more)) return false;
    entry.shared += more;
  }
  if (size == nibble_escape) {
    if (!read_varint(from, end, more)) return false;
    size += more;
  }
  if (size > static_cast<std::uint64_t>(end - from)) return false;
  entry.code = {from, size};
  from += size;
  return true;
}

void append_entry(std::string& out, std::uint64_t shared, std::string_view code) {
  const std::uint64_t high = std::min<std::uint64_t>(shared, nibble_escape);
  const std::uint64_t low = std::min<std::uint64_t>(code.size(), nibble_escape);
  out.push_back(static_cast<char>(high << 4U | low));
  if (high == nibble_escape) append_varint(out, shared - nibble_escape);
  if (low == nibble_escape) append_varint(out, code.size() - nibble_escape);
  out.append(code);
}

std::size_t expand(const SymbolTable* table, std::string_view code, char* out, std::size_t enough) {
  if (table == nullptr) {
    const std::size_t size = std::min(code.size(), enough);
    std::memcpy(out, code.data(), size);
    return size;
  }
  const char* from = code.data();
  return static_cast<std::size_t>(decompress(*table, from, from + code.size(), out, enough) - out);
}

bool append_rest(const Bucket& bucket, std::size_t index, std::string& out) {
  std::array<Entry, bucket_terms> entries;
  const char* from = bucket.begin;
  std::uint64_t most = 0;  // bounds the term before, and so the memory for damaged lengths
  for (std::size_t i = 0; i <= index; ++i) {
    if (!read_entry(from, bucket.end, entries[i]) || entries[i].shared > most) return false;
    most = entries[i].most();
  }
  // Only entries whose bytes reach into the term are decompressed, from the first on: what each overwrites too much
  // the next one mends.
  std::array<Piece, bucket_terms> pieces;
  std::size_t count = 0;
  pieces[count++] = {entries[index], ~std::uint64_t{0}};
  std::uint64_t needed = entries[index].shared;
  for (std::size_t i = index; i > 0 && needed > 0;) {
    --i;
    if (entries[i].shared >= needed) continue;
    pieces[count++] = {entries[i], needed};
    needed = entries[i].shared;
  }
  const std::size_t base = out.size();
  out.resize(base + most + 2 * SymbolTable::most_bytes_of_code);
  std::uint64_t size = 0;
  while (count-- > 0) {
    const auto& [entry, upto] = pieces[count];
    size = entry.shared + expand(bucket.table, entry.code, out.data() + base + entry.shared, upto - entry.shared);
    if (count != 0 && size < upto) return false;
  }
  out.resize(base + size);
  return true;
}

bool find_rest(const Bucket& bucket, std::string_view rest, Place& place) {
  const char* from = bucket.begin;
  std::uint64_t matched = 0;  // what the term before, which is less, shares with `rest`
  for (std::size_t i = 0; i < bucket.terms; ++i) {
    Entry entry;
    if (!read_entry(from, bucket.end, entry) || (i == 0 && entry.shared != 0)) return false;
    if (entry.shared > matched) continue;
    int order = 1;
    if (entry.shared == matched) matched += compare(bucket.table, entry.code, rest.substr(matched), order);
    if (order >= 0) {
      place = {i, order == 0};
      return true;
    }
  }
  place = {bucket.terms, false};
  return true;
}

}  // namespace scenograph::store::internal::vocabulary
