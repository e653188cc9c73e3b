#include "sparql/federation/allow_list.hpp"

#include <string>

#include "fuzz/fuzz.hpp"

// Reads an entry of an allow-list. What it takes allows nothing but itself.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  const std::string entry(reinterpret_cast<const char*>(data), size);
  fuzz::answers([&] {
    const sparql::federation::AllowList list("--allow-service", {entry});
    const auto metadata = sparql::federation::Address::parse("169.254.169.254");
    fuzz::require(!list.allows(metadata, 80) || entry.starts_with("169.254.169.254"));
    fuzz::answers([&] { list.check_host(entry, 80); });
  });
  static_cast<void>(sparql::federation::is_public(sparql::federation::Address::parse(entry)));
  return 0;
}
