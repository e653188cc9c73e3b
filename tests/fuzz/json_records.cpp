#include <array>
#include <string>

#include "fuzz/fuzz.hpp"
#include "sources/json.hpp"
#include "sources/json_path.hpp"

// Reads records of JSON. Lines of the input: two iterators and a reference; the rest is the document.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  fuzz::Input input(data, size);
  const std::array<std::string, 2> iterators = {std::string(input.until("\n")), std::string(input.until("\n"))};
  const std::string_view reference = input.until("\n");
  sources::ReadOptions options;
  options.diagnostics = [](const base::Diagnostic& diagnostic) { static_cast<void>(base::to_string(diagnostic)); };
  for (const std::size_t count : {std::size_t{1}, iterators.size()}) {
    fuzz::answers([&] {
      const auto reader = sources::open_json(base::open_text(input.rest()), options, std::span(iterators).first(count));
      const sources::FieldId field = reader->field(reference);
      while (reader->next()) {
        fuzz::require(reader->iterator() < count);
        sources::Values values;
        reader->values(field, values);
      }
    });
  }
  fuzz::answers([&] { static_cast<void>(sources::query_json(input.rest(), sources::parse_json_path(reference))); });
  return 0;
}
