#include "base/hash.hpp"

namespace scenograph::base {

std::uint64_t stable_hash(std::string_view text) noexcept {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  hash = (hash ^ (hash >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  hash = (hash ^ (hash >> 27U)) * 0x94D049BB133111EBULL;
  return hash ^ (hash >> 31U);
}

std::string to_base32(std::uint64_t number) {
  constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  std::string out(13, '0');
  for (std::size_t i = out.size(); i > 0; --i) {
    out[i - 1] = alphabet[number & 31U];
    number >>= 5U;
  }
  return out;
}

}  // namespace scenograph::base
