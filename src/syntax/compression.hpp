#pragma once

#include <memory>
#include <string>

#include "base/bytes.hpp"

namespace scenograph::syntax {

/// The bytes of `source`, inflated if they are gzip (told by the first two bytes; several members in a row are one
/// stream), else as they are.
///
/// @param source_name  for messages.
/// @throws  Error(Code::BadData) while reading, if the gzip data is damaged or cut short.
[[nodiscard]] std::unique_ptr<base::ByteSource> decompress(std::unique_ptr<base::ByteSource> source,
                                                           std::string source_name);

}  // namespace scenograph::syntax
