#pragma once

#include <string_view>

#include "server/internal/exchange.hpp"

namespace scenograph::server {

/// Packs an answer, of one piece or a stream, as the Accept-Encoding header likes best: with zstd or gzip. Answers that
/// are short, packed already or of a kind that packing does not make smaller stay as they are; those that might be packed
/// get `Vary: Accept-Encoding`.
[[nodiscard]] Response pack(Response response, std::string_view accept_encoding);

}  // namespace scenograph::server
