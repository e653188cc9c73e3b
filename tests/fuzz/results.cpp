#include <algorithm>
#include <array>

#include "fuzz/fuzz.hpp"
#include "sparql/results/reader.hpp"

// Reads results in each of their syntaxes. The first byte of the input chooses one; the rest is the document.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  constexpr std::array<sparql::ResultFormat, 4> formats = {sparql::ResultFormat::Json, sparql::ResultFormat::Xml,
                                                           sparql::ResultFormat::Csv, sparql::ResultFormat::Tsv};
  fuzz::Input input(data, size);
  const sparql::ResultFormat format = formats[input.byte() % formats.size()];
  fuzz::answers([&] {
    const auto reader =
        sparql::read_results(base::open_text(input.rest()), format, "fuzz", std::make_shared<base::Budget>());
    std::size_t width = 0;
    for (sparql::SolutionRow row; reader->next(row);) {
      width = std::max(width, row.size());
      for (const auto& term : row) {
        if (term) fuzz::require(!term->is_default_graph() && !rdf::to_ntriples(*term).empty());
      }
    }
    fuzz::require(width <= reader->variables().size());
  });
  return 0;
}
