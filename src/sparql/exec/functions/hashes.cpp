#include <openssl/evp.h>

#include <array>

#include "sparql/exec/functions/function.hpp"

// SPARQL 1.1 Query, section 17.4.6: hash functions, in lower-case hexadecimal.

namespace scenograph::sparql {

namespace {

Value digest(const Value& value, const EVP_MD* algorithm) {
  if (value.kind != ValueKind::String) return {};
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  if (EVP_Digest(value.text.data(), value.text.size(), bytes.data(), &size, algorithm, nullptr) != 1) return {};
  static constexpr std::string_view hex = "0123456789abcdef";
  std::string out;
  for (unsigned i = 0; i < size; ++i) out += {hex[bytes[i] >> 4U], hex[bytes[i] & 0xFU]};
  return Value::string(out);
}

Value md5(Arguments a, Context&) { return digest(*a[0], EVP_md5()); }
Value sha1(Arguments a, Context&) { return digest(*a[0], EVP_sha1()); }
Value sha256(Arguments a, Context&) { return digest(*a[0], EVP_sha256()); }
Value sha384(Arguments a, Context&) { return digest(*a[0], EVP_sha384()); }
Value sha512(Arguments a, Context&) { return digest(*a[0], EVP_sha512()); }

constexpr std::array<Function, 5> table = {{
    {"MD5", 1, 1, md5},
    {"SHA1", 1, 1, sha1},
    {"SHA256", 1, 1, sha256},
    {"SHA384", 1, 1, sha384},
    {"SHA512", 1, 1, sha512},
}};

}  // namespace

std::span<const Function> hash_functions() { return table; }

}  // namespace scenograph::sparql
