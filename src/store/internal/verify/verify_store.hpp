#pragma once

#include "store/internal/snapshot.hpp"
#include "store/verify.hpp"

namespace scenograph::store::internal {

/// As `Store::verify`.
[[nodiscard]] VerifyReport verify_store(const StateSource& source,
                                        std::span<const std::shared_ptr<const TermAnalyser>> indexes,
                                        const VerifyOptions& options);

}  // namespace scenograph::store::internal
