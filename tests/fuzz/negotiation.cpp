#include "syntax/negotiation.hpp"

#include <array>

#include "fuzz/fuzz.hpp"
#include "syntax/format.hpp"

// Reads Accept and Accept-Encoding headers, media types, paths and the first bytes of documents.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  constexpr std::array<std::string_view, 4> offered = {"text/html", "text/turtle", "application/ld+json",
                                                       "application/n-triples"};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto chosen = syntax::negotiate(text, offered);
  fuzz::require(!chosen || *chosen < offered.size());
  static_cast<void>(syntax::negotiate_packing(text));
  static_cast<void>(syntax::format_of_media_type(text));
  static_cast<void>(syntax::format_of_path(text));
  static_cast<void>(syntax::sniff(text));
  fuzz::answers([&] { static_cast<void>(syntax::parse_format(text)); });
  return 0;
}
