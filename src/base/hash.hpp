#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace scenograph::base {

/// A 64-bit hash that is the same on every machine and in every version: identifiers are built on it. Not for secrets.
///
/// Source: FNV-1a (draft-eastlake-fnv), then the finaliser of SplitMix64 to spread its bits.
[[nodiscard]] std::uint64_t stable_hash(std::string_view text) noexcept;

/// 13 characters of Crockford's base 32 in lower case (no i, l, o, u), as short identifiers in IRIs use.
[[nodiscard]] std::string to_base32(std::uint64_t number);

}  // namespace scenograph::base
