#pragma once

#include <cstdint>
#include <string_view>

namespace scenograph::publish {

/// A language that pages are written in.
enum class Language : std::uint8_t { French, English };

/// "fr" or "en".
[[nodiscard]] std::string_view tag_of(Language language) noexcept;

/// By the `lang` parameter if it names one, else by what the Accept-Language header likes best, else French.
///
/// Source: RFC 9110, section 12.5.4.
[[nodiscard]] Language choose_language(std::string_view parameter, std::string_view accept_language) noexcept;

/// Text of the pages in a language, by its key in web/texts.tsv; the key itself if there is none. Keys that are
/// prefixed names ("schema:startDate") are names of properties and classes.
[[nodiscard]] std::string_view text(Language language, std::string_view key);

/// As `text`, but empty if there is none.
[[nodiscard]] std::string_view find_text(Language language, std::string_view key);

}  // namespace scenograph::publish
