#include "store/internal/vocabulary/bucket.hpp"

#include <algorithm>
#include <array>

namespace scenograph::store::internal::vocabulary {

namespace {

/// Compares the rest of an entry with `text`. @return what they share; `order` is that of the entry.
std::size_t compare(const Codec& codec, const Entry& entry, std::string_view text, int& order) {
  constexpr std::size_t step = 8;  // few bytes mostly tell
  std::array<char, step + output_padding> buffer;
  TextReader reader(codec, entry.code, entry.length);
  std::size_t shared = 0;
  while (true) {
    const std::size_t size = reader.read(buffer.data(), step);
    const std::string_view part(buffer.data(), size);
    const std::string_view left = text.substr(shared);
    const std::size_t same = shared_bytes(part, left);
    shared += same;
    if (same < size) {
      const bool greater =
          same == left.size() || static_cast<unsigned char>(part[same]) > static_cast<unsigned char>(left[same]);
      order = greater ? 1 : -1;
      return shared;
    }
    if (size < step) break;
  }
  order = shared == text.size() ? 0 : -1;
  return shared;
}

}  // namespace

void append_entry(std::string& out, std::uint64_t shared, std::uint64_t length, std::string_view code) {
  const std::uint64_t high = std::min<std::uint64_t>(shared, nibble_escape);
  const std::uint64_t low = std::min<std::uint64_t>(length, nibble_escape);
  out.push_back(static_cast<char>(high << 4U | low));
  if (high == nibble_escape) append_varint(out, shared - nibble_escape);
  if (low == nibble_escape) append_varint(out, length - nibble_escape);
  out.append(code);
}

bool BucketReader::read(std::size_t index, std::string& buffer, std::size_t base) {
  std::array<Entry, bucket_terms> entries;
  std::uint64_t most = size_;  // bounds the term before, and so the memory for damaged lengths
  for (std::size_t i = next_; i <= index; ++i) {
    if (!read_entry(from_, bucket_.end, bucket_.codec, entries[i]) || entries[i].shared > most) return false;
    most = entries[i].shared + bucket_.codec.most_text(entries[i].length);
  }
  // Only entries whose bytes reach into the term are decoded, from the first on: what each overwrites too much the next
  // one mends.
  std::array<std::uint8_t, bucket_terms> pieces;
  std::size_t count = 0;
  for (std::size_t i = index + 1; i > next_;) {
    --i;
    if (count != 0 && entries[i].shared >= entries[pieces[count - 1]].shared) continue;
    pieces[count++] = static_cast<std::uint8_t>(i);
    if (entries[i].shared == 0) break;
  }
  buffer.resize(std::max(buffer.size(), base + most + output_padding));
  while (count-- > 0) {
    const Entry& entry = entries[pieces[count]];
    const std::uint64_t upto = count == 0 ? ~std::uint64_t{0} : entries[pieces[count - 1]].shared;
    TextReader reader(bucket_.codec, entry.code, entry.length);
    size_ = entry.shared + reader.read(buffer.data() + base + entry.shared, upto - entry.shared);
    if (count != 0 && size_ < upto) return false;
  }
  next_ = index + 1;
  return true;
}

bool append_rest(const Bucket& bucket, std::size_t index, std::string& out) {
  const std::size_t base = out.size();
  BucketReader reader(bucket);
  if (!reader.read(index, out, base)) return false;
  out.resize(base + reader.size());
  return true;
}

bool find_rest(const Bucket& bucket, std::string_view rest, Place& place) {
  const char* from = bucket.begin;
  std::uint64_t matched = 0;  // what the term before, which is less, shares with `rest`
  for (std::size_t i = 0; i < bucket.terms; ++i) {
    Entry entry;
    if (!read_entry(from, bucket.end, bucket.codec, entry) || (i == 0 && entry.shared != 0)) return false;
    if (entry.shared > matched) continue;
    int order = 1;
    if (entry.shared == matched) matched += compare(bucket.codec, entry, rest.substr(matched), order);
    if (order >= 0) {
      place = {i, order == 0};
      return true;
    }
  }
  place = {bucket.terms, false};
  return true;
}

}  // namespace scenograph::store::internal::vocabulary
