#include "fuzz/fuzz.hpp"
#include "sparql/parse/parser.hpp"

// Parses SPARQL updates.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  fuzz::answers([&] { static_cast<void>(sparql::parse_update(text, {.base = "http://base.test/"})); });
  return 0;
}
