#include "canon/internal/hasher.hpp"

#include <array>
#include <new>

namespace scenograph::canon {

namespace {

/// libcrypto refuses only where it has no memory.
void require(bool done) {
  if (!done) throw std::bad_alloc();
}

}  // namespace

Hasher::Hasher(HashAlgorithm algorithm)
    : algorithm_(EVP_MD_fetch(nullptr, algorithm == HashAlgorithm::Sha256 ? "SHA256" : "SHA384", nullptr)),
      context_(EVP_MD_CTX_new()) {
  require(algorithm_ != nullptr && context_ != nullptr);
  start();
}

void Hasher::start() { require(EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr) == 1); }

void Hasher::add(std::string_view piece) { require(EVP_DigestUpdate(context_.get(), piece.data(), piece.size()) == 1); }

std::string Hasher::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  require(EVP_DigestFinal_ex(context_.get(), bytes.data(), &size) == 1);
  start();
  static constexpr std::string_view hex = "0123456789abcdef";
  std::string out;
  out.reserve(std::size_t{2} * size);
  for (unsigned i = 0; i < size; ++i) out += {hex[bytes[i] >> 4U], hex[bytes[i] & 0xFU]};
  return out;
}

}  // namespace scenograph::canon
