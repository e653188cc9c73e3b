#include "mapping/mapping.hpp"

#include "fuzz/memory_file.hpp"
#include "fuzz/rdf_text.hpp"
#include "mapping/run.hpp"

// Loads RML mappings, and runs those of one source on a hostile source. The mapping comes before a line of ---.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  static const tests::TemporaryFolder empty;
  fuzz::Input input(data, size);
  const std::string_view text = input.until("\n---\n");
  fuzz::answers([&] {
    const mapping::Mapping mapping = mapping::parse_mapping(text, empty.path());
    if (mapping.sources().size() != 1) return;
    const fuzz::MemoryFile source(input.rest());
    mapping::RunOptions options;
    options.source = source.path();
    std::vector<rdf::Quad> quads;
    mapping::run_mapping(mapping, options, [&](const rdf::Quad& quad) { quads.push_back(quad); });
    fuzz::require_round_trip(quads, syntax::Format::NQuads);
  });
  return 0;
}
