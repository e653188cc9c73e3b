#pragma once

#include <string>
#include <string_view>

#include "random.hpp"
#include "words.hpp"

namespace scenograph::benchmarks {

/// Appends a person's name; one in ten has two family names or two given names.
void append_person(std::string& to, const Words& words, Random& random);

/// Appends one of the big towns or, with a probability of `small` percent, one made up.
void append_town(std::string& to, const Words& words, Random& random, std::uint32_t small = 30);

/// Appends the pattern with its slots filled (see Words).
void append_pattern(std::string& to, std::string_view pattern, const Words& words, Random& random);

/// One of the patterns, filled.
[[nodiscard]] std::string phrase(List patterns, const Words& words, Random& random);

/// A text of 5 to 600 bytes: a few words or up to five sentences.
[[nodiscard]] std::string description(const Words& words, Random& random);

/// The text with nothing but a-z, 0-9 and hyphens, for addresses. Accented letters are left out.
[[nodiscard]] std::string slug(std::string_view text);

}  // namespace scenograph::benchmarks
