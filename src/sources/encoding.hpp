#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/phrase.hpp"

#include "base/bytes.hpp"

namespace scenograph::sources {

/// The text of `source` as UTF-8 without byte order mark.
///
/// With an empty `encoding`: UTF-16 and UTF-8 by their byte order marks, else UTF-8 unless the first bytes beyond ASCII
/// are not UTF-8: then Windows-1252. Faulty UTF-8 further on is handed through as it is.
///
/// @param encoding  "UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "windows-1252", "ISO-8859-1", in any case.
/// @throws          Error(Code::Unsupported) for others.
[[nodiscard]] std::unique_ptr<base::ByteSource> to_utf8(std::unique_ptr<base::ByteSource> source,
                                                        std::string_view encoding = {});

/// The code point of a byte in Windows-1252; its five holes are the control characters of that number.
[[nodiscard]] char32_t from_windows_1252(unsigned char byte) noexcept;

/// `text` with every byte that is not part of well-formed UTF-8 read as Windows-1252.
[[nodiscard]] std::string repair_utf8(std::string_view text);

/// Said of a record that was read so.
inline constexpr base::PhraseView read_as_windows_1252 = {
    "the record has bytes that are not UTF-8; they are read as Windows-1252",
    "l’enregistrement a des octets qui ne sont pas de l’UTF-8 ; ils sont lus comme du Windows-1252"};

}  // namespace scenograph::sources
