#include "net/allow_list.hpp"

#include <string>

#include "fuzz/fuzz.hpp"

// Reads an entry of an allow-list. What it takes allows nothing but itself.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  const std::string entry(reinterpret_cast<const char*>(data), size);
  fuzz::answers([&] {
    const net::AllowList list("--allow-service", {entry});
    const auto metadata = net::Address::parse("169.254.169.254");
    fuzz::require(!list.allows(metadata, 80) || entry.starts_with("169.254.169.254"));
    fuzz::answers([&] { list.check_host(entry, 80); });
  });
  static_cast<void>(net::is_public(net::Address::parse(entry)));
  return 0;
}
