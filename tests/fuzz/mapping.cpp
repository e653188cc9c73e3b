#include "mapping/mapping.hpp"

#include "fuzz/memory_file.hpp"
#include "fuzz/rdf_text.hpp"
#include "mapping/fields.hpp"
#include "mapping/run.hpp"

// Loads RML mappings, lists their fields, and runs those of one source on a hostile source. The mapping comes before a
// line of ---.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  static const tests::TemporaryFolder empty;
  fuzz::Input input(data, size);
  const std::string_view text = input.until("\n---\n");
  fuzz::answers([&] {
    const mapping::Mapping mapping = mapping::parse_mapping(text, empty.path());
    const auto fields = mapping::list_fields(mapping, "http://base.test/");
    if (mapping.sources().size() != 1) return;
    const fuzz::MemoryFile source(input.rest());
    mapping::RunOptions options;
    options.source = source.path();
    std::vector<rdf::Quad> quads;
    mapping::run_mapping(mapping, options, [&](const rdf::Quad& quad) { quads.push_back(quad); });
    for (const mapping::TriplesMapFields& map : fields) {
      if (quads.empty() || map.is_blank) continue;
      const auto values = mapping::undo_template(map.subject, quads.front().subject.value);
      fuzz::require(!values || values->size() == map.subject_references.size());
    }
    fuzz::require_round_trip(quads, syntax::Format::NQuads);
  });
  return 0;
}
