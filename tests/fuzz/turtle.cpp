#include "fuzz/rdf_text.hpp"

// Reads Turtle and TriG, strictly and leniently; what is read can be written and read again. The first byte says which
// syntax, and which limits.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  fuzz::Input input(data, size);
  const unsigned manner = input.byte();
  const auto format = manner % 2 == 0 ? syntax::Format::TriG : syntax::Format::Turtle;
  syntax::ReadOptions options;
  if (manner / 2 % 4 != 3) options.base = "http://base.test/a/b?c";
  if (manner / 8 % 4 == 3) options.max_line = 64;
  const fuzz::Reading strict = fuzz::read_text(input.rest(), format, options);
  options.lenient = true;
  const fuzz::Reading lenient = fuzz::read_text(input.rest(), format, options);
  if (strict.fault.empty()) fuzz::require(lenient.quads == strict.quads);
  fuzz::require_round_trip(lenient.quads, syntax::Format::TriG);
  fuzz::require_round_trip(lenient.quads, syntax::Format::NQuads);
  fuzz::require_round_trip(fuzz::for_rdf_xml(lenient.quads), syntax::Format::RdfXml);
  return 0;
}
