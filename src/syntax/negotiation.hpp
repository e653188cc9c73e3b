#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "syntax/packer.hpp"

namespace scenograph::syntax {

/// The place in `offered` of the media type that an Accept header likes best; ties go to the earlier one offered.
///
/// An absent or empty header takes the first. Wildcards and q-values count; other parameters are passed over; a header
/// that cannot be read takes the first.
///
/// @return  nullopt if the header accepts none of them.
///
/// Source: RFC 9110, section 12.5.1.
[[nodiscard]] std::optional<std::size_t> negotiate(std::string_view accept, std::span<const std::string_view> offered);

/// The packing that an Accept-Encoding header likes best; of equals zstd, then gzip, then none. None too for a header
/// that is absent, cannot be read or takes none of them.
///
/// Source: RFC 9110, section 12.5.3; RFC 8878 (zstd).
[[nodiscard]] Packing negotiate_packing(std::string_view accept_encoding);

}  // namespace scenograph::syntax
