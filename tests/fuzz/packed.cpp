#include "fuzz/fuzz.hpp"
#include "syntax/compression.hpp"

// Unpacks gzip and zstd, up to a few megabytes.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  constexpr std::size_t most = std::size_t{4} << 20U;
  fuzz::answers([&] {
    const auto source = syntax::decompress(base::open_text({reinterpret_cast<const char*>(data), size}), "packed");
    static_cast<void>(base::read_all(*source, most, "packed"));
  });
  return 0;
}
