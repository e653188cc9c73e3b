#include <optional>
#include <string>

#include "fuzz/fuzz.hpp"
#include "jsonld/processor.hpp"

// A document whose context comes from elsewhere: the first byte says as what media type, Link headers stand before the
// first NUL, what the address gives stands after it.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  fuzz::Input input(data, size);
  constexpr const char* types[] = {"application/ld+json", "application/json", "text/html", "text/plain"};
  jsonld::LoadedDocument remote;
  remote.content_type = types[input.byte() % 4];
  remote.address = "http://remote.test/c";
  remote.links = {std::string(input.until(std::string_view("\0", 1)))};
  remote.text = input.rest();
  unsigned loads = 0;
  jsonld::ProcessorOptions options;
  options.base = "http://base.test/a/b";
  options.max_terms = 10'000;
  options.loader = [&](std::string_view) -> std::optional<jsonld::LoadedDocument> {
    fuzz::require(++loads < 10'000);
    return remote;
  };
  fuzz::answers([&] {
    const auto document =
        jsonld::parse_json(R"({"@context": "http://remote.test/c", "name": "x", "a:b": [{"type": "T"}]})", "input");
    static_cast<void>(jsonld::expand(document, options));
  });
  fuzz::answers([&] {
    jsonld::DocumentOptions reading;
    reading.loader = options.loader;
    const auto document = jsonld::read_document(remote, reading);
    static_cast<void>(jsonld::expand(document.json, with_document(options, document)));
  });
  return 0;
}
