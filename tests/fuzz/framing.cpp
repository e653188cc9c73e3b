#include "fuzz/fuzz.hpp"
#include "jsonld/processor.hpp"

// Flattens JSON-LD and frames it. The first byte says which options; the frame comes before the first NUL, the document
// after it. A flat document has as many nodes when flattened again.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  fuzz::Input input(data, size);
  const unsigned manner = input.byte();
  jsonld::ProcessorOptions options;
  options.base = "http://base.test/a/b";
  options.json_ld_1_0 = manner % 4 == 3;
  options.max_terms = 10'000;
  jsonld::FrameOptions framing;
  framing.embed = manner / 4 % 2 == 1 ? "@always" : "@once";
  framing.is_explicit = manner / 8 % 2 == 1;
  framing.require_all = manner / 16 % 2 == 1;
  framing.omit_default = manner / 32 % 2 == 1;
  framing.max_steps = 10'000;
  const std::string_view frame = input.until(std::string_view("\0", 1));
  fuzz::answers([&] {
    const jsonld::Value expanded = jsonld::expand(jsonld::parse_json(input.rest(), "input"), options);
    fuzz::answers([&] {
      const jsonld::Value flat = jsonld::flatten(expanded);
      fuzz::require(jsonld::flatten(flat).array().size() == flat.array().size());
    });
    const jsonld::Value pattern = jsonld::parse_json(frame, "frame");
    fuzz::answers([&] { static_cast<void>(jsonld::frame(expanded, pattern, framing, options)); });
  });
  return 0;
}
