#include "fuzz/rdf_text.hpp"

// Reads RDF/XML; what is read can be written and read again.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  syntax::ReadOptions options;
  options.base = "http://base.test/a/b?c";
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const fuzz::Reading reading = fuzz::read_text(text, syntax::Format::RdfXml, options);
  fuzz::require_round_trip(reading.quads, syntax::Format::NTriples);
  fuzz::require_round_trip(fuzz::for_rdf_xml(reading.quads), syntax::Format::RdfXml);
  return 0;
}
