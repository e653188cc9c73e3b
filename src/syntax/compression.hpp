#pragma once

#include <memory>
#include <string>

#include "base/bytes.hpp"

namespace scenograph::syntax {

/// The bytes of `source`, unpacked if they are gzip or zstd (told by the first bytes; several members or frames in a
/// row are one stream), else as they are. The source is not read before the first read of what is returned.
///
/// Memory: 64 KiB, and for zstd the window its data asks for, of 128 MiB at most.
///
/// @param source_name  for messages.
/// @throws  while reading: Error(Code::BadData) if the packed data is damaged or cut short; Error(Code::TooLarge) if it
///          asks for a larger window.
[[nodiscard]] std::unique_ptr<base::ByteSource> decompress(std::unique_ptr<base::ByteSource> source,
                                                           std::string source_name);

}  // namespace scenograph::syntax
