#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

// The scans that reading spends its time in: 16 bytes at a step where the processor has SSE2 (all of x86-64).

namespace scenograph::syntax {

/// How many bytes past the end of the text scans may load; their values do not matter.
inline constexpr std::size_t scan_padding = 16;

/// Bytes that stand for themselves in an IRI and need no second look.
inline constexpr std::array<bool, 256> plain_iri_bytes = [] {
  std::array<bool, 256> plain{};
  for (unsigned i = 0x21; i < 256; ++i) plain[i] = i != 0x7F;
  for (const char c : std::string_view("<>\"{}|^`\\%")) plain[static_cast<unsigned char>(c)] = false;
  return plain;
}();

struct LineEnd {
  const char* place;
  bool ascii;  ///< whether all before it is
};

#ifdef __SSE2__

namespace scan {

inline __m128i load(const char* at) noexcept { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at)); }
inline __m128i equal(__m128i bytes, char c) noexcept { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); }
inline unsigned mask(__m128i bytes) noexcept { return static_cast<unsigned>(_mm_movemask_epi8(bytes)); }

/// Marks all bytes that are not plain in IRIs, and ! and ~, which are.
inline unsigned perhaps_not_plain(__m128i bytes) noexcept {
  const __m128i up_to_quote = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8('"')), bytes);
  const __m128i from_brace = _mm_cmpgt_epi8(bytes, _mm_set1_epi8('z'));
  const __m128i paired = _mm_or_si128(bytes, _mm_set1_epi8(2));
  const __m128i angles = equal(paired, '>');
  const __m128i slope_or_hat = equal(paired, '^');
  const __m128i others = _mm_or_si128(equal(bytes, '%'), equal(bytes, '`'));
  return mask(
      _mm_or_si128(_mm_or_si128(_mm_or_si128(up_to_quote, from_brace), _mm_or_si128(angles, slope_or_hat)), others));
}

}  // namespace scan

#endif

/// The first \n or \r from `at` on. REQUIRES: there is one.
inline LineEnd find_line_end(const char* at) noexcept {
  bool ascii = true;
#ifdef __SSE2__
  for (;; at += 16) {
    const __m128i bytes = scan::load(at);
    const unsigned ends = scan::mask(_mm_or_si128(scan::equal(bytes, '\n'), scan::equal(bytes, '\r')));
    const unsigned beyond_ascii = scan::mask(bytes);
    if (ends != 0) {
      const unsigned before_end = (ends & (0U - ends)) - 1;
      return {at + std::countr_zero(ends), ascii && (beyond_ascii & before_end) == 0};
    }
    ascii = ascii && beyond_ascii == 0;
  }
#else
  for (; *at != '\n' && *at != '\r'; ++at) ascii = ascii && static_cast<unsigned char>(*at) < 0x80;
  return {at, ascii};
#endif
}

/// The first " or \ of [at, end), else `end`.
inline const char* find_quote_or_backslash(const char* at, const char* end) noexcept {
#ifdef __SSE2__
  for (; at < end; at += 16) {
    const __m128i bytes = scan::load(at);
    const unsigned found = scan::mask(_mm_or_si128(scan::equal(bytes, '"'), scan::equal(bytes, '\\')));
    if (found == 0) continue;
    const char* place = at + std::countr_zero(found);
    return place < end ? place : end;
  }
  return end;
#else
  while (at < end && *at != '"' && *at != '\\') ++at;
  return at;
#endif
}

/// The first `quote`, backslash, \n or \r of [at, end), else `end`.
inline const char* find_string_stop(const char* at, const char* end, char quote) noexcept {
#ifdef __SSE2__
  for (; at < end; at += 16) {
    const __m128i bytes = scan::load(at);
    const __m128i marks = _mm_or_si128(scan::equal(bytes, quote), scan::equal(bytes, '\\'));
    const __m128i line_ends = _mm_or_si128(scan::equal(bytes, '\n'), scan::equal(bytes, '\r'));
    const unsigned found = scan::mask(_mm_or_si128(marks, line_ends));
    if (found == 0) continue;
    const char* place = at + std::countr_zero(found);
    return place < end ? place : end;
  }
  return end;
#else
  while (at < end && *at != quote && *at != '\\' && *at != '\n' && *at != '\r') ++at;
  return at;
#endif
}

/// The first byte of [at, end) that is not plain in IRIs, else `end`.
inline const char* find_not_plain(const char* at, const char* end) noexcept {
#ifdef __SSE2__
  for (; at < end; at += 16) {
    for (unsigned found = scan::perhaps_not_plain(scan::load(at)); found != 0; found &= found - 1) {
      const char* place = at + std::countr_zero(found);
      if (place >= end) return end;
      if (!plain_iri_bytes[static_cast<unsigned char>(*place)]) return place;
    }
  }
  return end;
#else
  while (at < end && plain_iri_bytes[static_cast<unsigned char>(*at)]) ++at;
  return at;
#endif
}

}  // namespace scenograph::syntax
