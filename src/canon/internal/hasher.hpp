#pragma once

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>

#include "canon/canonicalize.hpp"

namespace scenograph::canon {

/// Hashes texts with one algorithm, piece by piece. One thread.
class Hasher {
 public:
  explicit Hasher(HashAlgorithm algorithm);

  void add(std::string_view piece);

  /// The hash of what was added since the last one, in lower-case hexadecimal.
  [[nodiscard]] std::string finish();

 private:
  struct FreeAlgorithm {
    void operator()(EVP_MD* algorithm) const { EVP_MD_free(algorithm); }
  };
  struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };

  void start();

  std::unique_ptr<EVP_MD, FreeAlgorithm> algorithm_;
  std::unique_ptr<EVP_MD_CTX, FreeContext> context_;
};

}  // namespace scenograph::canon
